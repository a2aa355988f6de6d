"""What somebody is told who publishes over a version they have not seen."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.refusals import Refused
from history.models import PageVersion
from history.templatetags.blame import setter


class StalePublish(Refused):
    """Somebody else's version went live after this text was begun.

    `since` are the versions published meanwhile, oldest first.
    """

    def __init__(self, subject: Any, since: Sequence[PageVersion]) -> None:
        self.since = list(since)
        told = "; ".join(_told(version) for version in self.since[-3:])
        self.what_happened = _(
            "“%(subject)s” was published by somebody else after this text "
            "was begun%(told)s."
        ) % {"subject": subject, "told": f": {told}" if told else ""}
        super().__init__(
            _(
                "%(what_happened)s Nothing of it was published, so nothing of "
                "theirs is lost. Compare the two and publish again."
            )
            % {"what_happened": self.what_happened}
        )


def _told(version: PageVersion) -> str:
    changeset = version.changeset
    moment = date_format(timezone.localtime(changeset.made_at), _("j F Y, H:i"))
    return _("version %(seq)s by %(setter)s on %(moment)s") % {
        "seq": version.seq,
        "setter": setter(changeset),
        "moment": moment,
    }

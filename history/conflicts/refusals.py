"""What somebody is told who publishes over a version they have not seen."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

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
        self.what_happened = (
            f"“{subject}” was published by somebody else after this text was begun"
            f"{f': {told}' if told else ''}."
        )
        super().__init__(
            f"{self.what_happened} Nothing of it was published, so nothing of theirs "
            "is lost. Compare the two and publish again."
        )


def _told(version: PageVersion) -> str:
    changeset = version.changeset
    moment = date_format(timezone.localtime(changeset.made_at), "j F Y, H:i")
    return f"version {version.seq} by {setter(changeset)} on {moment}"

"""Decisions the wiki will not record, each saying what to do instead."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from history.conflicts.refusals import StalePublish

_OUTCOMES = {
    "approved": _("approved it"),
    "rejected": _("asked for changes"),
    "cancelled": _("ended the review"),
}


class DecisionRefused(Refused):
    """Nothing was decided."""


class AlreadyDecided(DecisionRefused):
    """Somebody else was faster, or the review was called off."""

    def __init__(self, state: Any = None) -> None:
        if state is None or state.finished_at is None:
            outcome = gettext("This text is not waiting for review.")
        else:
            done = _OUTCOMES.get(state.status, "closed the review")
            outcome = gettext(
                "This review is already decided: %(person)s %(done)s on %(moment)s."
            ) % {
                "person": state.finished_by or gettext("somebody"),
                "done": done,
                "moment": _moment(state.finished_at),
            }
        super().__init__(
            gettext("%(outcome)s Your decision was not recorded.")
            % {"outcome": outcome}
        )
        self.reviewed = state.revision if state is not None else None


class TextChanged(DecisionRefused):
    """The text is no longer the one the moderator has read."""

    def __init__(self, latest: Any, *, read_revision_id: int | None = None) -> None:
        super().__init__(
            gettext(
                "The text changed since you opened it: %(person)s "
                "saved it on %(moment)s. Nothing was published. Read the new "
                "text and decide again."
            )
            % {
                "person": latest.user or gettext("somebody"),
                "moment": _moment(latest.created_at),
            }
        )
        self.latest = latest
        # What a revision said that was overwritten in place is not there any more.
        self.read_id = read_revision_id if read_revision_id != latest.pk else None


class Overtaken(DecisionRefused):
    """Something else went live after the text under review had been begun."""

    def __init__(self, stale: StalePublish, reviewed: Any) -> None:
        super().__init__(
            gettext(
                "%(what_happened)s Nothing was approved, so nothing of theirs "
                "is lost. Ask the author for changes, or open the text, take "
                "over what is live now and approve it there."
            )
            % {"what_happened": stale.what_happened}
        )
        self.reviewed = reviewed


class TextLocked(DecisionRefused):
    """Somebody keeps the page as it is for a while."""

    def __init__(self, page: Any) -> None:
        super().__init__(
            _(
                "“%(page)s” is locked by %(who)s, so nothing was approved. The text "
                "waits on: approve it once the page is unlocked."
            )
            % {"page": page, "who": page.locked_by or _("somebody")}
        )


class OwnText(DecisionRefused):
    """Nobody decides about a text they wrote or submitted themselves."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "You wrote or submitted this text yourself, so another "
                "moderator has to decide about it. Nothing was changed."
            )
        )


class TextNotNamed(DecisionRefused):
    """An approval that does not say which text it is about."""

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "This approval does not say which text it is about. Open the "
                "page or the list of what awaits your review, read the text "
                "and approve it there."
            )
        )


class ReasonMissing(DecisionRefused):
    """A rejection without a reason helps nobody."""

    status = 400

    def __init__(self) -> None:
        super().__init__(
            gettext("Say what has to change: the author is sent your reason.")
        )


class NothingApproved(DecisionRefused):
    """A workflow came to its end although no step approved a text."""

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "Nobody has approved this text, so it was not published. The "
                "workflow has no active step; ask an administrator to look at "
                "its tasks."
            )
        )


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), gettext("j F Y, H:i"))

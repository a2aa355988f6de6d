"""The states of a proposal, and which way leads from one to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProposalState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CHECKING = "checking", _("Being checked")
    IN_REVIEW = "in_review", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    MERGING = "merging", _("Being published")
    MERGED = "merged", _("Published")
    # Ways out
    BLOCKED = "blocked", _("Stopped by a check")
    CONFLICTED = "conflicted", _("In conflict")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")
    REVERTED = "reverted", _("Reverted")


class UnknownStep(ValueError):
    """No way leads from the one state to the other: the caller did not ask first."""


_S = ProposalState
# The author may write on the text of these.
REVISABLE = frozenset(
    {_S.DRAFT, _S.IN_REVIEW, _S.CHANGES_REQUESTED, _S.BLOCKED, _S.CONFLICTED}
)
# A moderator can decide about these.
REVIEWED = frozenset({_S.IN_REVIEW, _S.CONFLICTED})
# Handed in and not settled: these count against what one person may have open.
OPEN = frozenset(
    {
        *(_S.CHECKING, _S.IN_REVIEW, _S.CHANGES_REQUESTED, _S.BLOCKED),
        *(_S.CONFLICTED, _S.APPROVED, _S.SCHEDULED, _S.MERGING),
    }
)
# Approved, and on the way to be published.
DECIDED = frozenset({_S.APPROVED, _S.SCHEDULED, _S.MERGING})
# Somebody may still go on with these, so what they were begun from is kept at hand.
UNSETTLED = OPEN | {_S.DRAFT}
CLOSED = frozenset(_S) - UNSETTLED

_STEPS: dict[ProposalState, frozenset[ProposalState]] = {
    _S.DRAFT: frozenset({_S.CHECKING, _S.WITHDRAWN, _S.EXPIRED}),
    _S.CHECKING: frozenset({_S.IN_REVIEW, _S.BLOCKED, _S.WITHDRAWN}),
    _S.BLOCKED: frozenset({_S.CHECKING, _S.WITHDRAWN, _S.EXPIRED}),
    _S.IN_REVIEW: frozenset(
        {
            *(_S.CHECKING, _S.CHANGES_REQUESTED, _S.APPROVED, _S.CONFLICTED),
            *(_S.REJECTED, _S.WITHDRAWN, _S.EXPIRED),
        }
    ),
    _S.CHANGES_REQUESTED: frozenset(
        {_S.CHECKING, _S.CONFLICTED, _S.REJECTED, _S.WITHDRAWN, _S.EXPIRED}
    ),
    _S.CONFLICTED: frozenset(
        {_S.CHECKING, _S.CHANGES_REQUESTED, _S.REJECTED, _S.WITHDRAWN, _S.EXPIRED}
    ),
    _S.APPROVED: frozenset({_S.SCHEDULED, _S.MERGING, _S.CONFLICTED, _S.WITHDRAWN}),
    _S.SCHEDULED: frozenset({_S.MERGING, _S.CONFLICTED, _S.APPROVED, _S.WITHDRAWN}),
    _S.MERGING: frozenset({_S.MERGED, _S.CONFLICTED, _S.APPROVED}),
    _S.MERGED: frozenset({_S.REVERTED}),
    _S.REJECTED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.REVERTED: frozenset(),
}


def may_follow(state: str, following: ProposalState) -> bool:
    """Whether a way leads from one state to another."""
    return following in _STEPS[ProposalState(state)]

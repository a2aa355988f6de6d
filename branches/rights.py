"""Who may do what with proposals."""

from typing import Any

from allauth.account.models import EmailAddress

from branches.models import Proposal
from branches.states import OPEN, REVISABLE, ProposalState

# How many suggestions a member may have waiting at a time.
OPEN_AT_ONCE = 5
DRAFTS_AT_ONCE = 20


def has_proved_address(user: Any) -> bool:
    """Whether mail is known to reach this person: what members must be to suggest."""
    return bool(
        user.is_authenticated
        and user.is_active
        and EmailAddress.objects.filter(user=user, verified=True).exists()
    )


def most_open(user: Any) -> int | None:
    """How many suggestions a person may have waiting; None for as many as they like.

    Whoever works at the editing desk is trusted with more than a queue can hold.
    """
    return None if user.has_perm("wagtailadmin.access_admin") else OPEN_AT_ONCE


def may_review(user: Any) -> bool:
    """Whether a person decides about suggestions of others."""
    return bool(user.is_authenticated and user.has_perm("branches.review_proposal"))


def may_read(user: Any, proposal: Proposal) -> bool:
    """Whether a person may see a proposal: drafts are their author's alone.

    What never was handed in stays with its author, withdrawn or not.
    """
    if user.is_authenticated and user.pk == proposal.author_id:
        return True
    if proposal.submitted_at is None:
        return False
    return proposal.state in OPEN | {ProposalState.MERGED} or may_review(user)


def may_revise(user: Any, proposal: Proposal) -> bool:
    """Whether a person may write on: the author, as long as nothing is settled."""
    return user.pk == proposal.author_id and proposal.state in REVISABLE


def may_resolve(user: Any, proposal: Proposal) -> bool:
    """Whether a person may settle conflicts: the author, and who reviews."""
    if proposal.state not in REVISABLE:
        return False
    return user.pk == proposal.author_id or (
        may_review(user) and proposal.submitted_at is not None
    )


def may_speak(user: Any, proposal: Proposal) -> bool:
    """Whether a person may write into the thread: the author, and who reviews."""
    return proposal.is_open and (user.pk == proposal.author_id or may_review(user))

"""Who may do what with proposals."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from allauth.account.models import EmailAddress

from branches.models import Proposal
from branches.states import OPEN, REVISABLE, ProposalState

# How many suggestions a member may have waiting at a time, and one who is trusted.
OPEN_AT_ONCE = 5
OPEN_AT_ONCE_IF_TRUSTED = 50
# Trusted is who had so many accepted, nearly all of the latest ones, for some time.
ACCEPTED = 20
OF_LATEST = 30
SHARE = 0.9
MEMBER_FOR = timedelta(days=30)
DRAFTS_AT_ONCE = 20
# How many objects a branch may have that is published all or nothing, and one that
# comes in by the hundred.
MOST_ITEMS = 1_000
MOST_IN_PARTS = 5_000


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
    if user.has_perm("wagtailadmin.access_admin"):
        return None
    return OPEN_AT_ONCE_IF_TRUSTED if is_trusted(user) else OPEN_AT_ONCE


def is_trusted(user: Any) -> bool:
    """Whether what a member suggests has proved to be right.

    A change that was reverted counts as one that was not accepted.
    """
    if user.date_joined > timezone.now() - MEMBER_FOR:
        return False
    own = Proposal.objects.by(user).suggestions()
    if own.filter(state=ProposalState.MERGED).count() < ACCEPTED:
        return False
    decided = own.filter(
        state__in=(
            *(ProposalState.MERGED, ProposalState.REVERTED),
            ProposalState.REJECTED,
        )
    )
    latest = decided.order_by("-closed_at", "-pk").values_list("state", flat=True)
    states = list(latest[:OF_LATEST])
    return states.count(ProposalState.MERGED) >= SHARE * len(states)


def may_review(user: Any) -> bool:
    """Whether a person decides about suggestions of others."""
    return bool(user.is_authenticated and user.has_perm("branches.review_proposal"))


def most_items(*, merges_whole: bool) -> int:
    """How many objects a branch may have, by how it is published."""
    return MOST_ITEMS if merges_whole else MOST_IN_PARTS


def may_read(user: Any, proposal: Proposal) -> bool:
    """Whether a person may see a proposal: drafts are their author's alone.

    Editors see the branches of each other. What never was handed in stays with its
    author, withdrawn or not.
    """
    if user.is_authenticated and user.pk == proposal.author_id:
        return True
    if proposal.is_branch and may_begin_branch(user):
        return True
    if proposal.submitted_at is None:
        return False
    return proposal.state in _PUBLIC or may_review(user)


# What machines have not let through is for its author and for those who decide.
_PUBLIC = (OPEN | {ProposalState.MERGED}) - {
    ProposalState.CHECKING,
    ProposalState.BLOCKED,
}


def may_begin_branch(user: Any) -> bool:
    """Whether a person may work on many pages aside: whoever is at the editing desk."""
    return bool(
        user.is_authenticated
        and user.is_active
        and user.has_perm("wagtailadmin.access_admin")
    )


def may_work_on(user: Any, branch: Proposal) -> bool:
    """Whether a person may put objects on a branch, hand it in and take it back."""
    return branch.is_branch and branch.state in REVISABLE and may_begin_branch(user)


def may_revise(user: Any, proposal: Proposal) -> bool:
    """Whether a person may write on: the author, as long as nothing is settled.

    A branch belongs to all who may work on it.
    """
    if proposal.is_branch:
        return may_work_on(user, proposal)
    return user.pk == proposal.author_id and proposal.state in REVISABLE


def may_amend(user: Any, proposal: Proposal) -> bool:
    """Whether a person may change a suggestion of another one before deciding."""
    return (
        may_review(user)
        and user.pk != proposal.author_id
        and not proposal.is_branch
        and proposal.state == ProposalState.IN_REVIEW
    )


def takes_part(user: Any, proposal: Proposal) -> bool:
    """Whether settling its conflicts is ever this person's business."""
    if user.pk == proposal.author_id:
        return True
    return may_review(user) and proposal.submitted_at is not None


def may_resolve(user: Any, proposal: Proposal) -> bool:
    """Whether a person may settle conflicts: the author, and who reviews."""
    if proposal.state not in REVISABLE:
        return False
    if may_revise(user, proposal):
        return True
    return may_review(user) and proposal.submitted_at is not None


def may_copy(user: Any, proposal: Proposal) -> bool:
    """Whether a person may begin anew with what a closed suggestion says."""
    return user.pk == proposal.author_id and proposal.state in (
        ProposalState.EXPIRED,
        ProposalState.WITHDRAWN,
    )


def may_speak(user: Any, proposal: Proposal) -> bool:
    """Whether a person may write into the thread: the author, and who reviews."""
    return proposal.is_open and (
        user.pk == proposal.author_id
        or may_review(user)
        or (proposal.is_branch and may_begin_branch(user))
    )

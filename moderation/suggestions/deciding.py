"""Deciding about suggestions: the same rules as for drafts of pages.

A decision is one about a text that was read (moderation/decisions.py); approving the
last step of the workflow is what merges the suggestion.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from branches.actions import look_again
from branches.actions.approving import add_approval
from branches.mails import tell_author
from branches.merging.approving import plan_approval
from branches.merging.failing import note_problems
from branches.merging.merging import MOST_TRIES, planned
from branches.models import NoteKind, Proposal, ProposalNote
from branches.refusals import (
    MergeConflicts,
    MergeProblems,
    NotOpenAnyMore,
    PlanOutdated,
)
from branches.rights import may_review
from branches.states import REVIEWED, ProposalState
from moderation.decisions import (
    open_review,
    pass_review,
    ready_to_approve,
    reject,
)
from moderation.refusals import AlreadyDecided, ReasonMissing


def approve_suggestion(
    proposal: Proposal, *, by: Any, content_hash: str, comment: str = ""
) -> Proposal:
    """Approve the text with this hash, which brings it into the wiki.

    If more people have to approve it, all but the last one are only noted. Planned
    again, three times at most, when something is published at that moment. Raises a
    DecisionRefused, ApprovedAlready or a MergeRefused, changing nothing; with
    MergeConflicts the suggestion is known to be in conflict from then on.
    """
    for _ in range(MOST_TRIES):
        review = _review_of(proposal, by)
        plan = plan_approval(proposal)
        try:
            with transaction.atomic(), planned(plan):
                state = ready_to_approve(review, by=by, fingerprint=content_hash)
                if add_approval(plan, state, by=by, comment=comment):
                    pass_review(state, by=by, comment=comment)
                    _say(proposal, by, comment)
        except PlanOutdated:
            proposal.refresh_from_db()
            continue
        except MergeConflicts:
            look_again(proposal)
            raise
        except MergeProblems as refused:
            note_problems(proposal, refused.plan)
            raise
        return _fresh(proposal)
    raise PlanOutdated


@transaction.atomic
def ask_for_changes(proposal: Proposal, *, by: Any, comment: str) -> Proposal:
    """Send the suggestion back to its author with what has to change.

    Raises a DecisionRefused, changing nothing.
    """
    reject(_review_of(proposal, by), by=by, comment=comment)
    return _settled(
        proposal, ProposalState.CHANGES_REQUESTED, NoteKind.CHANGES, by, comment
    )


@transaction.atomic
def reject_suggestion(proposal: Proposal, *, by: Any, reason: str) -> Proposal:
    """Close the suggestion without taking it. Raises a DecisionRefused."""
    state = open_review(_review_of(proposal, by), by)
    if not reason.strip():
        raise ReasonMissing
    state.workflow_state.cancel(user=by)
    return _settled(proposal, ProposalState.REJECTED, NoteKind.REJECTED, by, reason)


def _settled(
    proposal: Proposal, state: ProposalState, kind: NoteKind, by: Any, text: str
) -> Proposal:
    # Its row is held: opening the review has locked it.
    proposal = _fresh(proposal)
    proposal.step_to(state)
    proposal.save()
    tell_author(
        ProposalNote.objects.create(proposal=proposal, kind=kind, author=by, text=text)
    )
    return proposal


def _say(proposal: Proposal, by: Any, comment: str) -> None:
    if comment.strip():
        ProposalNote.objects.create(proposal=proposal, author=by, text=comment)


def _review_of(proposal: Proposal, by: Any) -> Any:
    if not may_review(by):
        raise PermissionDenied
    proposal = _fresh(proposal)
    review = proposal.current_workflow_task_state
    if review is None or proposal.state not in REVIEWED:
        last = _last_review(proposal)
        raise AlreadyDecided(last) if last else NotOpenAnyMore(proposal)
    return review


def _last_review(proposal: Proposal) -> Any:
    latest = proposal.workflow_states.order_by("-pk").first()
    state = latest.current_task_state if latest else None
    return state if state is not None and state.finished_at is not None else None


def _fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)

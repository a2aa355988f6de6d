"""Beginning a review: of a text that machines have checked, by people."""

from typing import Any

from wagtail.models import WorkflowState

from branches.mails import tell_reviewers
from branches.models import NoteKind, Proposal
from branches.refusals import NoReviewers

_HANDED_IN = (
    *(NoteKind.SUBMITTED, NoteKind.REVISED, NoteKind.RESOLVED),
    NoteKind.AMENDED,
)


def begin_review(proposal: Proposal, *, by: Any) -> None:
    """Have people decide about the newest text of a proposal held by the caller.

    What was approved of another text counts no more. Raises NoReviewers.
    """
    current = proposal.current_workflow_state
    if current is not None and current.status == WorkflowState.STATUS_NEEDS_CHANGES:
        current.resume(user=by)
    else:
        if current is not None:
            current.cancel(user=by)
        workflow_of(proposal).start(proposal, by)
    note = proposal.notes.filter(kind__in=_HANDED_IN).last()
    if note is not None:
        tell_reviewers(note)


def workflow_of(proposal: Proposal) -> Any:
    """The steps of its review. Raises NoReviewers when there are none."""
    workflow = proposal.get_workflow()
    if workflow is None:
        raise NoReviewers
    return workflow

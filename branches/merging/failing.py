"""When an approved branch cannot come in after all."""

from typing import Any

from django.db import transaction

from branches.actions.reviewing import workflow_of
from branches.actions.submitting import review_anew
from branches.mails import tell_author, tell_reviewers
from branches.merging.plans import MergePlan
from branches.models import CheckLevel, CheckResult, NoteKind, Proposal
from branches.models.checks import RULES
from branches.states import ProposalState
from core.sayings import as_saying
from core.wording import Words


@transaction.atomic
def note_problems(proposal: Proposal, plan: MergePlan) -> None:
    """Keep what stands in the way of each page, in place of what the check found.

    The page of the proposal lists it.
    """
    held = Proposal.objects.held(proposal.pk)
    known = CheckResult.objects.filter(proposal=held, revision=held.latest_revision_id)
    known.filter(check_name=RULES).delete()
    found = [
        CheckResult.of(
            held,
            as_saying(problem.message),
            check_name=RULES,
            check_version=0,
            level=CheckLevel.BLOCK,
            object_uuid=item.item.object_uuid,
        )
        for item in plan.items
        for problem in item.problems
    ]
    CheckResult.objects.bulk_create(found, batch_size=500)


@transaction.atomic
def send_back(
    proposal: Proposal, *, why: Words, is_conflict: bool, by: Any
) -> Proposal:
    """Review a branch anew that was approved and cannot be merged as it is.

    Its author and those who decide are told why. Nothing of it is lost; what was
    approved of another state of the wiki counts no more.
    """
    proposal = Proposal.objects.held(proposal.pk)
    proposal.step_to(ProposalState.CONFLICTED)
    proposal.due_at = None
    # In the name of its author: whoever approved it may decide about it again.
    review_anew(proposal, by=proposal.author, kind=NoteKind.CONFLICT)
    # Its text is the one that was checked before.
    proposal.step_to(ProposalState.IN_REVIEW)
    if (current := proposal.current_workflow_state) is not None:
        current.cancel(user=by)
    workflow_of(proposal).start(proposal, proposal.author)
    if is_conflict:
        proposal.step_to(ProposalState.CONFLICTED)
    proposal.save()
    note = proposal.notes.filter(kind=NoteKind.CONFLICT).latest("pk")
    # Nobody's doing: all of them are told, whoever approved it too.
    note.author = None
    note.says(why)
    note.save()
    tell_author(note)
    tell_reviewers(note)
    return proposal

"""What follows from the checks: a review, or back to whoever wrote it."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from branches.actions.reviewing import begin_review
from branches.checks.running import results_of
from branches.mails import tell_author
from branches.models import (
    CheckLevel,
    CheckResult,
    NoteKind,
    Proposal,
    ProposalNote,
)
from branches.states import ProposalState

# By then a worker that heard the bell has it in hand.
OVERDUE = timedelta(seconds=20)


def check_now(pk: int) -> None:
    """Check the newest text of a proposal and let it go on, if that still waits.

    Twice at once or twice in a row is harmless: the second finds nothing to do.
    """
    proposal = Proposal.objects.filter(pk=pk, state=ProposalState.CHECKING).first()
    if proposal is None:
        return
    results = results_of(proposal)
    with transaction.atomic():
        held = Proposal.objects.held(proposal.pk)
        read = (proposal.state, proposal.content_hash, proposal.latest_revision_id)
        if read != (held.state, held.content_hash, held.latest_revision_id):
            return
        _store(held, results)
        _go_on(held, results)


def waiting() -> list[int]:
    """Proposals that nobody seems to be checking."""
    overdue = Proposal.objects.filter(
        state=ProposalState.CHECKING, changed_at__lt=timezone.now() - OVERDUE
    )
    return list(overdue.order_by("changed_at", "pk").values_list("pk", flat=True))


def _store(proposal: Proposal, results: list[CheckResult]) -> None:
    CheckResult.objects.filter(
        proposal=proposal, revision=proposal.latest_revision_id
    ).delete()
    CheckResult.objects.bulk_create(results)


def _go_on(proposal: Proposal, results: list[CheckResult]) -> None:
    revision: Any = proposal.latest_revision
    if any(result.level == CheckLevel.BLOCK for result in results):
        proposal.step_to(ProposalState.BLOCKED)
        proposal.save()
        if (current := proposal.current_workflow_state) is not None:
            current.cancel(user=revision.user)
        note = ProposalNote.objects.create(proposal=proposal, kind=NoteKind.BLOCKED)
        tell_author(note)
        return
    proposal.step_to(ProposalState.IN_REVIEW)
    proposal.save()
    # Whoever only wrote it in another way has handed in the text of its author.
    is_authors = not proposal.is_branch and not proposal.is_by(revision.user)
    begin_review(proposal, by=proposal.author if is_authors else revision.user)

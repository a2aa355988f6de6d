"""Handing a proposal in, talking about it, and taking it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from branches.actions.drafting import hold_account
from branches.actions.reviewing import workflow_of
from branches.mails import tell_of_note
from branches.models import NoteKind, Proposal, ProposalNote
from branches.refusals import (
    NothingChanged,
    NotOpenAnyMore,
    RevisedMeanwhile,
    TooManyOpen,
)
from branches.rights import may_begin_branch, may_revise, may_speak, most_open
from branches.signals import handed_in
from branches.states import ProposalState, may_follow


def submit(proposal: Proposal, *, by: Any, seen: str) -> Proposal:
    """Hand in what was kept; checks look at it, then people.

    `seen` is the content hash of what its author means to hand in. Handed in again,
    it is reviewed anew. Raises TooManyOpen, NoReviewers, NotOpenAnyMore,
    RevisedMeanwhile, PermissionDenied.
    """
    with transaction.atomic():
        proposal = Proposal.objects.held(proposal.pk)
        _refuse_strangers(proposal, by)
        if not may_revise(by, proposal):
            raise NotOpenAnyMore(proposal)
        if proposal.content_hash != seen:
            raise RevisedMeanwhile
        if proposal.is_branch and not proposal.items.exists():
            raise NothingChanged
        is_first = proposal.state == ProposalState.DRAFT
        if is_first:
            _refuse_too_many(by)
        kind = NoteKind.SUBMITTED if is_first else NoteKind.REVISED
        review_anew(proposal, by=by, kind=kind)
    return checked(proposal)


def review_anew(proposal: Proposal, *, by: Any, kind: NoteKind) -> None:
    """Let the text that a proposal held by the caller has now be checked.

    What was approved of another text counts no more. To be followed by `checked`,
    outside of the transaction.
    """
    workflow_of(proposal)
    proposal.step_to(ProposalState.CHECKING)
    proposal.submitted_at = proposal.submitted_at or timezone.now()
    proposal.save()
    proposal.save_revision(user=by, clean=False)
    ProposalNote.objects.create(proposal=proposal, kind=kind, author=by)


def checked(proposal: Proposal) -> Proposal:
    """Call for the checks of what was handed in; the proposal as it is then.

    A draft has nothing to be checked.
    """
    if proposal.state == ProposalState.CHECKING:
        handed_in.send(sender=Proposal, proposal=proposal)
    return Proposal.objects.get(pk=proposal.pk)


def _refuse_strangers(proposal: Proposal, by: Any) -> None:
    is_theirs = proposal.is_branch and may_begin_branch(by)
    if proposal.author_id != by.pk and not is_theirs:
        raise PermissionDenied


def _refuse_too_many(by: Any) -> None:
    limit = most_open(by)
    if limit is None:
        return
    hold_account(by)
    if Proposal.objects.by(by).open().count() >= limit:
        raise TooManyOpen(limit)


@transaction.atomic
def withdraw(proposal: Proposal, *, by: Any) -> Proposal:
    """Take a proposal back. Raises NotOpenAnyMore, PermissionDenied."""
    proposal = Proposal.objects.held(proposal.pk)
    _refuse_strangers(proposal, by)
    if not may_follow(proposal.state, ProposalState.WITHDRAWN):
        raise NotOpenAnyMore(proposal)
    proposal.step_to(ProposalState.WITHDRAWN)
    proposal.save()
    if (current := proposal.current_workflow_state) is not None:
        current.cancel(user=by)
    ProposalNote.objects.create(proposal=proposal, kind=NoteKind.WITHDRAWN, author=by)
    return proposal


@transaction.atomic
def comment(proposal: Proposal, *, by: Any, text: str) -> ProposalNote:
    """Write into the thread. Raises NotOpenAnyMore, PermissionDenied."""
    proposal = Proposal.objects.held(proposal.pk)
    if not proposal.is_open:
        raise NotOpenAnyMore(proposal)
    if not may_speak(by, proposal):
        raise PermissionDenied
    note = ProposalNote.objects.create(proposal=proposal, author=by, text=text)
    tell_of_note(note)
    return note

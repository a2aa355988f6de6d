"""How proposals stand after something else was published."""

from collections.abc import Sequence

from django.db import transaction

from branches.mails import tell_author
from branches.merging.plans import plan_conflicts
from branches.models import NoteKind, Proposal, ProposalNote
from branches.refusals import MergeRefused
from branches.states import REVIEWED, ProposalState
from history.models import PageVersion


def look_again_after(changesets: Sequence[int]) -> None:
    """See whether what these changes touched stands against open proposals."""
    touched = PageVersion.objects.filter(changeset__in=changesets)
    uuids = touched.values("object_uuid")
    concerned = Proposal.objects.filter(
        state__in=REVIEWED, items__object_uuid__in=uuids
    )
    for proposal in concerned.distinct().order_by("pk"):
        look_again(proposal)


@transaction.atomic
def look_again(proposal: Proposal) -> Proposal:
    """Note whether a proposal under review is in conflict with what is live.

    Its author is told of a new conflict. One that is over puts it back in review.
    """
    proposal = Proposal.objects.held(proposal.pk)
    if proposal.state not in REVIEWED:
        return proposal
    try:
        is_conflicted = bool(plan_conflicts(proposal).conflicts)
    except MergeRefused:
        return proposal
    if is_conflicted and proposal.state == ProposalState.IN_REVIEW:
        proposal.step_to(ProposalState.CONFLICTED)
        proposal.save()
        note = ProposalNote.objects.create(proposal=proposal, kind=NoteKind.CONFLICT)
        tell_author(note)
    elif not is_conflicted and proposal.state == ProposalState.CONFLICTED:
        proposal.step_to(ProposalState.CHECKING)
        proposal.step_to(ProposalState.IN_REVIEW)
        proposal.save()
    return proposal

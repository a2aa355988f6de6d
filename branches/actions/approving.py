"""Approving what more than one person has to approve."""

from typing import Any

from django.db import transaction

from branches.approvals import standing_of
from branches.mails import tell_reviewers
from branches.merging.approving import refuse_if_hopeless
from branches.merging.plans import MergePlan
from branches.models import Approval, NoteKind, Proposal, ProposalNote
from branches.refusals import ApprovedAlready, RevisedMeanwhile


@transaction.atomic
def add_approval(plan: MergePlan, review: Any, *, by: Any, comment: str = "") -> bool:
    """Note that somebody approves; whether it is enough to go on with.

    `review` is held by the caller, and about the text that they have read. Whoever is
    not the last one hears at once what the merge would be refused with, and the others
    are told. Raises ApprovedAlready, RevisedMeanwhile, a MergeRefused.
    """
    proposal = Proposal.objects.held(plan.proposal.pk)
    if proposal.content_hash != review.approved_fingerprint:
        raise RevisedMeanwhile
    standing = standing_of(proposal, plan.items)
    if not standing.is_for_several:
        return True
    is_enough = standing.is_met_with(by)
    if not is_enough:
        if standing.has(by):
            raise ApprovedAlready
        refuse_if_hopeless(proposal, plan, by)
    Approval.objects.get_or_create(
        review_id=review.pk,
        person=by,
        defaults={"proposal": proposal, "content_hash": proposal.content_hash},
    )
    if not is_enough:
        tell_reviewers(
            ProposalNote.objects.create(
                proposal=proposal, kind=NoteKind.APPROVED, author=by, text=comment
            )
        )
    return is_enough

"""What the approval of a proposal sets off: its merge, at once or later."""

from typing import Any

from django.utils import timezone

from branches.approvals import standing_of
from branches.merging.jobs import goes_by_job, is_large, start_merge
from branches.merging.merging import (
    merge_proposal,
    planned_merge,
    refuse_if_unsound,
)
from branches.merging.plans import MergePlan, plan_conflicts, plan_merge
from branches.models import Proposal, hash_of
from branches.refusals import MergeConflicts, MoreApprovals, RevisedMeanwhile
from branches.states import ProposalState
from history.reverting.drafts import refuse_if_any_busy


def merge_approved(proposal: Proposal, revision: Any, by: Any, **unused: Any) -> None:
    """What follows the approval of a proposal, in its transaction.

    A branch that has a time waits for it, a large one is left to a worker. Raises
    RevisedMeanwhile when its author has written on since the text that was approved
    was handed in.
    """
    current = Proposal.objects.held(proposal.pk)
    if current.content_hash != hash_of(revision.content):
        raise RevisedMeanwhile
    plan = planned_merge()
    if plan is None or plan.proposal.pk != proposal.pk:
        plan = plan_approval(proposal)
    if not standing_of(current, plan.items).is_met_with(by):
        raise MoreApprovals
    is_due = current.due_at is None or current.due_at <= timezone.now()
    if is_due and not goes_by_job(current):
        merge_proposal(plan, by=by)
        return
    refuse_if_hopeless(current, plan, by if is_due else None)
    current.step_to(ProposalState.APPROVED)
    if not is_due:
        current.step_to(ProposalState.SCHEDULED)
    else:
        start_merge(current, by=by)
    current.approved_by = by
    current.save()


def plan_approval(proposal: Proposal) -> MergePlan:
    """Plan as much as an approval goes by.

    A large branch that comes in by the hundred is planned part by part when it does;
    until then it is conflicts alone that keep it from being approved.
    """
    in_parts = proposal.is_branch and not proposal.merges_whole
    if in_parts and is_large(proposal):
        return plan_conflicts(proposal)
    return plan_merge(proposal)


def refuse_if_hopeless(proposal: Proposal, plan: MergePlan, by: Any) -> None:
    """Whoever approves is told at once what the merge would be refused with.

    Until the time of a release, without `by`, those who are busy with its pages may
    be through.
    """
    if proposal.merges_whole:
        refuse_if_unsound(plan)
        if by is not None:
            refuse_if_any_busy(
                [item.subject for item in plan.items if item.subject], by
            )
    elif plan.conflicts:
        raise MergeConflicts(plan)

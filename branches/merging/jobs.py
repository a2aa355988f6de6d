"""Bringing in branches that a request cannot wait for: the work of a job."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from branches.merging.failing import note_problems, send_back
from branches.merging.merging import MOST_TRIES, merge_proposal
from branches.merging.parts import merge_in_parts
from branches.merging.plans import plan_merge
from branches.models import Proposal, ProposalItem
from branches.refusals import (
    MergeConflicts,
    MergeProblems,
    NotOpenAnyMore,
    PlanOutdated,
)
from branches.states import ProposalState
from core.jobs.actions import start_job
from core.jobs.kinds import Kind, register_kind
from core.jobs.models import Job
from core.jobs.turns import Cancelled, Turn
from core.refusals import Refused

KIND = "merge_branch"
# More objects than that are not merged while somebody waits for the answer.
MOST_AT_ONCE = 25


def goes_by_job(proposal: Proposal) -> bool:
    """Whether a proposal is merged after its approval instead of by it."""
    if not proposal.is_branch:
        return False
    if not proposal.merges_whole:
        return True
    return is_large(proposal)


def is_large(proposal: Proposal) -> bool:
    """Whether it holds more than a request waits for."""
    return ProposalItem.objects.filter(proposal=proposal).count() > MOST_AT_ONCE


def slot_of(proposal: Proposal) -> str:
    """Of the merges of one branch only one is active at a time."""
    return f"{KIND} {proposal.pk}"


def start_merge(proposal: Proposal, *, by: Any, occasion: str = "") -> Job:
    """Have a worker merge an approved branch. Raises AlreadyActive, AlreadyStarted."""
    return start_job(
        kind=KIND,
        by=by,
        options={"proposal": proposal.pk, "by": by.pk},
        slot=slot_of(proposal),
        occasion=occasion,
    )


def latest_job(proposal: Proposal) -> Job | None:
    """The job that merges a branch, or did."""
    return Job.objects.filter(slot=slot_of(proposal)).order_by("-pk").first()


def merge(turn: Turn) -> dict[str, Any]:
    """Merge a branch, all of it or by the hundred; what was done is not done again."""
    proposal = Proposal.objects.get(pk=turn.job.option("proposal"))
    by = get_user_model().objects.get(pk=turn.job.option("by"))
    if proposal.state == ProposalState.MERGED:
        return {"was": _("merged before")}
    try:
        _begin(proposal)
        if proposal.merges_whole:
            return _merge_whole(turn, proposal, by)
        return merge_in_parts(turn, proposal, by=by)
    except Cancelled:
        _wait_again(proposal)
        raise


def _merge_whole(turn: Turn, proposal: Proposal, by: Any) -> dict[str, Any]:
    for _attempt in range(MOST_TRIES):
        total = ProposalItem.objects.filter(proposal=proposal).count()
        turn.go_on(total=total)
        try:
            plan = plan_merge(proposal)
            turn.go_on()
            changeset = merge_proposal(plan, by=by)
        except PlanOutdated:
            continue
        except Refused as refusal:
            is_conflict = isinstance(refusal, MergeConflicts)
            send_back(proposal, why=str(refusal), is_conflict=is_conflict, by=by)
            if isinstance(refusal, MergeProblems):
                note_problems(proposal, refusal.plan)
            return {"refused": str(refusal)}
        turn.keep(done=total)
        return {"pages": total, "change": changeset.pk if changeset else None}
    send_back(proposal, why=str(PlanOutdated()), is_conflict=False, by=by)
    return {"refused": str(PlanOutdated())}


@transaction.atomic
def _begin(proposal: Proposal) -> None:
    """Say that it is being merged. Raises NotOpenAnyMore if it was taken back."""
    held = Proposal.objects.held(proposal.pk)
    if held.state != ProposalState.MERGING:
        if held.state not in (ProposalState.APPROVED, ProposalState.SCHEDULED):
            raise NotOpenAnyMore(held)
        held.step_to(ProposalState.MERGING)
        held.save()
    proposal.refresh_from_db()


@transaction.atomic
def _wait_again(proposal: Proposal) -> None:
    """Leave a branch approved whose merge was given up; somebody may start it again."""
    held = Proposal.objects.held(proposal.pk)
    if held.state == ProposalState.MERGING:
        held.step_to(ProposalState.APPROVED)
        held.save()


def register() -> None:
    """Make the work known to the workers."""
    register_kind(Kind(KIND, "Publish a branch", KIND, merge))

"""When a branch goes live: setting a time, taking it back, not waiting for it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from branches.merging.jobs import latest_job, start_merge
from branches.models import Proposal
from branches.refusals import NotOpenAnyMore
from branches.releases.refusals import BeingPublished, DueInThePast
from branches.rights import may_begin_branch, may_review
from branches.states import DECIDED, UNSETTLED, ProposalState
from core.jobs.models import Job


def may_schedule(user: Any, branch: Proposal) -> bool:
    """Whether a person may say when a branch goes live: whoever works on branches."""
    return (
        branch.is_branch
        and branch.state in UNSETTLED
        and branch.state != ProposalState.MERGING
        and may_begin_branch(user)
    )


def may_publish_now(user: Any, branch: Proposal) -> bool:
    """Whether a person may have a branch published that is approved and waits."""
    waits = branch.state in DECIDED
    return branch.is_branch and waits and may_review(user)


@transaction.atomic
def schedule(branch: Proposal, *, at: datetime, by: Any) -> Proposal:
    """Have a branch go live at a time, or at another one than before.

    One that is still to be approved waits for its approval first. Raises DueInThePast,
    BeingPublished, NotOpenAnyMore, PermissionDenied.
    """
    branch = _held(branch, by)
    if at <= timezone.now():
        raise DueInThePast
    if branch.state == ProposalState.APPROVED:
        branch.step_to(ProposalState.SCHEDULED)
    branch.due_at, branch.rehearsed_at = at, None
    branch.save()
    return branch


@transaction.atomic
def unschedule(branch: Proposal, *, by: Any) -> Proposal:
    """Take the time of a branch back; what is approved stays approved and waits.

    Raises as `schedule` does.
    """
    branch = _held(branch, by)
    if branch.state == ProposalState.SCHEDULED:
        branch.step_to(ProposalState.APPROVED)
    branch.due_at = branch.rehearsed_at = None
    branch.save()
    return branch


@transaction.atomic
def publish_now(branch: Proposal, *, by: Any) -> Job:
    """Have a worker publish what is approved, whatever its time.

    Raises NotOpenAnyMore, BeingPublished, PermissionDenied.
    """
    branch = Proposal.objects.held(branch.pk)
    if not may_publish_now(by, branch):
        if branch.state not in DECIDED:
            raise NotOpenAnyMore(branch)
        raise PermissionDenied
    _refuse_if_under_way(branch)
    return start_merge(branch, by=branch.approved_by or by)


def refuse_untimely(branch: Proposal, *, by: Any) -> None:
    """Raises PermissionDenied, BeingPublished, NotOpenAnyMore."""
    if may_schedule(by, branch):
        return
    if not (branch.is_branch and may_begin_branch(by)):
        raise PermissionDenied
    if branch.state == ProposalState.MERGING:
        raise BeingPublished
    raise NotOpenAnyMore(branch)


def _held(branch: Proposal, by: Any) -> Proposal:
    branch = Proposal.objects.held(branch.pk)
    refuse_untimely(branch, by=by)
    _refuse_if_under_way(branch)
    return branch


def _refuse_if_under_way(branch: Proposal) -> None:
    job = latest_job(branch)
    if job is not None and job.is_active:
        raise BeingPublished

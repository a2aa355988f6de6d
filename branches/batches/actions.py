"""What people do with batches: prepare one, try it out, put it on its branch."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from branches.actions import begin_branch, submit
from branches.batches.refusals import (
    AtWorkAlready,
    BeingReverted,
    NoSuchPages,
    NotBrokenOff,
    NothingToChange,
    NotMergedYet,
    NotTriedYet,
    OnItsBranch,
)
from branches.batches.working import AT_ONCE, BATCH_JOB, work_out
from branches.models import Batch, BatchRow, BatchState, Outcome, Proposal
from branches.models.batches import ON_THE_BRANCH, REVERT, TAKING_BACK
from branches.refusals import TooManyItems
from branches.rights import MOST_IN_PARTS, MOST_ITEMS, may_begin_branch, most_items
from branches.states import CLOSED, ProposalState
from core.jobs.actions import start_job
from core.wording import Words

# Branches that bring nothing into the wiki any more.
GIVEN_UP = CLOSED - {ProposalState.MERGED}


@dataclass(frozen=True, slots=True)
class Target:
    """One page that is meant. `problem` says why a line of a file means none."""

    uuid: UUID | None
    title: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    problem: Words = ""
    number: int | None = None


@transaction.atomic
def prepare_batch(
    operation: str,
    targets: Iterable[Target],
    *,
    by: Any,
    name: str,
    parameters: Mapping[str, Any] | None = None,
    undoes: Batch | None = None,
) -> Batch:
    """Write down what shall be done to which pages. Nothing is done to them.

    Raises NoSuchPages, TooManyItems, PermissionDenied.
    """
    if not may_begin_branch(by):
        raise PermissionDenied
    targets = list(targets)
    if not targets:
        raise NoSuchPages
    # What was published by the hundred may have been more.
    limit = MOST_IN_PARTS if operation in TAKING_BACK else MOST_ITEMS
    if len(targets) > limit:
        raise TooManyItems(limit)
    batch = Batch.objects.create(
        name=name.strip()[:255],
        operation=operation,
        parameters=dict(parameters or {}),
        by=by,
        undoes=undoes,
    )
    BatchRow.objects.bulk_create(
        _row(batch, target, place) for place, target in enumerate(targets, start=1)
    )
    return batch


def _row(batch: Batch, target: Target, place: int) -> BatchRow:
    row = BatchRow(
        batch=batch,
        number=target.number or place,
        object_uuid=target.uuid,
        title=target.title[:255],
        values=dict(target.values),
    )
    row.becomes(Outcome.WAITING, target.problem)
    return row


@transaction.atomic
def rehearse(
    batch: Batch,
    *,
    by: Any,
    parameters: Mapping[str, Any] | None = None,
    said: Words = "",
    by_job: bool = True,
) -> Batch:
    """Report what would become of every page, and do nothing to them.

    Many pages are left to a job, unless whoever asks waits for it. Raises
    OnItsBranch, AtWorkAlready, AlreadyActive, PermissionDenied.
    """
    batch = _held(batch, by)
    if batch.branch_id is not None:
        raise OnItsBranch(batch)
    if parameters is not None:
        batch.parameters = dict(parameters)
    if said:
        batch.is_asked_for(said)
    return _begin(batch, by, by_job)


@transaction.atomic
def put_on_branch(
    batch: Batch,
    *,
    by: Any,
    name: str,
    reason: str = "",
    source: str = "",
    merges_whole: bool = True,
    by_job: bool = True,
) -> Batch:
    """Begin the branch of a batch and put on it what was tried out, worked out anew.

    Raises as `rehearse` does, NotTriedYet, NameTaken, NothingToChange, TooManyItems.
    """
    batch = _held(batch, by)
    refuse_unready(batch)
    number = batch.rows.filter(outcome__in=ON_THE_BRANCH).count()
    if not number:
        raise NothingToChange
    limit = most_items(merges_whole=merges_whole)
    if number > limit:
        raise TooManyItems(limit, is_whole=merges_whole)
    batch.branch = begin_branch(
        name, by=by, reason=reason, source=source, merges_whole=merges_whole
    )
    batch.name = batch.branch.title
    return _begin(batch, by, by_job)


def refuse_unready(batch: Batch) -> None:
    """Raises OnItsBranch, AtWorkAlready, NotTriedYet."""
    if batch.branch_id is not None:
        raise OnItsBranch(batch)
    if batch.is_at_work:
        raise AtWorkAlready(batch)
    if batch.state == BatchState.PREPARED:
        raise NotTriedYet(batch)


@transaction.atomic
def go_on(batch: Batch, *, by: Any) -> Batch:
    """Go on where a cancelled or broken job left off.

    Raises NotBrokenOff, AtWorkAlready, AlreadyActive, PermissionDenied.
    """
    batch = _held(batch, by)
    if batch.job is None:
        # What it shall be may not even have been said yet.
        raise NotBrokenOff(batch)
    return _worked(batch, by)


def hand_in(batch: Batch, *, by: Any) -> Proposal:
    """Hand the branch of a batch in as it is. Raises as `submit` does."""
    branch = Proposal.objects.get(batch=batch)
    return submit(branch, by=by, seen=branch.content_hash)


@transaction.atomic
def revert_batch(batch: Batch, *, by: Any) -> Batch:
    """Prepare and try out what takes back what a batch has published.

    Raises NotMergedYet, BeingReverted, PermissionDenied.
    """
    batch = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.branch is None or batch.branch.state != ProposalState.MERGED:
        raise NotMergedYet(batch)
    begun = batch.undone_by.exclude(branch__state__in=GIVEN_UP).first()
    if begun is not None:
        raise BeingReverted(begun)
    items = batch.branch.items.order_by("pk").values_list("object_uuid", "title")
    revert = prepare_batch(
        REVERT,
        [Target(uuid, title) for uuid, title in items],
        by=by,
        name=f"Revert of {batch.name}",
        undoes=batch,
    )
    return rehearse(revert, by=by)


def is_given_up(batch: Batch) -> bool:
    """Whether its branch brings nothing into the wiki any more."""
    return batch.branch is not None and batch.branch.state in GIVEN_UP


def make_batch(
    operation: str,
    targets: Iterable[Target],
    parameters: Mapping[str, Any],
    *,
    by: Any,
    name: str,
    reason: str = "",
    dry_run: bool = False,
) -> Batch:
    """All of it in one go: prepared, tried out, and put on its branch if that is it."""
    batch = prepare_batch(operation, targets, by=by, name=name, parameters=parameters)
    batch = rehearse(batch, by=by)
    changes = batch.rows.filter(outcome__in=ON_THE_BRANCH)
    if dry_run or batch.is_at_work or not changes.exists():
        return batch
    return put_on_branch(batch, by=by, name=name, reason=reason)


def _held(batch: Batch, by: Any) -> Batch:
    if not may_begin_branch(by):
        raise PermissionDenied
    held = Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if held.is_at_work:
        raise AtWorkAlready(held)
    return held


def _begin(batch: Batch, by: Any, by_job: bool) -> Batch:
    batch.state = BatchState.PREPARED
    # A line that names no page says why in its message.
    batch.rows.exclude(object_uuid=None).update(message="", params={})
    batch.rows.update(outcome=Outcome.WAITING)
    return _worked(batch, by, by_job)


def _worked(batch: Batch, by: Any, by_job: bool = True) -> Batch:
    if not by_job or batch.rows.count() <= AT_ONCE:
        batch.save()
        return work_out(batch)
    batch.job = start_job(
        kind=BATCH_JOB,
        by=by,
        options={"batch": batch.pk},
        slot=f"{BATCH_JOB} {batch.pk}",
    )
    batch.save()
    return batch

"""Working a batch out, row by row: at once if it is small, else as a job in chunks."""

from itertools import count
from typing import Any

from django.db import transaction

from branches.actions import put_all_on
from branches.batches.planning import plan_rows
from branches.batches.undoing import plan_inverse
from branches.models import Batch, BatchRow, BatchState
from branches.models.batches import REVERT, ROLLBACK
from core.faults import reach
from core.jobs.kinds import Kind, register_kind
from core.jobs.turns import Turn

BATCH_JOB = "batch"
# Rows that are worked out while somebody waits for the page.
AT_ONCE = 25
CHUNK = 100

_PLANNERS = {REVERT: plan_inverse, ROLLBACK: plan_inverse}
_REPORTED = ("outcome", "message", "params", "title")


@transaction.atomic
def work_out(batch: Batch) -> Batch:
    """Work out every row that waits. Raises what `put_all_on` is refused with."""
    while rows := _next_rows(batch):
        _work_out(batch, rows)
    return _finished(batch)


def work_as_job(turn: Turn) -> dict[str, Any]:
    """The same a hundred at a time, each hundred whole.

    Broken off and begun again it goes on with the rows that wait.
    """
    batch = Batch.objects.select_related("branch", "by").get(
        pk=turn.job.option("batch")
    )
    total = batch.rows.count()
    turn.keep(total=total, done=total - batch.rows.waiting().count())
    chunks = count(1)
    while rows := _next_rows(batch):
        turn.go_on()
        with transaction.atomic():
            _work_out(batch, rows)
            turn.keep(done=turn.job.done + len(rows))
            reach(f"batch_worked_out_{next(chunks)}")
    with transaction.atomic():
        _finished(batch)
    return batch.rows.count_by_outcome()


def register_job() -> None:
    """Make the job known. Called when the wiki starts."""
    register_kind(
        Kind(name=BATCH_JOB, label="Batch change", slot="batch", work=work_as_job)
    )


def _next_rows(batch: Batch) -> list[BatchRow]:
    return list(batch.rows.waiting().order_by("number")[:CHUNK])


def _work_out(batch: Batch, rows: list[BatchRow]) -> None:
    pieces = _PLANNERS.get(batch.operation, plan_rows)(batch, rows)
    if batch.branch is not None and pieces:
        put_all_on(batch.branch, pieces, by=batch.by)
    BatchRow.objects.bulk_update(rows, _REPORTED)


def _finished(batch: Batch) -> Batch:
    batch.state = BatchState.REHEARSED if batch.branch is None else BatchState.MADE
    Batch.objects.filter(pk=batch.pk).update(state=batch.state)
    return batch

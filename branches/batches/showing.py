"""The page of one batch, as it stands and with what was typed beside a refusal."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from branches.batches.actions import is_given_up
from branches.batches.forms import PutForm
from branches.merging.jobs import latest_job
from branches.merging.parts import AT_ONCE
from branches.models import Batch, BatchState, Outcome, ProposalItem
from branches.models.batches import ON_THE_BRANCH
from branches.states import ProposalState
from core.batch_operations import OPERATIONS, OperationForm
from core.refusals import Refused

PER_PAGE = 50


def batch_page(
    request: HttpRequest,
    batch: Batch,
    *,
    form: OperationForm | None = None,
    put: PutForm | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The report, a page of its rows, and the forms for what comes next."""
    counts = batch.rows.count_by_outcome()
    chosen = request.GET.get("outcome", "")
    rows = batch.rows.order_by("number")
    if chosen in Outcome.values:
        rows = rows.filter(outcome=chosen)
    is_open = batch.branch_id is None and not batch.is_at_work
    waits = Outcome.WAITING in counts and batch.job is not None
    changes = sum(counts.get(outcome, 0) for outcome in ON_THE_BRANCH)
    is_tried = is_open and batch.state == BatchState.REHEARSED
    reverts = list(batch.undone_by.select_related("branch"))
    context = {
        "batch": batch,
        "slice": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "counts": [(Outcome(name), count) for name, count in counts.items()],
        "chosen": chosen,
        "total": sum(counts.values()),
        "changes": changes,
        "refused": refused,
        "form": (form or operation_form(batch)) if is_open else None,
        "put": (put or put_form(batch)) if is_tried and changes else None,
        "may_go_on": waits and not batch.is_at_work,
        **_of_merge(batch),
        "reverts": reverts,
        "may_revert": batch.branch is not None
        and batch.branch.state == ProposalState.MERGED
        and all(is_given_up(revert) for revert in reverts),
    }
    return render(request, "branches/batches/show.html", context, status=status)


def _of_merge(batch: Batch) -> dict[str, Any]:
    """How far its branch has come on its way into the wiki, and what did not."""
    if batch.branch is None:
        return {}
    items = ProposalItem.objects.filter(proposal=batch.branch).exclude(problem="")
    left_out = items.only("title", "problem", "problem_params")[:PER_PAGE]
    return {"merge_job": latest_job(batch.branch), "left_out": left_out}


def operation_form(batch: Batch, data: Any = None) -> OperationForm | None:
    """The form for what has to be said once for all pages, if there is anything."""
    operation = OPERATIONS.get(batch.operation)
    if operation is None or not operation.form.base_fields:
        return None
    return operation.form(data)


def put_form(batch: Batch, data: Any = None) -> PutForm:
    """The form for putting it on its branch."""
    is_small = batch.rows.count() <= AT_ONCE
    return PutForm(data, initial={"name": batch.name, "merges_whole": is_small})

"""The admin's screens for batches: begin one, its report, what is done with it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wagtail.admin import messages

from branches.batches import actions
from branches.batches.choosing import chosen_pages
from branches.batches.forms import NewBatchForm
from branches.batches.showing import batch_page, operation_form, put_form
from branches.batches.targets import targets_in
from branches.models import Batch
from branches.refusals import NameTaken, TooManyItems
from branches.rights import may_begin_branch
from core.jobs.actions import cancel_job
from core.refusals import Refused

PER_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All batches, the newest first."""
    refuse_strangers(request)
    batches = Batch.objects.select_related("by", "branch", "job")
    shown = Paginator(batches, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "branches/batches/index.html", {"slice": shown})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Say what shall be done to the pages that were chosen, or to those of a file."""
    refuse_strangers(request)
    chosen = chosen_pages(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewBatchForm(*data, are_chosen=chosen is not None)
    if form.is_bound and form.is_valid():
        try:
            return redirect(_begun(request, form, chosen))
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {
        "form": form,
        "count": None if chosen is None else chosen.count(),
        "some": None if chosen is None else chosen.order_by("path")[:10],
    }
    status = 422 if form.is_bound else 200
    return render(request, "branches/batches/new.html", context, status=status)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one batch, and what can be done with it now."""
    return batch_page(request, _batch(request, pk))


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes while a job works the batch out."""
    batch = _batch(request, pk)
    part = "branches/batches/show.html#progress"
    response = render(request, part, {"batch": batch})
    if not batch.is_at_work:
        # Once more, whole: there is a report now.
        response["HX-Refresh"] = "true"
    return response


@require_POST
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Try it out, put it on its branch, go on, cancel or take it back."""
    batch = _batch(request, pk)
    if verb not in _DEEDS:
        raise Http404
    try:
        done = _DEEDS[verb](request, batch)
    except Refused as refused:
        shown = batch_page(request, batch, refused=refused)
        shown.status_code = refused.status
        return shown
    return done


def _begun(request: HttpRequest, form: NewBatchForm, chosen: Any) -> Batch:
    operation = form.chosen_operation
    targets = form.targets if chosen is None else targets_in(chosen, operation)
    batch = actions.prepare_batch(
        operation.name, targets, by=request.user, name=form.cleaned_data["name"]
    )
    if not operation.form.base_fields:
        actions.rehearse(batch, by=request.user)
    return batch


def _try_out(request: HttpRequest, batch: Batch) -> HttpResponse:
    form = operation_form(batch, request.POST)
    if form is None or not form.is_valid():
        return batch_page(request, batch, form=form, status=422)
    actions.rehearse(
        batch, by=request.user, parameters=form.parameters(), said=form.in_words()
    )
    return redirect(batch)


def _put(request: HttpRequest, batch: Batch) -> HttpResponse:
    actions.refuse_unready(batch)
    form = put_form(batch, request.POST)
    if not form.is_valid():
        return batch_page(request, batch, put=form, status=422)
    try:
        batch = actions.put_on_branch(batch, by=request.user, **form.cleaned_data)
    except (NameTaken, TooManyItems) as refused:
        is_large = isinstance(refused, TooManyItems)
        form.add_error("merges_whole" if is_large else "name", str(refused))
        return batch_page(request, batch, put=form, status=refused.status)
    if batch.is_at_work:
        said = _("It comes onto its branch now. Hand it in once all pages are there.")
    else:
        said = _("It is on its branch. Look at it there, and hand in.")
    messages.success(request, said)
    return redirect(batch)


def _go_on(request: HttpRequest, batch: Batch) -> HttpResponse:
    return redirect(actions.go_on(batch, by=request.user))


def _cancel(request: HttpRequest, batch: Batch) -> HttpResponse:
    if batch.job is not None:
        cancel_job(job=batch.job, by=request.user)
    return redirect(batch)


def _revert(request: HttpRequest, batch: Batch) -> HttpResponse:
    return redirect(actions.revert_batch(batch, by=request.user))


_DEEDS: dict[str, Callable[[HttpRequest, Batch], HttpResponse]] = {
    "try": _try_out,
    "put": _put,
    "go-on": _go_on,
    "cancel": _cancel,
    "revert": _revert,
}


def _batch(request: HttpRequest, pk: int) -> Batch:
    refuse_strangers(request)
    known = Batch.objects.select_related("by", "branch", "job", "undoes")
    return get_object_or_404(known, pk=pk)


def refuse_strangers(request: HttpRequest) -> None:
    if not may_begin_branch(request.user):
        raise PermissionDenied

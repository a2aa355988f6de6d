"""What can be done with a job in the admin: look how far it is, cancel it."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin import messages

from core.jobs.actions import AlreadyEnded, cancel_job
from core.jobs.models import Job

VIEW = "core.view_job"
RUN = "core.run_job"


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then give the job up."""
    if not request.user.has_perm(RUN):
        raise PermissionDenied
    job = get_object_or_404(Job, pk=pk)
    if request.method != "POST":
        return render(request, "core/jobs/cancel.html", {"job": job})
    try:
        cancel_job(job=job, by=request.user)
    except AlreadyEnded as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It ends after its present piece of work."))
    return redirect(page_of(job))


def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of a job's page that changes while it runs."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    job = get_object_or_404(Job, pk=pk)
    context = context_of(job, request.user)
    response = render(request, "core/jobs/inspect.html#progress", context)
    if not job.is_active:
        # Once more, whole: the cancel button has to go.
        response["HX-Refresh"] = "true"
    return response


def page_of(job: Job) -> str:
    """The address of a job's own page in the admin."""
    return reverse("jobs_modeladmin_inspect", args=[job.pk])


def context_of(job: Job, user: Any) -> dict[str, Any]:
    """What the page of a job shows beside its fields."""
    return {
        "job": job,
        "report": list(_lines(job.report)),
        "may_cancel": job.is_active and user.has_perm(RUN),
    }


def _lines(report: dict[str, Any], of: str = "") -> Iterator[tuple[str, Any]]:
    """A report as pairs of words and values."""
    for name, value in report.items():
        label = f"{of}{name.replace('_', ' ')}"
        if isinstance(value, dict):
            yield from _lines(value, of=f"{label}: ")
        elif isinstance(value, list):
            if value:
                yield label, ", ".join(map(str, value))
        else:
            yield label, f"{value:,}" if isinstance(value, int | float) else value

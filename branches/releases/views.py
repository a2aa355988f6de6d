"""Setting the time of a branch, for those who work on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.browsing.asking import branch_for
from branches.merging.progress import progress_context
from branches.models import Proposal
from branches.releases.forms import ScheduleForm
from branches.releases.scheduling import (
    may_publish_now,
    may_schedule,
    publish_now,
    refuse_untimely,
    schedule,
    unschedule,
)
from core.refusals import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when a branch shall go live, and remember it."""
    branch = branch_for(request, pk)
    return ask_when(
        request, branch, "branches/schedule.html", back=branch.get_absolute_url()
    )


def ask_when(
    request: HttpRequest, branch: Proposal, template: str, *, back: str
) -> HttpResponse:
    """The form for the time of a branch, on the site or in the admin.

    Raises as `refuse_untimely` does.
    """
    refuse_untimely(branch, by=request.user)
    is_sent = request.method == "POST"
    form = (
        ScheduleForm(request.POST)
        if is_sent
        else ScheduleForm.begun_with(branch.due_at)
    )
    status = 422 if is_sent else 200
    if is_sent and form.is_valid():
        try:
            schedule(branch, at=form.cleaned_data["at"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = refused.status
        else:
            messages.success(request, _("The time is set."))
            return HttpResponseRedirect(back)
    context = {"proposal": branch, "form": form}
    return render(request, template, context, status=status)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the time of a branch back."""
    branch = branch_for(request, pk)
    return _done(request, branch, unschedule, _("It does not go live by itself."))


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Have an approved branch published now."""
    branch = branch_for(request, pk)
    return _done(request, branch, publish_now, _("It is published in a moment."))


def _done(request: HttpRequest, branch: Proposal, deed: Any, said: str) -> HttpResponse:
    try:
        deed(branch, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(branch.get_absolute_url())


def release_context(request: HttpRequest, branch: Proposal) -> dict[str, Any]:
    """What a page of a branch shows of its time and its merge, wherever it is shown.

    What a worker is at is neither put off nor started once more.
    """
    progress = progress_context(request, branch)
    rests = not progress["is_active"]
    return {
        **progress,
        "may_schedule": rests and may_schedule(request.user, branch),
        "may_publish_now": rests and may_publish_now(request.user, branch),
    }

"""Setting the time of a branch, for those who work on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.browsing.asking import branch_for
from branches.models import Proposal
from branches.releases.forms import ScheduleForm
from branches.releases.scheduling import (
    may_publish_now,
    may_schedule,
    publish_now,
    schedule,
    unschedule,
)
from core.refusals import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when a branch shall go live, and remember it."""
    branch = branch_for(request, pk)
    if not may_schedule(request.user, branch):
        raise PermissionDenied
    if request.method != "POST":
        return _shown(request, branch, ScheduleForm.begun_with(branch.due_at))
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        return _shown(request, branch, form, status=422)
    try:
        schedule(branch, at=form.cleaned_data["at"], by=request.user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, branch, form, status=refused.status)
    messages.success(request, _("The time is set."))
    return HttpResponseRedirect(branch.get_absolute_url())


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


def _shown(
    request: HttpRequest, branch: Proposal, form: ScheduleForm, *, status: int = 200
) -> HttpResponse:
    context = {"proposal": branch, "form": form}
    return render(request, "branches/schedule.html", context, status=status)


def release_context(request: HttpRequest, branch: Proposal) -> dict[str, Any]:
    """What templates/branches/release.html shows on the page of a branch."""
    return {
        "may_schedule": may_schedule(request.user, branch),
        "may_publish_now": may_publish_now(request.user, branch),
    }

"""The admin's screens for holding a version and for one hold."""

from collections.abc import Callable

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wagtail.admin import messages

from history.holds.actions import hold, release
from history.holds.forms import ReasonForm
from history.holds.refusals import HoldRefused
from history.models import PageVersion, VersionHold


@permission_required("history.add_versionhold", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, version_pk: int) -> HttpResponse:
    """Say why a version has to stay, and hold it."""
    version = get_object_or_404(PageVersion, pk=version_pk)
    form = ReasonForm(request.POST or None)

    def deed(reason: str) -> VersionHold:
        return hold(version=version, reason=reason, by=request.user)

    if placed := _done(request, form, deed, _("It is held.")):
        return redirect("history_hold", placed.pk)
    open_now = VersionHold.objects.in_force().filter(version=version).first()
    context = {"version": version, "form": form, "hold": open_now}
    return render(
        request, "history/holds/place.html", context, status=_status(request, form)
    )


@permission_required("history.view_versionhold", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One hold: of what, who, why. On POST it is released."""
    placed = get_object_or_404(VersionHold.objects.select_related("version"), pk=pk)
    form = ReasonForm(request.POST or None)

    def deed(reason: str) -> VersionHold:
        return release(placed=placed, reason=reason, by=request.user)

    if _done(request, form, deed, _("It is released.")):
        return redirect("history_hold", pk)
    placed.refresh_from_db()
    context = {
        "hold": placed,
        "form": form,
        "may_release": request.user.has_perm("history.change_versionhold"),
    }
    return render(
        request, "history/holds/show.html", context, status=_status(request, form)
    )


def _done(
    request: HttpRequest,
    form: ReasonForm,
    deed: Callable[[str], VersionHold],
    said: str,
) -> VersionHold | None:
    """Do what was posted, if it was; a refusal goes into the form."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        placed = deed(form.cleaned_data["reason"])
    except HoldRefused as refusal:
        form.add_error(None, str(refusal))
        form.refused_with = refusal.status
        return None
    messages.success(request, said)
    return placed


def _status(request: HttpRequest, form: ReasonForm) -> int:
    return form.refused_with if request.method == "POST" else 200

"""The admin's screens for hiding versions and showing them again."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wagtail.admin import messages

from history.models import PageVersion, Suppression
from history.suppression.actions import ask, confirm, lift
from history.suppression.finding import versions_hidden_by
from history.suppression.forms import AskForm
from history.suppression.refusals import SuppressionRefused

DEEDS = {
    "confirm": (confirm, _("It is hidden now.")),
    "decline": (lift, _("Nothing is hidden.")),
    "lift": (lift, _("It can be read again.")),
}


@permission_required("history.add_suppression", raise_exception=True)
@require_http_methods(["GET", "POST"])
def ask_to_hide(request: HttpRequest, version_pk: int) -> HttpResponse:
    """Ask which versions to hide, what of them and why."""
    version = get_object_or_404(PageVersion, pk=version_pk)
    form = AskForm(request.POST or None, version=version)
    status = 400 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask(version=version, by=request.user, **form.cleaned_data)
        except SuppressionRefused as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Asked. Another person has to confirm it now."))
            return redirect("history_suppression", asked.pk)
    context = {"version": version, "form": form}
    return render(request, "history/suppression/ask.html", context, status=status)


@permission_required("history.view_suppression", raise_exception=True)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One suppression: what it covers, who asked, who confirmed, what can be done."""
    suppression = get_object_or_404(Suppression, pk=pk)
    return _shown(request, suppression)


@permission_required("history.change_suppression", raise_exception=True)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, decline or lift."""
    suppression = get_object_or_404(Suppression, pk=pk)
    deed, said = DEEDS.get(request.POST.get("deed", ""), (None, ""))
    if deed is None:
        return _shown(request, suppression, gettext("Choose what to do."), status=400)
    try:
        deed(suppression=suppression, by=request.user)
    except SuppressionRefused as refusal:
        suppression.refresh_from_db()
        return _shown(request, suppression, str(refusal), status=refusal.status)
    messages.success(request, said)
    return redirect("history_suppression", pk)


def _shown(
    request: HttpRequest,
    suppression: Suppression,
    problem: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    versions = versions_hidden_by(suppression).select_related("changeset")
    may = request.user.has_perm("history.change_suppression")
    return render(
        request,
        "history/suppression/show.html",
        {
            "suppression": suppression,
            "versions": versions.order_by("seq"),
            "problem": problem,
            "may_decide": may,
            "may_confirm": may and suppression.asked_by_id != request.user.pk,
        },
        status=status,
    )

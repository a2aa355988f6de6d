"""The page on which conflicts are settled, for the author and for moderators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from branches.actions import remembered_by, resolve
from branches.merging.plans import MergePlan, plan_merge
from branches.models import Proposal
from branches.refusals import NotOpenAnyMore, NotPublicNow
from branches.rights import may_resolve, takes_part
from branches.states import UNSETTLED
from branches.suggesting.asking import proposal_for, sees_objects
from branches.suggesting.settling_form import SettlingForm, disputes_of
from core.refusals import Refused
from history.diff.rendering import render_comparison
from history.merging import NoSuchConflict


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what shall hold where a suggestion and the page disagree."""
    proposal = proposal_for(request, pk)
    if proposal.is_branch:
        return HttpResponseRedirect(reverse("branches:update", args=[pk]))
    if not may_resolve(request.user, proposal):
        if proposal.state in UNSETTLED and not takes_part(request.user, proposal):
            raise Http404
        # Settled by somebody else a moment ago, it is being checked again.
        raise NotOpenAnyMore(proposal)
    if not sees_objects(request.user, proposal):
        raise NotPublicNow(proposal)
    plan = plan_merge(proposal)
    form = SettlingForm(
        request.POST if request.method == "POST" else None,
        disputes=disputes_of(plan),
        remembered=remembered_by(request.user, plan),
    )
    if request.method != "POST":
        return _page(request, plan, form)
    is_valid = form.is_valid()
    if request.htmx or "preview" in request.POST:  # type: ignore[attr-defined]  # django-htmx puts it there
        return _preview(request, plan, form)
    if not is_valid:
        # Sides that are asked for now and were not then: something has changed.
        is_stale = form.data.get("seen") != plan.seen
        return _page(request, plan, form, status=409 if is_stale else 422)
    try:
        resolve(
            proposal,
            by=request.user,
            seen=form.cleaned_data["seen"],
            choices=form.choices(),
        )
    except Refused as refused:
        return _page(request, plan, form, refused=refused, status=refused.status)
    messages.success(
        request, gettext("The conflicts are settled. It waits for a decision.")
    )
    return HttpResponseRedirect(proposal.get_absolute_url())


def _preview(request: HttpRequest, plan: MergePlan, form: SettlingForm) -> HttpResponse:
    """The result with what is chosen so far; nothing is handed in."""
    try:
        chosen = plan_merge(plan.proposal, choices=form.choices())
    except NoSuchConflict:
        # Published at this very moment; handing it in will say so.
        chosen = plan
    is_part = bool(request.htmx)  # type: ignore[attr-defined]  # as above
    fragment = "#result" if is_part else ""
    return _page(request, chosen, form, is_preview=True, fragment=fragment)


def _page(
    request: HttpRequest,
    plan: MergePlan,
    form: SettlingForm,
    *,
    refused: Refused | None = None,
    is_preview: bool = False,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, or the result alone.

    A preview comes with its own `plan`; what is asked and where it was begun from
    stays what the form says.
    """
    proposal: Proposal = plan.proposal
    context = {
        "proposal": proposal,
        "plan": plan,
        "form": form,
        "is_stale": status == 409 and refused is None,
        "refused": refused,
        "questions": form.questions(request),
        "typed_elsewhere": form.typed_elsewhere(),
        "is_preview": is_preview,
        "objects": [
            {
                "title": item.item.title,
                "comparison": render_comparison(
                    item.model, item.before, item.after, request=request
                ),
            }
            for item in plan.items
            if not item.is_idle
        ],
    }
    return render(request, f"branches/settle.html{fragment}", context, status=status)

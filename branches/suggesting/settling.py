"""The page on which conflicts are settled, for the author and for moderators."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from branches.actions import resolve
from branches.merging.plans import MergePlan, plan_merge
from branches.models import Proposal
from branches.refusals import NotOpenAnyMore, NotPublicNow
from branches.rights import may_resolve
from branches.states import UNSETTLED
from branches.suggesting.asking import proposal_for, sees_objects
from core.refusals import Refused
from history.diff.rendering import render_comparison
from history.disputes import Dispute, DisputesForm
from history.merging import Side

COLUMNS = {
    Side.BASE: _("Before both"),
    Side.OURS: _("On the page now"),
    Side.THEIRS: _("In the suggestion"),
}


class SettlingForm(DisputesForm):
    """What shall hold for each conflict."""

    sides = {
        Side.OURS: _("Keep what is on the page now"),
        Side.THEIRS: _("Take what the suggestion says"),
        Side.BASE: _("Go back to what it said before both"),
    }

    def questions(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Each dispute with its field and what each side says."""
        return [
            {
                "dispute": dispute,
                "field": self[dispute.name],
                "columns": [
                    (heading, dispute.shown(side, request))
                    for side, heading in COLUMNS.items()
                ],
                "back": dispute.change(Side.OURS, Side.THEIRS, request),
            }
            for dispute in self.disputes
        ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what shall hold where a suggestion and the page disagree."""
    proposal = proposal_for(request, pk)
    if proposal.is_branch:
        return HttpResponseRedirect(reverse("branches:update", args=[pk]))
    if not may_resolve(request.user, proposal):
        if proposal.state in UNSETTLED:
            raise Http404
        raise NotOpenAnyMore(proposal)
    if not sees_objects(request.user, proposal):
        raise NotPublicNow(proposal)
    plan = plan_merge(proposal)
    if request.method != "POST":
        return _page(request, plan, SettlingForm(disputes=disputes_of(plan)))
    form = SettlingForm(request.POST, disputes=disputes_of(plan))
    if not form.is_valid():
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


def disputes_of(plan: MergePlan) -> list[Dispute]:
    """Everything that somebody has to decide about a merge."""
    return [
        Dispute(item.item.title, item.model, item.prefix, item.result, conflict)
        for item in plan.items
        if item.result is not None
        for conflict in item.conflicts
    ]


def _page(
    request: HttpRequest,
    plan: MergePlan,
    form: SettlingForm,
    *,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    proposal: Proposal = plan.proposal
    context = {
        "proposal": proposal,
        "plan": plan,
        "form": form,
        "is_stale": status == 409 and refused is None,
        "refused": refused,
        "questions": form.questions(request),
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
    return render(request, "branches/settle.html", context, status=status)

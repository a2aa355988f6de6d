"""What main has changed under a branch, and bringing the branch up to date."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from branches.actions import remembered_by, update_branch
from branches.actions.updating import Update, plan_update
from branches.browsing.asking import branch_for, items_for
from branches.merging.items import ItemPlan, ProblemKind
from branches.merging.plans import MergePlan
from branches.models import Proposal
from branches.refusals import NotOpenAnyMore
from branches.rights import may_begin_branch, may_work_on
from branches.suggesting.settling_form import SettlingForm, disputes_of
from core.refusals import Refused
from history.diff.rendering import render_comparison
from history.merging import Side

# Of what main has changed so many comparisons are shown; the others are named.
MOST_SHOWN = 50


class UpdatingForm(SettlingForm):
    """What shall hold where both changed the same, and which removals still apply.

    Whatever is left open stays as it is on the branch.
    """

    columns = {
        Side.BASE: _("Before both"),
        Side.OURS: _("On the page now"),
        Side.THEIRS: _("On the branch"),
    }
    sides = {
        Side.OURS: _("Keep what is on the page now"),
        Side.THEIRS: _("Take what the branch says"),
        Side.BASE: _("Go back to what it said before both"),
    }

    def __init__(self, data: Any, *, plan: MergePlan, by: Any) -> None:
        super().__init__(
            data, disputes=disputes_of(plan), remembered=remembered_by(by, plan)
        )
        for dispute in self.disputes:
            self.fields[dispute.name].required = False
        removals = [one for one in plan.items if _is_changed_removal(one)]
        self.fields["confirmed"] = forms.MultipleChoiceField(
            label=_("Remove them all the same"),
            required=False,
            choices=[(str(one.item.object_uuid), one.item.title) for one in removals],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "size-6 shrink-0"}),
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what main has changed, and bring the branch up to date with it."""
    branch = branch_for(request, pk)
    if not may_begin_branch(request.user):
        raise Http404
    if not may_work_on(request.user, branch):
        raise NotOpenAnyMore(branch)
    plan = _plan_for(request, branch)
    data = request.POST if request.method == "POST" else None
    form = UpdatingForm(data, plan=plan, by=request.user)
    if data is None:
        return _page(request, branch, plan, form)
    if not form.is_valid():
        # Another answer than was asked for: something has changed.
        is_stale = form.data.get("seen") != plan.seen
        return _page(request, branch, plan, form, status=409 if is_stale else 422)
    confirmed = {
        one.item.object_uuid
        for one in plan.items
        if str(one.item.object_uuid) in form.cleaned_data["confirmed"]
    }
    try:
        done = update_branch(
            branch,
            by=request.user,
            seen=form.cleaned_data["seen"],
            choices=form.choices(),
            confirmed=confirmed,
        )
    except Refused as refused:
        fresh = _plan_for(request, branch_for(request, pk))
        form = UpdatingForm(None, plan=fresh, by=request.user)
        return _page(request, branch, fresh, form, refused, refused.status)
    messages.success(request, _told(done))
    return HttpResponseRedirect(branch.get_absolute_url())


def _plan_for(request: HttpRequest, branch: Proposal) -> MergePlan:
    """What main has changed, of it what this person may see."""
    plan = plan_update(branch)
    readable = set(items_for(request.user, branch).values_list("pk", flat=True))
    return replace(
        plan, items=tuple(one for one in plan.items if one.item.pk in readable)
    )


def _is_changed_removal(plan: ItemPlan) -> bool:
    return any(problem.kind == ProblemKind.CHANGED for problem in plan.problems)


def _told(done: Update) -> str:
    number = len(done.brought) + len(done.said_already)
    told = ngettext(
        "%(number)s page is up to date.", "%(number)s pages are up to date.", number
    ) % {"number": number}
    if not done.left:
        return told
    left = ngettext(
        "%(number)s page waits for somebody to decide.",
        "%(number)s pages wait for somebody to decide.",
        len(done.left),
    ) % {"number": len(done.left)}
    return f"{told} {left}"


def _page(
    request: HttpRequest,
    branch: Proposal,
    plan: MergePlan,
    form: UpdatingForm,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    changed = [one for one in plan.items if one.subject is not None]
    context = {
        "branch": branch,
        "plan": plan,
        "form": form,
        "refused": refused,
        "is_stale": status == 409 and refused is None,
        "questions": form.questions(request),
        "theirs": [
            (
                one,
                render_comparison(one.model, one.base, one.before, request=request),
            )
            for one in changed[:MOST_SHOWN]
        ],
        "unshown": max(0, len(changed) - MOST_SHOWN),
        "unsound": [
            one for one in plan.items if one.problems and not _is_changed_removal(one)
        ],
    }
    return render(request, "branches/branch_update.html", context, status=status)

"""The page of one branch: how it stands, what it changes, what is said about it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from branches.actions import submit
from branches.actions.updating import behind_main
from branches.approvals import approval_context
from branches.browsing.asking import branch_for, items_for
from branches.browsing.compared import Change, Comparing, disputed_among, plan_of
from branches.choosing import PARAMETER
from branches.models import Proposal, ProposalItem
from branches.refusals import MergeRefused, ProposalRefused
from branches.releases.views import release_context
from branches.rights import may_begin_branch, may_review, may_speak, may_work_on
from branches.sharing import ends_at, link_of
from branches.states import REVIEWED, UNSETTLED
from branches.suggesting.remarks import remarks_on
from branches.suggesting.showing import CommentForm, DecisionForm
from core.refusals import Refused
from history.reading import CannotRead

PER_PAGE = 50
# More comparisons than these are fetched one by one, when they come into view.
AT_ONCE = 10
# Of the pages that main has changed, those that are looked at for the head of a page.
MOST_BEHIND = 100


@require_safe
def show_branch(request: HttpRequest, pk: int) -> HttpResponse:
    """One branch."""
    return branch_page(request, branch_for(request, pk))


def branch_page(
    request: HttpRequest,
    proposal: Proposal,
    *,
    status: int = 200,
    refused: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    """The page of a branch, as far as the reader may see it."""
    branch, user = proposal, request.user
    works_here = may_begin_branch(user)
    is_unsettled = branch.state in UNSETTLED
    context: dict[str, Any] = {
        "branch": branch,
        "notes": branch.notes.select_related("author"),
        "is_unsettled": is_unsettled,
        "works_here": works_here and is_unsettled,
        "may_work": may_work_on(user, branch),
        "may_speak": may_speak(user, branch),
        "comment_form": CommentForm(),
        "refused": refused,
        "remarks": remarks_on(request, branch),
        "looks_at_it": getattr(request, "branch", None) == branch,
        **release_context(request, branch),
        **_compared(request, branch),
    }
    if works_here and is_unsettled:
        context |= _share(request, branch)
    if may_review(user) and branch.state in REVIEWED and not branch.is_by(user):
        plans = [one.plan for one in context["changes"] if one.plan]
        context |= approval_context(branch, plans, user)
        context["may_decide"] = True
        context["decision_form"] = DecisionForm(
            initial={"content_hash": branch.content_hash}
        )
    return render(request, "branches/branch.html", context | more, status=status)


@require_safe
def item(request: HttpRequest, pk: int, uuid: Any) -> HttpResponse:
    """What a branch would do to one page; for htmx without the frame."""
    branch = branch_for(request, pk)
    found = items_for(request.user, branch).filter(object_uuid=uuid)
    if not found.exists():
        raise Http404(gettext("This page is not on the branch."))
    context: dict[str, Any] = {"branch": branch}
    try:
        context["change"] = _changes(request, branch, found, with_texts=True)[0]
    except (CannotRead, MergeRefused) as problem:
        context["problem"] = problem
    part = "#comparison" if getattr(request, "htmx", False) else ""
    return render(request, f"branches/branch_item.html{part}", context)


@login_required
@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a branch in, for moderators to decide."""
    branch = branch_for(request, pk)
    try:
        submit(branch, by=request.user, seen=request.POST.get("seen", ""))
    except ProposalRefused as refused:
        return branch_page(request, branch, refused=refused, status=refused.status)
    messages.success(request, gettext("The branch waits for a decision."))
    return HttpResponseRedirect(branch.get_absolute_url())


def _compared(request: HttpRequest, branch: Proposal) -> dict[str, Any]:
    readable = items_for(request.user, branch)
    slice_ = _slice(request, readable)
    shown: dict[str, Any] = {
        "slice": slice_,
        "withheld": branch.items.count() - readable.count(),
    }
    on_page = readable.filter(pk__in=[one.pk for one in slice_])
    behind = behind_main(branch).filter(pk__in=readable.values("pk"))
    if branch.state in UNSETTLED:
        shown["behind"] = behind.count()
        hidden = ProposalItem.objects.of_hidden_pages()
        shown["hidden"] = hidden.filter(pk__in=readable.values("pk")).count()
    with_texts = len(slice_) <= AT_ONCE
    try:
        shown["changes"] = _changes(request, branch, on_page, with_texts=with_texts)
        if branch.state in UNSETTLED:
            shown |= _troubles(shown["changes"], behind)
    except (CannotRead, MergeRefused) as problem:
        shown["problem"] = problem
        shown["changes"] = Comparing(request, branch).changes(slice_, with_texts=False)
    return shown


def _slice(request: HttpRequest, readable: Any) -> Slice[ProposalItem]:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise BadRequest(gettext("The list has no such page."))
    in_order = readable.select_related("content_type").order_by("title", "pk")
    pages = Paginator(in_order, PER_PAGE)
    slice_: Any = pages.get_page(number)
    slice_.shown_numbers = list(pages.get_elided_page_range(slice_.number))
    return slice_


def _changes(
    request: HttpRequest, branch: Proposal, items: Any, *, with_texts: bool
) -> list[Change]:
    plan = None
    if with_texts and branch.state in UNSETTLED:
        plan = plan_of(branch, items)
    in_order = items.select_related("content_type", "base__payload")
    return Comparing(request, branch).changes(
        in_order.order_by("title", "pk"), plan, with_texts=with_texts
    )


def _troubles(changes: list[Change], behind: Any) -> dict[str, Any]:
    """What stands in the way: disputes with main, and of what was planned the rest."""
    newest = behind.order_by("pk").select_related("base__payload", "content_type")
    return {
        "conflicted": disputed_among(newest[:MOST_BEHIND]),
        "unsound": [
            one.plan
            for one in changes
            if one.plan and one.plan.problems and not one.plan.conflicts
        ],
        "is_partial": any(one.plan is None for one in changes),
    }


def _share(request: HttpRequest, branch: Proposal) -> dict[str, Any]:
    link = link_of(branch, by=request.user)
    if not link:
        return {"share_link": ""}
    address = request.build_absolute_uri("/")
    return {
        "share_link": f"{address}?{PARAMETER}={link}",
        "share_ends": ends_at(branch),
    }

"""The branches in the admin: their list, the page of each, and what is done there."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from wagtail.admin import messages

from branches.actions import (
    begin_branch,
    describe_branch,
    submit,
    take_off,
    withdraw,
)
from branches.approvals import approvals_of
from branches.browsing.asking import branch_for, items_for
from branches.desk.chosen import choose, chosen_branch, leave
from branches.desk.families import with_new_below
from branches.desk.finding import branches_for, sent_with
from branches.desk.forms import BranchForm
from branches.desk.rows import rows_or_bare
from branches.models import NoteKind, Proposal, ProposalNote
from branches.refusals import NameTaken, NotOpenAnyMore, ProposalRefused, TooManyItems
from branches.releases.views import release_context
from branches.rights import may_work_on
from branches.states import CLOSED, REVIEWED, UNSETTLED, ProposalState

PER_PAGE = 50
LISTS: dict[str, Callable[[QuerySet[Proposal], Any], QuerySet[Proposal]]] = {
    "mine": lambda branches, user: branches.filter(state__in=UNSETTLED, author=user),
    "work": lambda branches, user: branches.filter(state__in=UNSETTLED),
    "settled": lambda branches, user: branches.filter(state__in=CLOSED),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Branches at work, one's own or everybody's, and the settled ones."""
    which = request.GET.get("which", "")
    which = which if which in LISTS else "work"
    found = LISTS[which](branches_for(request.user), request.user)
    counted = found.select_related("author").annotate(pages=Count("items"))
    pages = Paginator(counted.order_by("-changed_at", "-pk"), PER_PAGE)
    context = {
        "slice": pages.get_page(request.GET.get("page")),
        "which": which,
        "chosen": chosen_branch(request),
        "lists": [
            ("work", _("All at work")),
            ("mine", _("Mine")),
            ("settled", _("Settled")),
        ],
    }
    return render(request, "branches/desk/index.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a branch; whoever does is on it."""
    form = BranchForm(sent_with(request))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            branch = begin_branch(
                words["title"],
                by=request.user,
                reason=words["reason"],
                source=words["source"],
                merges_whole=words["merges_whole"],
            )
        except NameTaken as taken:
            form.add_error("title", str(taken))
        else:
            choose(request, branch)
            return _to(branch)
    status = 422 if form.is_bound else 200
    return render(request, "branches/desk/begin.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something else of a branch."""
    branch = branch_for(request, pk)
    if not may_work_on(request.user, branch):
        return branch_page(request, branch, refused=NotOpenAnyMore(branch))
    form = BranchForm(sent_with(request), instance=branch_for(request, pk))
    if request.method == "POST" and form.is_valid():
        try:
            describe_branch(branch, by=request.user, **form.cleaned_data)
        except NameTaken as taken:
            form.add_error("title", str(taken))
        except TooManyItems as too_many:
            form.add_error("merges_whole", str(too_many))
        except ProposalRefused as refused:
            return branch_page(request, branch, refused=refused)
        else:
            messages.success(request, _("Saved."))
            return _to(branch)
    status = 422 if form.is_bound else 200
    context = {"form": form, "branch": branch}
    return render(request, "branches/desk/begin.html", context, status=status)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One branch, with its pages."""
    return branch_page(request, branch_for(request, pk))


@require_POST
def go_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Work on this branch from now on."""
    branch = branch_for(request, pk)
    if not may_work_on(request.user, branch):
        return branch_page(request, branch, refused=NotOpenAnyMore(branch))
    choose(request, branch)
    return _to(branch)


@require_POST
def go_back(request: HttpRequest) -> HttpResponse:
    """Work on the main line again."""
    leave(request)
    messages.success(request, _("You are on the main line again."))
    return HttpResponseRedirect(reverse("wagtailadmin_home"))


@require_POST
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the review of what was shown."""
    seen = request.POST.get("seen", "")
    return do_to(
        request,
        pk,
        lambda branch: submit(branch, by=request.user, seen=seen),
        _("It is handed in. A moderator will look at it."),
    )


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a branch up; what it says can still be read."""
    return do_to(
        request,
        pk,
        lambda branch: withdraw(branch, by=request.user),
        _("The branch is withdrawn. Nothing of it was published."),
    )


@require_POST
def remove(request: HttpRequest, pk: int, uuid: Any) -> HttpResponse:
    """Take a page off the branch; new pages go with what they would stand under."""
    return do_to(
        request,
        pk,
        lambda branch: take_off(branch, with_new_below(branch, uuid), by=request.user),
        _("Taken off the branch: it says of it what the main line says."),
    )


def do_to(
    request: HttpRequest, pk: int, deed: Callable[[Proposal], Any], said: str
) -> HttpResponse:
    """Do something to a branch and say so, or say on its page why it was not done."""
    branch = branch_for(request, pk)
    try:
        deed(branch)
    except ProposalRefused as refused:
        return branch_page(request, branch, refused=refused)
    messages.success(request, said)
    return _to(branch)


def _to(branch: Proposal) -> HttpResponse:
    return HttpResponseRedirect(address_of(branch))


def address_of(branch: Proposal) -> str:
    return reverse("branches_desk:branch", args=[branch.pk])


def _asked_for(branch: Proposal) -> ProposalNote | None:
    """What somebody has asked to be changed before it is handed in again."""
    if branch.state != ProposalState.CHANGES_REQUESTED:
        return None
    notes = branch.notes.filter(kind=NoteKind.CHANGES)
    return notes.select_related("author").last()


def branch_page(
    request: HttpRequest,
    branch: Proposal,
    *,
    refused: ProposalRefused | None = None,
) -> HttpResponse:
    """The page of a branch in the admin, its pages by fifty."""
    items = items_for(request.user, branch)
    known = items.defer("content").select_related("content_type", "author")
    slice_ = Paginator(known, PER_PAGE).get_page(request.GET.get("page"))
    rows, unread = rows_or_bare(branch, list(slice_))
    context = {
        "approvals": approvals_of(branch) if branch.state in REVIEWED else (),
        "branch": branch,
        "slice": slice_,
        "rows": rows,
        "unread": unread,
        "refused": refused,
        "is_chosen": chosen_branch(request) == branch,
        "may_work": may_work_on(request.user, branch),
        "is_unsettled": branch.state in UNSETTLED,
        "asked": _asked_for(branch),
        "conflicts": sum(row.conflicts for row in rows),
        "has_main_moved": any(row.has_main_moved for row in rows),
        **release_context(request, branch),
    }
    status = refused.status if refused else 200
    return render(request, "branches/desk/branch.html", context, status=status)

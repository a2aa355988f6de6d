"""Moving a page on a branch, and taking one, or a snippet, out of the wiki by it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wagtail.admin import messages
from wagtail.models import Page

from branches.actions import Piece, put_all_on, put_on
from branches.desk.branch_views import branch_page
from branches.desk.buttons import address_on
from branches.desk.finding import branch_to_write_on, sent_with
from branches.desk.forms import PlaceForm, RemovalForm
from branches.desk.pages import OnBranch, subject_on, text_on
from branches.merging.plans import plan_merge
from branches.models import ItemOperation, Proposal, ProposalItem
from branches.refusals import ProposalRefused, RevisedMeanwhile
from core.models import ContentPage
from history.heads import heads_of
from history.reading import contents_of_versions
from history.reverting.contents import facts_alone


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Ask where to; then show what its own facts have to say otherwise there."""
    branch = branch_to_write_on(request, pk)
    found = _on_main(text_on(branch, uuid, request.user))
    if not found.is_page:
        raise Http404
    form = PlaceForm(
        sent_with(request),
        page=found.live,
        added=branch.items.filter(operation=ItemOperation.CREATE).select_related(
            "content_type"
        ),
        initial={"place": found.place.pk, "new_place": str(found.place.uuid)},
    )
    if request.method == "POST" and form.is_valid():
        piece = _moved(found, form.chosen())
        try:
            put_on(branch, piece, by=request.user, seen=found.seen)
        except ProposalRefused as refused:
            return branch_page(request, branch, refused=refused)
        return _led_on(request, branch, found)
    context = {"branch": branch, "found": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "branches/desk/move.html", context, status=status)


def _moved(found: OnBranch, place: UUID) -> Piece:
    is_home = place == found.live.get_parent().specific.uuid
    return Piece(
        model=type(found.subject),
        uuid=found.subject.uuid,
        title=str(found.subject),
        content=found.content,
        base=found.base,
        # Back where it stands on the main line it moves no more.
        operation=ItemOperation.EDIT if is_home else ItemOperation.MOVE,
        place_uuid=None if is_home else place,
        before=found.before,
    )


def _led_on(request: HttpRequest, branch: Proposal, found: OnBranch) -> HttpResponse:
    """To the branch; to the page's form, if its facts do not fit the new place."""
    items = ProposalItem.objects.filter(object_uuid=found.subject.uuid)
    problems = plan_merge(branch, only=items).problems
    if not problems:
        messages.success(request, _("It moves when the branch is published."))
        return _to_branch(branch)
    messages.warning(
        request,
        _("It moves when the branch is published. Change this first: %(problems)s")
        % {"problems": " ".join(problems)},
    )
    return HttpResponseRedirect(address_on(branch, "edit", found.subject))


@require_http_methods(["GET", "POST"])
def unpublish(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Ask, then let the branch take the page out of sight."""
    return _removed(request, pk, uuid, ItemOperation.UNPUBLISH)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    """Ask, then let the branch delete the page."""
    return _removed(request, pk, uuid, ItemOperation.DELETE)


def _removed(
    request: HttpRequest, pk: int, uuid: UUID, operation: ItemOperation
) -> HttpResponse:
    branch = branch_to_write_on(request, pk)
    found = _on_main(subject_on(branch, uuid, request.user))
    form = RemovalForm(sent_with(request), initial={"seen": found.seen})
    below = _below(found.live, operation)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["seen"] != found.seen:
            return branch_page(request, branch, refused=RevisedMeanwhile())
        going = [found.live]
        if form.cleaned_data["with_all_below"]:
            going += [p for p in below.specific() if isinstance(p, ContentPage)]
        try:
            put_all_on(branch, _pieces(going, operation), by=request.user)
        except ProposalRefused as refused:
            return branch_page(request, branch, refused=refused)
        messages.success(request, _SAID[operation])
        return _to_branch(branch)
    context = {
        "branch": branch,
        "found": found,
        "form": form,
        "below": below.count(),
        "is_deletion": operation == ItemOperation.DELETE,
    }
    return render(request, "branches/desk/remove.html", context)


def _pieces(subjects: Iterable[Any], operation: ItemOperation) -> list[Piece]:
    """Each as its newest version has it; drafts of the main line are left out."""
    subjects = list(subjects)
    heads = heads_of(subject.uuid for subject in subjects)
    contents = contents_of_versions(heads.values(), reader=None)
    return [
        Piece(
            model=type(subject),
            uuid=subject.uuid,
            title=str(subject),
            content=facts_alone(contents[heads[subject.uuid].pk]),
            base=heads[subject.uuid],
            operation=operation,
        )
        for subject in subjects
        if subject.uuid in heads
    ]


def _below(subject: Any, operation: ItemOperation) -> Any:
    if not isinstance(subject, ContentPage):
        return Page.objects.none()
    below = Page.objects.descendant_of(subject)
    return below.live() if operation == ItemOperation.UNPUBLISH else below


def _on_main(found: OnBranch) -> OnBranch:
    if found.is_new:
        raise Http404
    return found


def _to_branch(branch: Proposal) -> HttpResponse:
    return HttpResponseRedirect(reverse("branches_desk:branch", args=[branch.pk]))


_SAID = {
    ItemOperation.UNPUBLISH: gettext_lazy(
        "It is unpublished when the branch is published."
    ),
    ItemOperation.DELETE: gettext_lazy("It is deleted when the branch is published."),
}

"""Suggesting an edit: the form, its preview, keeping it and handing it in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from branches.actions import keep, submit
from branches.models import Proposal
from branches.refusals import NotOpenAnyMore, ProposalRefused
from branches.rights import has_proved_address, may_revise
from branches.states import ProposalState
from branches.suggesting.asking import proposal_for
from branches.suggesting.beginnings import begin, go_on, version_begun_from
from branches.suggesting.desk import Desk, PlaceForm
from core.models import ContentPage
from core.refusals import Refused
from history.addresses import page_at
from history.subjects import subjects_of

METHODS = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(METHODS)
def suggest(request: HttpRequest, address: str) -> HttpResponse:
    """Suggest an edit of the page at an address."""
    page = page_at(request, address)
    if not page.live or not page.takes_suggestions:
        raise Http404
    return _written(request, page, None)


@login_required
@require_http_methods(METHODS)
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft or a suggestion of one's own."""
    proposal = proposal_for(request, pk)
    if proposal.author_id != request.user.pk:
        raise Http404
    if not may_revise(request.user, proposal):
        raise NotOpenAnyMore(proposal)
    page = _page_of(proposal)
    return _written(request, page, proposal)


def _page_of(proposal: Proposal) -> ContentPage:
    item = proposal.items.select_related("base__content_type").get()
    found = subjects_of([item.base] if item.base else [])
    page = found.get(item.object_uuid)
    if not isinstance(page, ContentPage):
        raise ProposalRefused(
            f"“{item.title}” is not there any more. It can be brought back from the "
            "trash for 90 days."
        )
    return page


def _written(
    request: HttpRequest, page: ContentPage, proposal: Proposal | None
) -> HttpResponse:
    if not has_proved_address(request.user):
        return render(request, "branches/unproved.html", status=403)
    posted = request.POST if request.method == "POST" else None
    place = PlaceForm(posted or {})
    if not place.is_valid():
        raise BadRequest("The form was sent incompletely.")
    base = version_begun_from(page, place.cleaned_data["base"])
    beginning = go_on(proposal, page, base) if proposal else begin(page, base)
    if proposal is not None and posted is not None and beginning.base != base:
        raise BadRequest("There is no such version of this suggestion.")
    desk = Desk(beginning, posted)
    if posted is None:
        return _page(request, desk)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx puts it there
        return _page(request, desk, is_preview=True, fragment="#preview")
    if "preview" in posted:
        return _page(request, desk, is_preview=True)
    return _sent(request, desk, place.cleaned_data["seen"])


def _sent(request: HttpRequest, desk: Desk, seen: str) -> HttpResponse:
    is_draft = "draft" in request.POST
    if not desk.is_valid or not (is_draft or desk.has_words()):
        return _page(request, desk, status=422)
    proposal = desk.beginning.proposal
    try:
        kept = keep(desk.wanted(), by=request.user, proposal=proposal, seen=seen)
    except ProposalRefused as refused:
        return _page(request, desk, refused=refused, status=refused.status)
    if is_draft and kept.state == ProposalState.DRAFT:
        messages.success(request, "Saved. Only you see it until you hand it in.")
        return HttpResponseRedirect(kept.get_absolute_url())
    try:
        submit(kept, by=request.user, seen=kept.content_hash)
    except Refused as refused:
        messages.error(request, f"{refused}")
    else:
        messages.success(request, "Thank you. A moderator will look at it.")
    return HttpResponseRedirect(kept.get_absolute_url())


def _page(
    request: HttpRequest,
    desk: Desk,
    *,
    is_preview: bool = False,
    refused: Refused | None = None,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "desk": desk,
        "page_title": desk.beginning.base.title,
        "back": desk.beginning.page.get_url(request),
        "proposal": desk.beginning.proposal,
        "refused": refused,
        "is_preview": is_preview,
    }
    if is_preview and desk.is_valid:
        context["preview"] = desk.preview(request)
    return render(request, f"branches/suggest.html{fragment}", context, status=status)

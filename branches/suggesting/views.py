"""Suggesting an edit: the form, its preview, keeping it and handing it in."""

from collections.abc import Callable
from typing import Any, TypeAlias

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from branches.actions import amend, keep, submit
from branches.models import ItemOperation, Proposal
from branches.refusals import (
    NotOpenAnyMore,
    NotPublicNow,
    ProposalRefused,
    SentBefore,
)
from branches.rights import (
    has_proved_address,
    may_amend,
    may_review,
    may_revise,
)
from branches.states import ProposalState
from branches.suggesting.asking import proposal_for, sees_objects
from branches.suggesting.beginnings import (
    Beginning,
    begin,
    begin_new,
    go_on,
    go_on_with_new,
    version_begun_from,
)
from branches.suggesting.desk import Desk, PlaceForm
from core.models import ContentPage
from core.refusals import Refused
from history.addresses import page_at
from history.heads import heads_of
from history.subjects import subjects_of

# What is done with a form that was sent to be kept.
Sent: TypeAlias = Callable[[HttpRequest, Desk, str], HttpResponse]

METHODS = ["GET", "HEAD", "POST"]
# What is suggested below a page, by its `adds_by_suggestion`.
HEADINGS = {"park": _("Suggest a park"), "ride": _("Suggest a ride")}


@login_required
@require_http_methods(METHODS)
def suggest(request: HttpRequest, address: str) -> HttpResponse:
    """Suggest an edit of the page at an address."""
    page = page_at(request, address)
    if not page.live or not page.takes_suggestions:
        raise Http404
    if refusal := _refusal(request):
        return refusal
    posted, place = _sent_along(request)
    base = version_begun_from(page, place["base"])
    return _begun(request, begin(page, base), posted, place)


@login_required
@require_http_methods(METHODS)
def suggest_new(request: HttpRequest, address: str) -> HttpResponse:
    """Suggest a page to be added under the page at an address: a ride of a park."""
    above = page_at(request, address)
    kinds = kinds_below(above)
    if not above.live or not kinds:
        raise Http404
    if refusal := _refusal(request):
        return refusal
    posted, place = _sent_along(request)
    return _begun(request, begin_new(kinds[0], above), posted, place)


def _begun(
    request: HttpRequest, beginning: Beginning, posted: Any, place: dict[str, Any]
) -> HttpResponse:
    """Take a form that makes a new suggestion, once."""
    key = place["form_key"]
    is_sent = posted is not None and not _is_previewed(request)
    before = Proposal.objects.begun_in(key, by=request.user) if is_sent else None
    if before is not None:
        return _to_what_it_became(request, SentBefore(before))
    desk = Desk(beginning, posted, by=request.user, form_key=key)
    return _written(request, desk, place["seen"])


def _to_what_it_became(request: HttpRequest, again: SentBefore) -> HttpResponse:
    messages.info(request, f"{again}")
    return HttpResponseRedirect(again.proposal.get_absolute_url())


def _is_previewed(request: HttpRequest) -> bool:
    """Whether a form was sent to be looked at, and nothing is to be kept."""
    return bool(request.htmx) or "preview" in request.POST  # type: ignore[attr-defined]  # django-htmx puts it there


@login_required
@require_http_methods(METHODS)
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft or a suggestion of one's own."""
    proposal = proposal_for(request, pk)
    if proposal.author_id != request.user.pk or proposal.is_branch:
        raise Http404
    if not may_revise(request.user, proposal):
        raise NotOpenAnyMore(proposal)
    return _gone_on_with(request, proposal, _sent)


@login_required
@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Amend a suggestion of somebody else before deciding about it."""
    proposal = proposal_for(request, pk)
    if not may_review(request.user) or proposal.author_id == request.user.pk:
        raise Http404
    if not may_amend(request.user, proposal):
        raise NotOpenAnyMore(proposal)
    return _gone_on_with(request, proposal, _amended)


def _gone_on_with(request: HttpRequest, proposal: Proposal, sent: Sent) -> HttpResponse:
    if not sees_objects(request.user, proposal):
        raise NotPublicNow(proposal)
    if refusal := _refusal(request):
        return refusal
    posted, place = _sent_along(request)
    item = proposal.items.select_related("base__content_type").get()
    if item.operation == ItemOperation.CREATE:
        above = _page_with(item.place_uuid, item.title)
        beginning = go_on_with_new(proposal, above)
    else:
        page = _page_with(item.object_uuid, item.title)
        base = version_begun_from(page, place["base"])
        beginning = go_on(proposal, page, base)
        if posted is not None and beginning.base != base:
            raise BadRequest(gettext("There is no such version of this suggestion."))
    desk = Desk(beginning, posted, by=request.user)
    return _written(request, desk, place["seen"], sent)


def kinds_below(page: ContentPage) -> list[Any]:
    """The kinds of pages that members may suggest to be added below a page."""
    kinds = page.allowed_subpage_models()
    return [kind for kind in kinds if getattr(kind, "takes_suggestions", False)]


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if has_proved_address(request.user):
        return None
    return render(request, "branches/unproved.html", status=403)


def _sent_along(request: HttpRequest) -> tuple[Any, dict[str, Any]]:
    """What was posted, if anything, and from where its author began."""
    posted = request.POST if request.method == "POST" else None
    place = PlaceForm(posted or {})
    if not place.is_valid():
        raise BadRequest(gettext("The form was sent incompletely."))
    return posted, place.cleaned_data


def _page_with(uuid: Any, title: str) -> ContentPage:
    page = subjects_of(heads_of([uuid]).values()).get(uuid)
    if not isinstance(page, ContentPage):
        raise ProposalRefused(
            gettext(
                "The page of “%(title)s” is not there any more. It can be brought back "
                "from the trash for 90 days."
            )
            % {"title": title}
        )
    return page


def _written(
    request: HttpRequest, desk: Desk, seen: str, sent: Sent | None = None
) -> HttpResponse:
    if request.method != "POST":
        return _page(request, desk)
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx puts it there
        return _page(request, desk, is_preview=True, fragment="#preview")
    if "preview" in request.POST:
        status = 200 if desk.is_valid else 422
        return _page(request, desk, is_preview=True, status=status)
    return (sent or _sent)(request, desk, seen)


def _sent(request: HttpRequest, desk: Desk, seen: str) -> HttpResponse:
    is_draft = "draft" in request.POST
    if not desk.is_valid or not (is_draft or desk.has_words()):
        return _page(request, desk, status=422)
    proposal = desk.beginning.proposal
    try:
        kept = keep(
            desk.wanted(),
            by=request.user,
            proposal=proposal,
            seen=seen,
            form_key=desk.form_key,
        )
    except SentBefore as again:
        return _to_what_it_became(request, again)
    except ProposalRefused as refused:
        return _page(request, desk, refused=refused, status=refused.status)
    if is_draft and kept.state == ProposalState.DRAFT:
        messages.success(
            request, gettext("Saved. Only you see it until you hand it in.")
        )
        return HttpResponseRedirect(kept.get_absolute_url())
    try:
        submit(kept, by=request.user, seen=kept.content_hash)
    except Refused as refused:
        messages.error(request, f"{refused}")
    else:
        messages.success(request, gettext("Thank you. A moderator will look at it."))
    return HttpResponseRedirect(kept.get_absolute_url())


def _amended(request: HttpRequest, desk: Desk, seen: str) -> HttpResponse:
    if not desk.is_valid or not desk.has_words():
        return _page(request, desk, status=422)
    proposal: Any = desk.beginning.proposal
    try:
        amended = amend(
            proposal,
            desk.wanted(),
            began=desk.beginning.began,
            by=request.user,
            seen=seen,
        )
    except Refused as refused:
        return _page(request, desk, refused=refused, status=refused.status)
    if amended.is_by(request.user):
        words = gettext(
            "Amended. You are named as its co-author now, so somebody else decides."
        )
    else:
        words = gettext("Amended. No fact is another one, so you may decide.")
    messages.success(request, words)
    return HttpResponseRedirect(amended.get_absolute_url())


def _page(
    request: HttpRequest,
    desk: Desk,
    *,
    is_preview: bool = False,
    refused: Refused | None = None,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    place = desk.beginning.place
    context: dict[str, Any] = {
        "desk": desk,
        "page_title": desk.beginning.title,
        "heading": HEADINGS.get(place.adds_by_suggestion) if place else None,
        "back": (place or desk.beginning.page).get_url(request),
        "proposal": desk.beginning.proposal,
        "refused": refused,
        "is_preview": is_preview,
        "is_amending": desk.beginning.is_of_another(request.user),
    }
    if is_preview and desk.is_valid:
        context["preview"] = desk.preview(request)
    return render(request, f"branches/suggest.html{fragment}", context, status=status)

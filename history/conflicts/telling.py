"""What somebody is shown whose text was begun from something else than what is live."""

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wagtail.admin.utils import get_latest_str
from wagtail.models import Page, Revision

from history.addresses import Home
from history.conflicts.meanwhile import (
    content_begun_from,
    content_to,
    published_since,
)
from history.content import Versioned, facts_in
from history.diff.rendering import render_comparison


def stale_page(
    request: HttpRequest, subject: Versioned, kept: Revision, begun_from: int | None
) -> HttpResponse:
    """Who published what meanwhile, what differs, and where the own text is."""
    return render(
        request,
        "history/conflicts/stale.html",
        {
            **meanwhile(request, subject, kept, begun_from),
            "title": get_latest_str(subject),
            "kind": "page" if isinstance(subject, Page) else subject._meta.verbose_name,
            "kept_url": revision_editor_of(subject, kept),
            "edit_url": editor_of(subject),
        },
        status=409,
    )


def meanwhile(
    request: HttpRequest, subject: Versioned, text: Revision, begun_from: int | None
) -> dict[str, Any]:
    """Both comparisons, for history/conflicts/_meanwhile.html.

    What others made of the live text since it was begun, and what this text would
    make of theirs. Empty where nothing differs; without `since` nothing happened.
    """
    model = type(subject)
    since = published_since(subject.uuid, begun_from)
    began = content_begun_from(subject, begun_from, reader=request.user)
    live = content_to(request.user, since[-1]) if since else None
    told: dict[str, Any] = {"since": since, "history": _history_of(subject, request)}
    if live is not None:
        mine = facts_in(model, text.content)
        told["mine"] = render_comparison(model, live, mine, request=request)
        if began is not None:
            told["theirs"] = render_comparison(model, began, live, request=request)
    return told


def editor_of(subject: Versioned) -> str:
    """Where its newest draft is edited."""
    return _admin_address(subject, "edit")


def revision_editor_of(subject: Versioned, revision: Revision) -> str:
    """Where the text of one of its revisions is edited."""
    return _admin_address(subject, "revisions_revert", revision.pk)


def _admin_address(subject: Any, view: str, *more: int) -> str:
    if isinstance(subject, Page):
        return reverse(f"wagtailadmin_pages:{view}", args=(subject.pk, *more))
    name = subject.snippet_viewset.get_url_name(view)
    return reverse(name, args=(quote(subject.pk), *more))


def _history_of(subject: Versioned, request: HttpRequest) -> str | None:
    """The list of its versions for readers; None for a page that has no address."""
    if not isinstance(subject, Page):
        return Home(subject.uuid).history
    address = subject.get_url(request)
    return f"{address}history/" if address else None

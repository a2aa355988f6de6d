"""Who set which fact of a page, when, why, and what it said before."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from core.models import ContentPage
from history.addresses import page_at
from history.blame.paragraphs import paragraphs_of
from history.blame.paths import FactPath, NoSuchPath
from history.blame.setters import (
    facts_now,
    head_of,
    is_known,
    read_each,
    settings_of,
)
from history.blame.values import Values
from history.facts import label_of
from history.models import PageVersion

# A version has fewer digits than this; more of them are work and name nothing.
LONGEST_NUMBER = 9


@require_safe
def blame(request: HttpRequest, address: str) -> HttpResponse:
    """All facts of a page and who set them, or one of them with its earlier values."""
    page = page_at(request, address)
    head = head_of(page)
    if head is None:
        raise Http404(gettext("The page has no published version."))
    content, problem = _newest_content(head, request.user)
    if "fact" in request.GET:
        return _one_fact(request, page, head, content, problem)
    return _all_facts(request, page, head, content, problem)


def _newest_content(head: PageVersion, reader: Any) -> tuple[dict[str, Any], str]:
    """The content of the newest version, or why it cannot be read."""
    ((_, content),) = read_each([head], reader=reader)
    return ({}, content) if isinstance(content, str) else (content, "")


def _all_facts(
    request: HttpRequest,
    page: ContentPage,
    head: PageVersion,
    content: dict[str, Any],
    problem: str,
) -> HttpResponse:
    facts = facts_now(page, head, content)
    values = Values(type(page), [(fact.path, fact.value) for fact in facts])
    context = {
        "page": page,
        "head": head,
        "problem": problem,
        "facts": [(fact, values.text(fact.path, fact.value)) for fact in facts],
    }
    return render(request, "history/blame.html", context)


def _one_fact(
    request: HttpRequest,
    page: ContentPage,
    head: PageVersion,
    content: dict[str, Any],
    problem: str,
) -> HttpResponse:
    path, before = _asked(request)
    if not is_known(page, path, content):
        raise Http404(gettext("The page has no such fact."))
    settings, has_more = settings_of(page, path, reader=request.user, before=before)
    value = path.value_in(content)
    shown = [(path, setting.value) for setting in settings]
    values = Values(type(page), [*shown, (path, value)])
    context = {
        "page": page,
        "head": head,
        "problem": problem,
        "path": path,
        "label": label_of(type(page), str(path)),
        "value": values.text(path, value),
        "settings": [(s, values.text(path, s.value)) for s in settings],
        "paragraphs": paragraphs_of(page, path, head, value, reader=request.user),
        "before": before,
        "next": settings[-1].version.seq if has_more else None,
    }
    htmx = getattr(request, "htmx", None)
    in_dialog = bool(htmx and htmx.target == "origin")
    part = "#fact" if in_dialog else ""
    response = render(request, f"history/blame_fact.html{part}", context)
    # A cache must never show the fragment to who asked for the page.
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _asked(request: HttpRequest) -> tuple[FactPath, int | None]:
    """The fact and the version to look before. Raises BadRequest."""
    try:
        path = FactPath.parse(request.GET["fact"])
    except NoSuchPath as refusal:
        raise BadRequest(
            gettext("fact: %(refusal)s") % {"refusal": refusal}
        ) from refusal
    before = request.GET.get("before")
    if before is None:
        return path, None
    if not (before.isascii() and before.isdigit() and len(before) <= LONGEST_NUMBER):
        raise BadRequest(gettext("before: Give the number of a version."))
    return path, int(before)

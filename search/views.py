"""Search as a reader meets it: one box, one list."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.overlay import shows_overlay
from core.wording import Words
from parks.gathering import PublicPages
from parks.listing import page_of
from search.finding import MOST_HITS, Found, find, suggest
from search.forms import LONGEST_QUERY, SearchForm
from search.hits import show
from search.laying import lay_entries
from search.models import Kind
from search.questions import Question

HITS_PER_PAGE = 20
MOST_SUGGESTIONS = 8
TEMPLATE = "search/results.html"
TABS = {
    Kind.PARK: _("Parks"),
    Kind.RIDE: _("Rides"),
    Kind.MAKER: _("Makers"),
    Kind.MODEL: _("Models"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind to look among. The count is None while nobody knows it."""

    kind: str
    label: Words
    count: int | None
    is_chosen: bool


@require_safe
@shows_overlay
def search(request: HttpRequest) -> HttpResponse:
    """Pages that hold every word asked for. Raises BadRequest or Http404."""
    form = _form_in(request)
    kind = form.kind_asked()
    asked = Question.of(form.cleaned_data["q"])
    context: dict[str, Any] = {"query": form.cleaned_data["q"], "asked": asked}
    if asked.words:
        lay_entries()
        public = PublicPages()
        found = find(asked, public, kind)
        context |= {
            "found": found,
            "tabs": _tabs(found, kind),
            "most_hits": MOST_HITS,
            "slice": page_of(request, found.hits, size=HITS_PER_PAGE),
        }
        context["hits"] = show(
            context["slice"].object_list, found.question, public, with_passages=True
        )
    response = render(request, TEMPLATE + _fragment(request), context)
    # A cache must never show the fragment to who asked for the page.
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_safe
@shows_overlay
def suggestions(request: HttpRequest) -> HttpResponse:
    """A few hits for what is being typed, as a part of a page."""
    form = _form_in(request)
    asked = Question.of(form.cleaned_data["q"], is_typing=True)
    context: dict[str, Any] = {}
    if asked.is_worth_suggesting():
        lay_entries()
        public = PublicPages()
        found = suggest(asked, public, most=MOST_SUGGESTIONS)
        hits = show(found.hits, found.question, public)
        context = {"query": form.cleaned_data["q"], "found": found, "hits": hits}
    return render(request, f"{TEMPLATE}#suggestions", context)


def _form_in(request: HttpRequest) -> SearchForm:
    form = SearchForm(request.GET)
    if "kind" in form.errors:
        raise BadRequest(gettext("Search looks among parks, rides, makers or models."))
    if not form.is_valid():
        raise BadRequest(
            gettext("Search for at most %(longest_query)s characters.")
            % {"longest_query": LONGEST_QUERY}
        )
    return form


def _fragment(request: Any) -> str:
    return "#list" if request.htmx and request.htmx.target == "list" else ""


def _tabs(found: Found, chosen: Kind | None) -> list[Tab]:
    counts = found.counts
    everything = Tab(
        "",
        gettext("All"),
        None if counts is None else sum(counts.values()),
        chosen is None,
    )
    return [
        everything,
        *(
            Tab(
                kind.name.lower(),
                label,
                None if counts is None else counts.get(kind, 0),
                kind == chosen,
            )
            for kind, label in TABS.items()
        ),
    ]

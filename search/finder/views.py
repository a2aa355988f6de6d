"""The ride finder as a reader meets it. `offered.py` says what the address may ask."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from accounts.limited import too_many
from accounts.throttle import WINDOW_SECONDS, is_too_often
from core.reader import units_of
from parks.gathering import PublicPages
from parks.listing import page_of
from search.finder.answers import Answer, Keys, answer, shown
from search.finder.export import MOST_EXPORTED, lines
from search.finder.laying import finds_through_overlay
from search.finder.names import resolve
from search.finder.places import countries_with_parks, placed_parks
from search.finder.questions import SORTS, VIEWS, Question
from search.finder.reading import is_canonical, read_question

TEMPLATE = "search/finder/find.html"
RIDES_PER_PAGE = {"": 50, "cards": 24, "map": 1}
EXPORTS_A_MINUTE = 10


@require_safe
@finds_through_overlay
def find(request: HttpRequest) -> HttpResponse:
    """Rides by facets. Raises BadRequest or Http404; ranges are refused on the page."""
    public = PublicPages()
    asked = answered(request, public)
    question = asked.question
    is_fragment = _wants_fragment(request)
    if not (is_fragment or question.problems or is_canonical(request.GET, question)):
        return HttpResponseRedirect(address_of(question))
    context = _context(request, asked)
    template = f"{TEMPLATE}#answer" if is_fragment else TEMPLATE
    # A fragment is not a page of its own: htmx puts it in place whatever it says.
    status = 400 if question.problems and not is_fragment else 200
    response = render(request, template, context, status=status)
    if is_fragment and not question.problems:
        response["HX-Push-Url"] = address_of(question)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def answered(request: HttpRequest, public: PublicPages) -> Answer:
    """The answer to the question in an address. Raises BadRequest."""
    question = read_question(
        request.GET, system=units_of(request), today=timezone.localdate()
    )
    return answer(resolve(question, public), public)


@require_safe
@finds_through_overlay
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The rides found as CSV, some at a time. Raises BadRequest.

    A range that cannot be read is one too: no page stands beside the file to say so.
    """
    public = PublicPages()
    asked = answered(request, public)
    if asked.question.problems:
        raise BadRequest(" ".join(asked.question.problems.values()))
    if is_too_often(request, what="rides.csv", most=EXPORTS_A_MINUTE):
        return too_many(request, seconds=WINDOW_SECONDS)
    is_cut = asked.found.total > MOST_EXPORTED
    name = f"rides-first-{MOST_EXPORTED}" if is_cut else "rides"
    return StreamingHttpResponse(
        lines(asked.keys(0, MOST_EXPORTED), public, request),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "X-Robots-Tag": "noindex",
        },
    )


@require_safe
@finds_through_overlay
def points(request: HttpRequest) -> JsonResponse:
    """Every park on the map that has some of the rides. Raises BadRequest.

    A list of objects with `park`, `lat`, `lon`, `count` and `url`, those with most
    rides first. Parks without coordinates are in the list beside the map only.
    """
    public = PublicPages()
    asked = answered(request, public)
    if asked.question.problems:
        raise BadRequest(" ".join(asked.question.problems.values()))
    parks = placed_parks(asked.found, public)
    on_the_map = [placed for placed in parks if placed.is_on_the_map]
    on_the_map.sort(key=lambda placed: -placed.rides)
    return JsonResponse([p.as_point(request) for p in on_the_map], safe=False)


def address_of(question: Question) -> str:
    return reverse("finder:find") + question.query


def _context(request: HttpRequest, asked: Answer) -> dict[str, Any]:
    question = asked.question
    size = RIDES_PER_PAGE[question.view]
    slice_ = page_of(request, Keys(asked), size=size)
    page = shown(
        asked,
        slice_.object_list if question.view != "map" else (),
        system=units_of(request),
        today=timezone.localdate(),
    )
    countries = (
        countries_with_parks(asked.found, asked.public)
        if question.view == "map"
        else ()
    )
    return {
        "question": question,
        "slice": slice_,
        "total": asked.found.total,
        "doubtful": asked.found.doubtful,
        "rides": page.rides,
        "pills": page.pills,
        "groups": page.groups,
        "chips": page.chips,
        "countries": countries,
        "most_exported": MOST_EXPORTED,
        "sorts": SORTS.items(),
        "views": [
            (view, label, question.showing(view)) for view, label in VIEWS.items()
        ],
        "everything": question.everything(),
        "with_doubtful": question.certainly(False),
        "only_certain": question.certainly(True),
    }


def _wants_fragment(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return bool(htmx and htmx.target == "list" and not htmx.history_restore_request)

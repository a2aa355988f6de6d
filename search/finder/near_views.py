"""Rides near a place, named or found by the browser."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.measures import System
from core.reader import units_of
from parks.gathering import PublicPages
from parks.geography import Point
from search.finder.columns import Asked
from search.finder.laying import catalogue_for, finds_through_overlay
from search.finder.nearby import (
    LONGEST_PLACE,
    RADII,
    USUAL,
    Near,
    km_of,
    parks_around,
    places_called,
)
from search.finder.questions import Question

TEMPLATE = "search/finder/near.html"
HERE = gettext_noop("your position")


# A POST that changes nothing: a token would set a cookie on a page for everybody.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@finds_through_overlay
def near(request: HttpRequest) -> HttpResponse:
    """Parks around a typed place, or around a position that comes by POST.

    The position is rounded, used and forgotten. Raises BadRequest.
    """
    units = units_of(request)
    sent = request.POST if request.method == "POST" else request.GET
    radius = _radius(sent.get("radius", ""), units)
    context: dict[str, Any] = {"radius": radius, "radii": _radii(radius, units)}
    if request.method == "POST":
        point = Point(_degrees(sent, "latitude", 90), _degrees(sent, "longitude", 180))
        context |= _around(gettext(HERE), point, radius, units)
    elif text := _place(request):
        public = PublicPages()
        places = places_called(text, public)
        context |= {"text": text, "places": places}
        if len(places) == 1:
            context |= _around(places[0].label, places[0].point, radius, units)
    response = render(request, TEMPLATE, context)
    if request.method == "POST":
        patch_cache_control(response, private=True, no_store=True)
    return response


def _around(label: str, point: Point, radius: str, units: System) -> dict[str, Any]:
    public = PublicPages()
    parks = parks_around(point, km_of(radius), public, units)
    counts = catalogue_for(public).find(Asked()).counts("park")
    return {
        "label": label,
        "parks": [(near, counts.get(near.park.pk, 0)) for near in parks],
        "query": _query(parks),
    }


def _query(parks: list[Near]) -> str:
    """The finder's address of all rides of these parks."""
    slugs = tuple(sorted(near.park.slug for near in parks))
    return Question(values={"park": slugs}).query if slugs else ""


def _radii(chosen: str, units: System) -> list[tuple[str, str]]:
    offered = dict.fromkeys((*RADII[units], chosen))
    return [(radius, f"{radius[:-2]} {radius[-2:]}") for radius in offered]


def _radius(text: str, units: System) -> str:
    if not text:
        return USUAL[units]
    if text not in {radius for offered in RADII.values() for radius in offered}:
        raise BadRequest(
            gettext("Choose one of the distances offered, such as 100 km.")
        )
    return text


def _place(request: HttpRequest) -> str:
    text = " ".join(request.GET.get("place", "").split())
    if len(text) > LONGEST_PLACE:
        raise BadRequest(
            gettext("Place: write at most %(longest_place)s characters.")
            % {"longest_place": LONGEST_PLACE}
        )
    return text


def _degrees(sent: Any, name: str, most: int) -> float:
    text = sent.get(name, "")
    try:
        number = Decimal(text[:24])
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > most:
        raise BadRequest(
            gettext("The %(name)s is a number between -%(most)s and %(most)s.")
            % {"name": name, "most": most}
        )
    return round(float(number), 2)

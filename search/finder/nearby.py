"""Parks around a place: one that somebody names, or where the browser says it is.

A place is used to answer and is kept nowhere, which is why a position comes by POST,
rounded to about a kilometre: addresses end up in logs and histories.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from core.measures import System, Unit
from core.overlay import marked
from parks.countries import country_name
from parks.gathering import PublicPages
from parks.geography import Point, distance_km, middle_of
from parks.models import ParkPage

RADII = {
    System.METRIC: ("25km", "50km", "100km", "200km"),
    System.IMPERIAL: ("15mi", "30mi", "60mi", "120mi"),
}
USUAL = {System.METRIC: "100km", System.IMPERIAL: "60mi"}
LONGEST_PLACE = 200
MOST_PLACES = 12
MOST_PARKS = 40
KM_PER_DEGREE = 111.0


@dataclass(frozen=True, slots=True)
class Place:
    """A point with its name; `text` names it and no other place."""

    text: str
    label: str
    point: Point


@dataclass(frozen=True, slots=True)
class Near:
    """A park and how far away it is, in words of the reader's units."""

    park: Any
    km: float
    away: str


def km_of(radius: str) -> float:
    """The kilometres of one of the radii offered."""
    number, unit = float(radius[:-2]), radius[-2:]
    return number if unit == "km" else number * float(Unit.MILE.size) / 1000


def places_called(text: str, public: PublicPages) -> list[Place]:
    """Parks and towns of our parks of that name; one alone where it fits exactly."""
    known = _parks_with_a_point(public)
    if parks := list(known.filter(slug=text)[:1]):
        return [_as_place(parks[0])]
    town, _, country = text.rpartition(", ")
    in_town = known.filter(city__iexact=town or text)
    if town:
        in_town = in_town.filter(country=country)
    if places := _towns(in_town):
        return places[:MOST_PLACES]
    named = Q(title__icontains=text) | Q(names__text__icontains=text)
    parks = list(known.filter(named).distinct().order_by("title")[:MOST_PLACES])
    towns = _towns(known.filter(city__icontains=text)[:1000])
    return [*towns, *map(_as_place, parks)][:MOST_PLACES]


def parks_around(
    point: Point, km: float, public: PublicPages, system: System
) -> list[Near]:
    """The nearest public parks within so many kilometres, the nearest first."""
    found = []
    for park in marked(_parks_with_a_point(public).filter(_box(point, km))):
        away = distance_km(point, _point(park))
        if away <= km:
            found.append(Near(park, away, _in_words(away, system)))
    return sorted(found, key=lambda near: near.km)[:MOST_PARKS]


def _box(point: Point, km: float) -> Q:
    """A box around the circle, which an index can serve; it may cross the date line."""
    up = km / KM_PER_DEGREE
    latitudes = Q(
        latitude__range=(_coordinate(point[0] - up), _coordinate(point[0] + up))
    )
    if abs(point.latitude) + up >= 89:
        return latitudes
    across = up / math.cos(math.radians(abs(point.latitude) + up))
    west, east = point.longitude - across, point.longitude + across
    longitudes = Q(longitude__range=(_coordinate(west), _coordinate(east)))
    if west < -180:
        longitudes |= Q(longitude__gte=_coordinate(west + 360))
    if east > 180:
        longitudes |= Q(longitude__lte=_coordinate(east - 360))
    return latitudes & longitudes


def _coordinate(number: float) -> Decimal:
    return Decimal(f"{number:.6f}")


def _parks_with_a_point(public: PublicPages) -> Any:
    parks = ParkPage.objects.filter(latitude__isnull=False).defer_streamfields()
    return public.among(parks)


def _towns(parks: Iterable[Any]) -> list[Place]:
    """The towns of these parks, each in the middle of its parks."""
    by_town: dict[tuple[str, str], list[Point]] = {}
    for park in parks:
        if park.city:
            by_town.setdefault((park.city, park.country), []).append(_point(park))
    return [
        Place(f"{town}, {code}", f"{town}, {country_name(code)}", middle_of(points))
        for (town, code), points in sorted(by_town.items())
    ]


def _as_place(park: Any) -> Place:
    return Place(park.slug, f"{park.title}, {park.country_name}", _point(park))


def _point(park: Any) -> Point:
    return Point(float(park.latitude), float(park.longitude))


def _in_words(km: float, system: System) -> str:
    unit = "km" if system is System.METRIC else "mi"
    number = km if system is System.METRIC else km * 1000 / float(Unit.MILE.size)
    if number < 1:
        return gettext("less than 1\u00a0%(unit)s") % {"unit": unit}
    return f"{number:,.0f}\u00a0{unit}"

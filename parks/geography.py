"""Coordinates to time zone and country, without a network."""

import math
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import NamedTuple

import tzfpy

from parks.countries import NOT_KNOWN

EARTH_RADIUS_KM = 6371


class Point(NamedTuple):
    """A place on the globe in degrees."""

    latitude: float
    longitude: float


class Region(NamedTuple):
    """An ISO 3166-1 country ("ZZ" when not known) and an IANA time zone ("" too)."""

    country: str = NOT_KNOWN
    time_zone: str = ""


NOWHERE = Region()


def point_of(latitude: Decimal | None, longitude: Decimal | None) -> Point | None:
    """The point, or None when a coordinate is missing or both are zero."""
    if latitude is None or longitude is None or (not latitude and not longitude):
        return None
    return Point(float(latitude), float(longitude))


def region_at(point: Point) -> Region:
    """The country and time zone at a point; nothing is known on the high seas."""
    zone = tzfpy.get_tz(point.longitude, point.latitude)
    country = _country_of_zone().get(zone)
    return Region(country, zone) if country else NOWHERE


def region_of_most(points: Iterable[Point]) -> Region:
    """The region that most of the points lie in, the first one on a draw."""
    regions = Counter(region_at(point) for point in points)
    regions.pop(NOWHERE, None)
    return regions.most_common(1)[0][0] if regions else NOWHERE


def distance_km(one: Point, other: Point) -> float:
    """The great-circle distance."""
    lat_1, lat_2 = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = (
        math.sin((lat_2 - lat_1) / 2) ** 2
        + math.cos(lat_1) * math.cos(lat_2) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def middle_of(points: Iterable[Point]) -> Point:
    """The median point, which one wrong coordinate does not move far."""
    known = list(points)
    latitudes = sorted(point.latitude for point in known)
    longitudes = sorted(point.longitude for point in known)
    return Point(latitudes[len(known) // 2], longitudes[len(known) // 2])


@cache
def _country_of_zone() -> dict[str, str]:
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab")
    lines = table.read_text(encoding="utf-8").splitlines()
    fields = (line.split("\t") for line in lines if not line.startswith("#"))
    return {zone: country for country, _, zone, *_ in fields}

"""The sections of a park's page below its rides, each prepared by itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from parks.gathering import Part, PublicPages, Rows
from parks.geography import Point, distance_km, point_of
from parks.map_points import POINT_FIELDS, MapPoint, points_of
from parks.park_rides import Moved
from parks.ride_chart import ChartRide
from parks.ride_chart_drawing import Chart, chart_of
from parks.rides_shown import ListedRide

NEARBY_KM = 150
NEARBY_SHOWN = 8
KM_PER_DEGREE = 111


@dataclass(frozen=True, slots=True)
class AreaRides:
    """An area of the park with the rides that stand in it."""

    area: Any
    rides: list[ListedRide]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another park and how far it is."""

    park: Any
    km: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page that the list at its head leads to."""

    anchor: str
    label: str
    count: int = 0


def rides_by_area(
    areas: Iterable[Any], rides: Sequence[ListedRide], stays: Iterable[Any]
) -> list[AreaRides]:
    """The areas by name, each with its rides; a ride's last stay here says where."""
    area_of = {stay.page_id: stay.area_id for stay in stays}
    within: dict[int | None, list[ListedRide]] = {}
    for ride in rides:
        within.setdefault(area_of.get(ride.ride.pk), []).append(ride)
    return [
        AreaRides(area, within.get(area.pk, []))
        for area in sorted(areas, key=lambda area: area.name.casefold())
    ]


def nearby_part(park: Any, public: PublicPages) -> dict[str, Part]:
    """The public parks in a square around the park; a corner of it is too far."""
    point = point_of(park.latitude, park.longitude)
    if point is None:
        return {}
    high = NEARBY_KM / KM_PER_DEGREE
    # Towards the poles degrees of longitude lie closer together.
    wide = high / max(cos(radians(point.latitude)), 0.1)
    around = type(park).objects.exclude(pk=park.pk)
    around = around.filter(
        latitude__range=(point.latitude - high, point.latitude + high),
        longitude__range=(point.longitude - wide, point.longitude + wide),
    )
    columns = (*POINT_FIELDS, "page_ptr_id", "path", "depth", "slug")
    return {"nearby": Part(public.among(around), columns)}


def neighbours_of(park: Any, found: Iterable[Any]) -> list[Neighbour]:
    """The nearest of the parks found, with their distance."""
    here = point_of(park.latitude, park.longitude)
    if here is None:
        return []
    others = [
        Neighbour(other, round(distance_km(here, Point(*_place(other)))))
        for other in found
    ]
    close = [other for other in others if other.km <= NEARBY_KM]
    close.sort(key=lambda other: (other.km, other.park.title))
    return close[:NEARBY_SHOWN]


def _place(park: Any) -> tuple[float, float]:
    return float(park.latitude), float(park.longitude)


def map_of(
    park: Any, neighbours: Iterable[Neighbour], request: HttpRequest
) -> list[MapPoint]:
    """The park and its neighbours as points."""
    return points_of([park, *(other.park for other in neighbours)], request)


def chart_of_park(
    rides: Iterable[ListedRide], moved: Iterable[Moved], rows: Mapping[str, Rows]
) -> Chart | None:
    """The lives of all rides that stand or stood in the park."""
    periods: dict[int, Rows] = {}
    for period in rows["ride_status_periods"]:
        periods.setdefault(period.page_id, []).append(period)
    stays = {stay.page_id: stay for stay in rows["stays_here"]}
    here = [
        ChartRide(ride, periods.get(ride.ride.pk, ()), stays.get(ride.ride.pk))
        for ride in rides
    ]
    gone = [
        ChartRide(
            ride.shown, periods.get(ride.shown.ride.pk, ()), ride.stay, has_moved=True
        )
        for ride in moved
    ]
    return chart_of([*here, *gone], timezone.localdate())


def sections_of(context: Mapping[str, Any]) -> list[Section]:
    """What the page of a park has to show, in its order."""
    groups = context["groups"]
    rides = Section("rides", _("Rides"), sum(group.count for group in groups))
    parts = (
        (groups, rides),
        (context["moved"], Section("moved", _("Moved away"), len(context["moved"]))),
        (context["areas"], Section("areas", _("Areas"), len(context["areas"]))),
        (context["chart"], Section("timeline", _("Timeline"))),
        (context["points"], Section("map", _("Map"))),
        (context["seasons"], Section("seasons", _("Seasons"))),
        (context["gallery"], Section("gallery", _("Gallery"), len(context["gallery"]))),
        (context["record"], Section("latest", _("Latest changes"))),
        (True, Section("sources", _("Sources"), len(context["sources"]))),
    )
    return [section for has_any, section in parts if has_any]

"""Parks as points on a map (assets/js/map.js)."""

from collections.abc import Iterable
from typing import Any, NotRequired, TypedDict

from django.http import HttpRequest

from parks.choices import tone_of

# What a point is made of: columns of a park.
POINT_FIELDS = ("id", "title", "url_path", "latitude", "longitude", "status")


class MapPoint(TypedDict):
    """One place. `count` is a number of things found there, which the map adds up."""

    park: str
    lat: float
    lon: float
    url: str
    status: NotRequired[str]
    tone: NotRequired[str]
    count: NotRequired[int]


def points_of(parks: Iterable[Any], request: HttpRequest) -> list[MapPoint]:
    """The parks whose place is known, with their status."""
    return [
        MapPoint(
            park=park.title,
            lat=float(park.latitude),
            lon=float(park.longitude),
            url=park.get_url(request) or "",
            status=park.get_status_display(),
            tone=tone_of(park.status),
        )
        for park in parks
        if park.latitude is not None and park.longitude is not None
    ]

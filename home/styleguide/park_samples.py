"""Samples of what only pages of parks and countries show, as name, state, inputs."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from home.styleguide import things
from home.styleguide.things import LONG, RTL
from parks.choices import ParkStatus, RideCategory, RideStatus
from parks.map_points import MapPoint
from parks.park_sections import AreaRides, Section
from parks.ride_chart import ChartRide
from parks.ride_chart_drawing import Chart, chart_of
from parks.season_strips import strips_of

TODAY = date(2026, 6, 15)
_NO_TILES = {"tiles": "", "tiles_host": "", "tiles_attribution": ""}


def _ride(title: str, *periods: SimpleNamespace, **facts: Any) -> ChartRide:
    status = periods[-1].status if periods else RideStatus.UNKNOWN
    page = things.page(
        title,
        category=RideCategory.ROLLER_COASTER,
        get_category_display=str(RideCategory.ROLLER_COASTER.label),
    )
    shown = replace(things.ride(title), ride=page, seen=things.seen(title, status))
    return ChartRide(shown, periods, **facts)


LIVES = (
    _ride("Gemini", things.period(RideStatus.OPERATING, "1978-06-17")),
    _ride(
        "Top Thrill 2",
        things.period(RideStatus.OPERATING, "2003-05-04", "2021-08-15"),
        things.period(RideStatus.SBNO, "2021-08-15", "2025-05-24"),
        things.period(RideStatus.OPERATING, "2025-05-24"),
    ),
    _ride(
        LONG,
        things.period(RideStatus.OPERATING, "1960s", "1994"),
        things.period(RideStatus.DEMOLISHED, "1994"),
    ),
    _ride(
        RTL,
        things.period(RideStatus.OPERATING, "before 1983"),
        stay=SimpleNamespace(began=None, ended=things.day("1999")),
        has_moved=True,
    ),
    _ride("Siren's Curse", things.period(RideStatus.UNDER_CONSTRUCTION, "2025-10")),
    _ride("Nobody Knows When"),
)


def _chart() -> Chart | None:
    return chart_of(LIVES, TODAY)


def _area(number: int, name: str, *rides: str, **life: Any) -> AreaRides:
    known = {"opened": None, "closed": None} | life
    area = SimpleNamespace(pk=number, name=name, **known)
    return AreaRides(area, [things.ride(ride) for ride in rides])


def _season(year: int, opens: date | None, closes: date | None, label: str = "") -> Any:
    return SimpleNamespace(
        uuid="0", year=year, label=label, opens_on=opens, closes_on=closes
    )


def _point(park: str, lat: float, lon: float, status: ParkStatus) -> MapPoint:
    tone = "open" if status is ParkStatus.OPERATING else "gone"
    return MapPoint(
        park=park, lat=lat, lon=lon, url="#", status=str(status.label), tone=tone
    )


def _parks(*titles: str) -> list[SimpleNamespace]:
    parks = [things.listed_park(title, rides=12) for title in titles]
    for listed in parks:
        listed.park.locality = "Sandusky, Ohio"
    return parks


PARK_SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "areas": {
        "usual": {
            "areas": [
                _area(1, "Main Midway", "Gemini", "Rougarou"),
                _area(2, LONG, LONG, RTL, opened=things.day("1971")),
                _area(3, "Frontier Trail"),
            ]
        },
    },
    "segments": {
        "first": {
            "name": "view",
            "label": "Show as",
            "options": (("", "Cards"), ("table", "Table"), ("map", "Map")),
            "chosen": "",
        },
    },
    "count": {
        "all": {"heading": "Parks open", "value": 3, "whole": 3},
        "some": {"heading": "Rides open", "value": 1200, "whole": 4800},
    },
    "jump": {
        "usual": {
            "sections": [
                Section("rides", "Rides", 60),
                Section("timeline", "Timeline"),
                Section("sources", LONG, 2),
            ]
        },
    },
    "map": {
        "points": {
            "name": "sample-map",
            "label": "Map of a sample",
            "noun": "parks",
            "points": [
                _point("Cedar Point", 41.48, -82.68, ParkStatus.OPERATING),
                _point(LONG, 41.3, -81.4, ParkStatus.DEMOLISHED),
            ],
            **_NO_TILES,
        },
        "none": {
            "name": "empty-map",
            "label": "Map of nothing",
            "noun": "parks",
            "points": [],
            **_NO_TILES,
        },
    },
    "park_table": {
        "usual": {"parks": _parks("Harbour Park", RTL), "caption": "Parks"},
        "everything": {
            "parks": _parks("Harbour Park", LONG),
            "caption": "Parks with all columns",
            "with_country": True,
            "with_status": True,
        },
    },
    "ride_chart": {"every_sign": {"chart": _chart()}},
    "ride_chart_legend": {"always": {}},
    "ride_chart_signs": {"always": {}},
    "ride_periods": {
        "usual": {"ride": LIVES[1]},
        "moved": {"ride": LIVES[3]},
        "none": {"ride": LIVES[5]},
    },
    "season_strips": {
        "usual": {
            "strips": strips_of(
                [
                    _season(2026, date(2026, 4, 1), date(2026, 11, 1)),
                    _season(2026, date(2026, 11, 20), date(2027, 1, 10), "Winter"),
                    _season(2025, date(2025, 4, 5), None),
                    _season(2024, None, None, "Jubilee"),
                ]
            ),
            "origins": "",
        },
    },
}

"""What the pages of countries show. Countries have no pages of their own to edit:
everything here is asked of the parks that lie there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber, Substr
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.models import Page

from core.overlay import marked
from parks.choices import COASTERS, OPEN_TO_VISITORS, ParkStatus
from parks.contents import Context
from parks.countries import NOT_KNOWN, country_name, country_slug, sorted_under
from parks.gathering import PublicPages
from parks.geography import Point, middle_of
from parks.index_contents import ListedPark
from parks.map_points import MapPoint
from parks.models import ParkPage, RidePage
from parks.rides_shown import ListedRide, list_many
from parks.steps import HOME, Step
from parks.structured import breadcrumbs_data, item_list_data

PARKS_SHOWN = 40
RECORDS_SHOWN = 3
NEWEST_SHOWN = 8
# Statuses of parks in the order a visitor asks.
ORDER = (
    *(ParkStatus.OPERATING, ParkStatus.TEMPORARILY_CLOSED),
    *(ParkStatus.UNDER_CONSTRUCTION, ParkStatus.ANNOUNCED, ParkStatus.PROPOSED),
    *(ParkStatus.SBNO, ParkStatus.CLOSED, ParkStatus.DEMOLISHED),
    *(ParkStatus.CANCELLED, ParkStatus.UNKNOWN),
)


@dataclass(frozen=True, slots=True)
class CountryLine:
    """A country in the list of them."""

    name: str
    url: str
    parks: int
    open_parks: int
    rides: int


@dataclass(frozen=True, slots=True)
class ParksOfStatus:
    """Parks of one status: how many there are, and the first of them by name."""

    status: str
    label: str
    count: int
    parks: list[ListedPark]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.parks)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Rides below one park."""

    rides: int = 0
    open_rides: int = 0
    coasters: int = 0
    open_coasters: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """The first rides of a country by one fact, each with what the fact says."""

    key: str
    heading: str
    short: str
    lines: list[tuple[ListedRide, Any]]

    @property
    def is_of_dates(self) -> bool:
        return self.key == "oldest"


def country_url(code: str) -> str:
    """The address of a country's page."""
    return reverse("parks:country", args=[country_slug(code)])


def countries_context(request: HttpRequest) -> Context:
    """Every country with a public park."""
    public = PublicPages()
    parks = public.among(ParkPage.objects.exclude(country=NOT_KNOWN))
    columns = ("path", "country", "status", "latitude", "longitude")
    rows = list(parks.order_by().values(*columns))
    rides = _rides_by_park(public.among(RidePage.objects.all()), _length(rows))
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_country[row["country"]].append(row)
    here = Step(_("Countries"), reverse("parks:countries"))
    lines = {code: _line(code, ours, rides) for code, ours in by_country.items()}
    return {
        **_frame(request, here),
        "countries": sorted(lines.values(), key=lambda line: sorted_under(line.name)),
        "points": [
            point
            for code, ours in by_country.items()
            if (point := _point(lines[code], ours))
        ],
    }


def _length(parks: Sequence[Mapping[str, Any]]) -> int:
    """How long the path of a park is: all of them stand at one depth."""
    return len(parks[0]["path"]) if parks else Page.steplen


def _rides_by_park(rides: Any, length: int) -> Counter[str]:
    counted = (
        rides.order_by()
        .annotate(above=Substr("path", 1, length))
        .values_list("above")
        .annotate(number=Count("pk"))
    )
    return Counter(dict(counted))


def _line(
    code: str, parks: Sequence[Mapping[str, Any]], rides: Counter[str]
) -> CountryLine:
    return CountryLine(
        name=country_name(code),
        url=country_url(code),
        parks=len(parks),
        open_parks=sum(park["status"] in OPEN_TO_VISITORS for park in parks),
        rides=sum(rides[park["path"]] for park in parks),
    )


def _point(line: CountryLine, parks: Iterable[Mapping[str, Any]]) -> MapPoint | None:
    """The country in the middle of its parks."""
    known = [
        Point(float(park["latitude"]), float(park["longitude"]))
        for park in parks
        if park["latitude"] is not None and park["longitude"] is not None
    ]
    if not known:
        return None
    middle = middle_of(known)
    return MapPoint(
        park=line.name,
        lat=middle.latitude,
        lon=middle.longitude,
        url=line.url,
        count=line.parks,
    )


def country_context(request: HttpRequest, code: str) -> Context:
    """One country. Raises Http404 when it has no public park."""
    public = PublicPages()
    parks = public.among(ParkPage.objects.in_country(code))
    shown = _parks_shown(parks)
    if not shown:
        raise Http404(_("No park of this country is recorded yet."))
    rides = rides_in(parks, shown[0].path, public)
    numbers = _numbers(rides)
    here = Step(country_name(code), country_url(code))
    groups = _groups(shown, numbers)
    context = _frame(request, Step(_("Countries"), reverse("parks:countries")), here)
    context["structured"].append(
        item_list_data(
            request, _("Theme parks in %(title)s") % {"title": here.title}, shown
        )
    )
    return {
        **context,
        "code": code,
        "points_url": f"{reverse('parks:points')}?{urlencode({'country': code})}",
        "groups": groups,
        **_totals(groups, numbers.values()),
        **_rides_shown(public, rides),
    }


def rides_in(parks: Any, one: str, public: PublicPages) -> Any:
    """The public rides that stand in these parks, of which one has the path `one`.

    Each knows the path of its park as `above`.
    """
    above = Substr("path", 1, len(one))
    rides = public.among(RidePage.objects.all()).annotate(above=above)
    return rides.filter(above__in=parks.order_by().values("path"))


def _frame(request: HttpRequest, *steps: Step) -> Context:
    *trail, here = (HOME, *steps)
    return {
        "trail": trail,
        "here": here,
        "canonical": here.get_full_url(request),
        "structured": [breadcrumbs_data(request, [*trail, here])],
    }


def _parks_shown(parks: Any) -> list[Any]:
    """The first parks of each status by name, each with how many have its status."""
    of_status = Window(RowNumber(), partition_by="status", order_by=("title", "pk"))
    number = Window(Count("pk"), partition_by="status")
    ranked = parks.annotate(place=of_status, of_status=number)
    found = ranked.filter(place__lte=PARKS_SHOWN).defer_streamfields()
    return marked(found.order_by("title", "pk"))


def _groups(
    parks: Sequence[Any], numbers: Mapping[str, Numbers]
) -> list[ParksOfStatus]:
    return [
        ParksOfStatus(
            status,
            str(status.label),
            ours[0].of_status,
            [
                ListedPark(park, None, numbers.get(park.path, Numbers()).rides)
                for park in ours
            ],
        )
        for status in ORDER
        if (ours := [park for park in parks if park.status == status])
    ]


def _numbers(rides: Any) -> dict[str, Numbers]:
    """How many rides stand below each park, by its path."""
    is_coaster = Q(category__in=COASTERS)
    is_open = Q(status__in=OPEN_TO_VISITORS)
    counted = (
        rides.order_by()
        .values("above")
        .annotate(
            rides=Count("pk"),
            open_rides=Count("pk", filter=is_open),
            coasters=Count("pk", filter=is_coaster),
            open_coasters=Count("pk", filter=is_coaster & is_open),
        )
    )
    return {row.pop("above"): Numbers(**row) for row in counted}


def _totals(groups: Sequence[ParksOfStatus], numbers: Iterable[Numbers]) -> Context:
    by_status = {group.status: group.count for group in groups}
    per_park = list(numbers)
    return {
        "parks": sum(by_status.values()),
        "open_parks": sum(by_status.get(status, 0) for status in OPEN_TO_VISITORS),
        "rides": sum(park.rides for park in per_park),
        "open_rides": sum(park.open_rides for park in per_park),
        "coasters": sum(park.coasters for park in per_park),
        "open_coasters": sum(park.open_coasters for park in per_park),
    }


def _rides_shown(public: PublicPages, rides: Any) -> Context:
    """Records and the newest rides of what can be ridden today."""
    running = rides.operating()
    coasters = running.filter(category__in=COASTERS)
    found = list_many(
        public,
        {
            "height": _best(coasters.tallest_first(), "height_m"),
            "speed": _best(coasters.fastest_first(), "speed_kmh"),
            "oldest": running.exclude(opened="").oldest_first()[:RECORDS_SHOWN],
            "newest": running.exclude(opened="").newest_first()[:NEWEST_SHOWN],
        },
    )
    records = (
        Record(
            "tallest",
            _("Tallest coasters"),
            _("Tallest coaster"),
            [(ride, ride.height) for ride in found["height"]],
        ),
        Record(
            "fastest",
            _("Fastest coasters"),
            _("Fastest coaster"),
            [(ride, ride.speed) for ride in found["speed"]],
        ),
        Record(
            "oldest",
            _("Oldest rides still open"),
            _("Oldest ride open"),
            [(ride, ride.seen.opened) for ride in found["oldest"]],
        ),
    )
    return {
        "records": [record for record in records if record.lines],
        "newest": found["newest"],
    }


def _best(rides: Any, figure: str) -> Any:
    return rides.filter(**{f"{figure}__isnull": False})[:RECORDS_SHOWN]

"""What the front page shows: how much there is, what is new, what stands out."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from wagtail.models import Page

from core.overlay import marked
from parks.gathering import PublicPages, look_up
from parks.index_contents import ListedPark, count_below
from parks.lists.kinds import BY_SLUG, RideList
from parks.models import CompanyPage, ParkPage, RideModelPage, RidePage
from parks.rides_shown import ListedRide, list_many, with_closing_days

TALLEST_SHOWN = 6
NEWEST_SHOWN = 8
COMING_SHOWN = 5
CHANGED_SHOWN = 8
PARKS_SHOWN = 6
# The lists whose first ride stands on the front page. The tallest are drawn as hills.
RECORDS_SHOWN = (
    "fastest-coasters",
    "longest-coasters",
    "most-inversions",
    "tallest-other-rides",
    "oldest-operating",
)


@dataclass(frozen=True, slots=True)
class Record:
    """The first ride of a list, and the figure it holds it by."""

    kind: RideList
    shown: ListedRide
    figure: Any


def front_page_context() -> dict[str, Any]:
    """Lists and numbers of what everybody may read, in a fixed number of queries."""
    public = PublicPages()
    parks = public.among(ParkPage.objects.all())
    rides = public.among(RidePage.objects.all())
    return {
        "numbers": _numbers(public, parks, rides),
        **_lists(public, rides),
        "changed": _changed(public),
        "parks": _parks(public, parks, rides),
    }


def _lists(public: PublicPages, rides: Any) -> dict[str, Any]:
    """The lists of rides, and the holders of records."""
    shown = {
        "tallest-coasters": TALLEST_SHOWN,
        "newest": NEWEST_SHOWN,
        "opening-soon": COMING_SHOWN,
        "closing-soon": COMING_SHOWN,
        **dict.fromkeys(RECORDS_SHOWN, 1),
    }
    lists = list_many(
        public,
        {slug: BY_SLUG[slug].choose(rides)[:most] for slug, most in shown.items()},
    )
    return {
        "tallest": lists["tallest-coasters"],
        "newest": lists["newest"],
        "opening": lists["opening-soon"],
        "closing": with_closing_days(lists["closing-soon"]),
        "records": [
            Record(kind, ride, _figure(ride, kind.fact))
            for slug in RECORDS_SHOWN
            for kind, ride in ((BY_SLUG[slug], ride) for ride in lists[slug])
        ],
    }


def _figure(ride: ListedRide, fact: str) -> Any:
    return ride.seen.opened if fact == "opened" else getattr(ride, fact)


def _numbers(public: PublicPages, parks: Any, rides: Any) -> list[tuple[int, str]]:
    makers = public.among(CompanyPage.objects.manufacturers())
    countries = parks.exclude(country="ZZ").order_by().values("country").distinct()
    return [
        (parks.count(), _("Parks")),
        (countries.count(), _("Countries")),
        (rides.count(), _("Rides")),
        (makers.count(), _("Makers")),
    ]


def _changed(public: PublicPages) -> list[Page]:
    kinds = ContentType.objects.get_for_models(
        ParkPage, RidePage, CompanyPage, RideModelPage
    )
    pages = public.among(Page.objects.filter(content_type__in=kinds.values()))
    return marked(pages.order_by("-last_published_at", "-pk")[:CHANGED_SHOWN])


def _parks(public: PublicPages, parks: Any, rides: Any) -> list[ListedPark]:
    """Parks with a picture and rides, those looked after last."""
    pictured = parks.operating().filter(lead_photo__isnull=False, numchild__gt=0)
    latest = pictured.defer_streamfields().order_by("-last_published_at", "-pk")
    shown = marked(latest[:PARKS_SHOWN])
    links = look_up(public, photo_ids=[park.lead_photo_id for park in shown])
    counts = count_below(shown, rides)
    return [
        ListedPark(park, links.photo(park.lead_photo_id), counts[park.path])
        for park in shown
    ]

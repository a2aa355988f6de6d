"""What the front page shows: how much there is, what is new, what stands out."""

from typing import Any

from django.contrib.contenttypes.models import ContentType

from wagtail.models import Page

from parks.choices import COASTERS
from parks.gathering import PublicPages, look_up
from parks.index_contents import ListedPark, count_below
from parks.models import CompanyPage, ParkPage, RideModelPage, RidePage
from parks.rides_shown import list_rides

TALLEST_SHOWN = 6
NEWEST_SHOWN = 8
CHANGED_SHOWN = 8
PARKS_SHOWN = 6


def front_page_context() -> dict[str, Any]:
    """Lists and numbers of what everybody may read, in a fixed number of queries."""
    public = PublicPages()
    parks = public.among(ParkPage.objects.all())
    rides = public.among(RidePage.objects.all())
    return {
        "numbers": _numbers(public, parks, rides),
        "tallest": _tallest(public, rides),
        "newest": list_rides(
            public,
            rides.operating().exclude(opened="").newest_first()[:NEWEST_SHOWN],
        ),
        "changed": _changed(public),
        "parks": _parks(public, parks, rides),
    }


def _numbers(public: PublicPages, parks: Any, rides: Any) -> list[tuple[int, str]]:
    makers = public.among(CompanyPage.objects.manufacturers())
    countries = parks.exclude(country="ZZ").order_by().values("country").distinct()
    return [
        (parks.count(), "parks"),
        (countries.count(), "countries"),
        (rides.count(), "rides"),
        (makers.count(), "makers"),
    ]


def _tallest(public: PublicPages, rides: Any) -> list[Any]:
    coasters = rides.operating().filter(
        category__in=COASTERS, tracks__height_si__isnull=False
    )
    return list_rides(public, coasters.tallest_first()[:TALLEST_SHOWN])


def _changed(public: PublicPages) -> list[Page]:
    kinds = ContentType.objects.get_for_models(
        ParkPage, RidePage, CompanyPage, RideModelPage
    )
    pages = public.among(Page.objects.filter(content_type__in=kinds.values()))
    return list(pages.order_by("-last_published_at", "-pk")[:CHANGED_SHOWN])


def _parks(public: PublicPages, parks: Any, rides: Any) -> list[ListedPark]:
    """Parks with a picture, those looked after last."""
    pictured = parks.operating().filter(lead_photo__isnull=False).defer_streamfields()
    shown = list(pictured.order_by("-last_published_at", "-pk")[:PARKS_SHOWN])
    links = look_up(public, photo_ids=[park.lead_photo_id for park in shown])
    counts = count_below(shown, rides)
    return [
        ListedPark(park, links.photo(park.lead_photo_id), counts[park.path])
        for park in shown
    ]

"""Parks on the map and by country, with how many of the rides found they have."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core.overlay import marked
from parks.countries import country_name
from parks.gathering import PublicPages
from parks.models import ParkPage
from search.finder.catalogue import Found

PARKS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class PlacedPark:
    """A public park and how many of the rides stand there."""

    park: ParkPage
    rides: int

    @property
    def is_on_the_map(self) -> bool:
        return self.park.latitude is not None and self.park.longitude is not None

    def as_point(self, request: HttpRequest) -> dict[str, Any]:
        """What a map needs to know of it."""
        return {
            "park": self.park.title,
            "lat": float(self.park.latitude or 0),
            "lon": float(self.park.longitude or 0),
            "count": self.rides,
            "url": self.park.get_url(request),
        }


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its parks, those with most rides first."""

    code: str
    name: str
    rides: int
    parks: list[PlacedPark]
    more: int


def placed_parks(found: Found, public: PublicPages) -> list[PlacedPark]:
    """Every park that has some of the rides, in one query."""
    counts: dict[Any, int] = found.counts("park", own=True)
    keys = [key for key in counts if key is not None]
    parks = public.among(ParkPage.objects.filter(pk__in=keys)).only(
        *("id", "path", "depth", "title", "slug", "url_path"),
        *("country", "latitude", "longitude", "page_ptr_id"),
    )
    return [PlacedPark(park, counts[park.pk]) for park in marked(parks)]


def countries_with_parks(found: Found, public: PublicPages) -> list[Country]:
    """The parks by country, countries by name."""
    by_country: dict[str, list[PlacedPark]] = defaultdict(list)
    for placed in placed_parks(found, public):
        by_country[placed.park.country].append(placed)
    return sorted(
        (_country(code, parks) for code, parks in by_country.items()),
        key=lambda country: country.name,
    )


def _country(code: str, parks: Iterable[PlacedPark]) -> Country:
    ordered = sorted(parks, key=lambda p: (-p.rides, p.park.title.casefold()))
    return Country(
        code,
        country_name(code),
        sum(placed.rides for placed in ordered),
        ordered[:PARKS_SHOWN],
        max(0, len(ordered) - PARKS_SHOWN),
    )

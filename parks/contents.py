"""What the public page of a park shows.

Nothing here imports models: pages hand over their QuerySets, so that a model can call
its function from `get_context`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from wagtail.models import Page

from parks.choices import (
    GONE,
    NOT_YET_OPEN,
    OPEN_TO_VISITORS,
    RideCategory,
    RideStatus,
    TermRole,
)
from parks.gathering import (
    STEP,
    Links,
    Part,
    PublicPages,
    below,
    look_up,
    rows_of,
    trail_of,
)
from parks.rides_shown import ListedRide, listed, pages_beside, ride_parts
from parks.structured import breadcrumbs_data, park_data

Context = dict[str, Any]

CATEGORY_HEADINGS = {
    **{category: f"{label}s" for category, label in RideCategory.choices},
    RideCategory.WALKTHROUGH_OTHER: "Walkthroughs and others",
}
# Headings of a park's rides, in the order a visitor asks.
GROUPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("open", "Open to visitors", OPEN_TO_VISITORS),
    ("coming", "On the way", NOT_YET_OPEN),
    ("waiting", "Not running", frozenset({"temporarily_closed", "sbno"})),
    ("unclear", "Status not recorded", frozenset({"unknown"})),
    ("gone", "Gone", GONE - {RideStatus.CANCELLED}),
    ("cancelled", "Never built", frozenset({RideStatus.CANCELLED})),
)


@dataclass(frozen=True, slots=True)
class Linked:
    """A row with the page it points at."""

    row: Any
    page: Page


@dataclass(frozen=True, slots=True)
class RidesOfCategory:
    """Rides of one category, and which columns their table can do without."""

    heading: str
    rides: list[ListedRide]

    @property
    def has_no_figures(self) -> bool:
        return not any(r.height or r.speed or r.length for r in self.rides)

    @property
    def has_no_inversions(self) -> bool:
        return not any(r.inversions for r in self.rides)


@dataclass(frozen=True, slots=True)
class RideGroup:
    """Rides of one standing, by category."""

    key: str
    heading: str
    categories: list[RidesOfCategory]

    @property
    def count(self) -> int:
        return sum(len(category.rides) for category in self.categories)

    @property
    def is_mixed(self) -> bool:
        """Whether its rides need their status named one by one."""
        return self.key != "open"


def linked(rows: Iterable[Any], attribute: str, links: Links) -> list[Linked]:
    """Rows with the public page at `attribute`; rows without one are left out."""
    pairs = ((row, links.pages.get(getattr(row, attribute))) for row in rows)
    return [Linked(row, page) for row, page in pairs if page is not None]


def frame(request: HttpRequest, page: Page, links: Links) -> Context:
    """What the frame around every page shows: where it stands."""
    trail = links.trail(page)
    return {
        "trail": trail,
        "structured": [breadcrumbs_data(request, [*trail, page])],
    }


def park_context(park: Any, request: HttpRequest, *, rides: Any) -> Context:
    """A park with the rides that stand in it and those that have left."""
    public = PublicPages()
    once_here = Q(pk__in=park.stays.values("page"))
    shown = public.among(rides.filter(below(park) | once_here))
    rows = rows_of(
        park,
        request,
        {
            **ride_parts(shown),
            "areas": Part(park.areas.filter(live=True)),
            "stays_here": Part(park.stays.filter(page__in=shown.values("pk"))),
        },
    )
    rows["rides"].sort(key=lambda ride: (ride.title.casefold(), ride.pk))
    links = _links_of_park(park, public, rows)
    all_listed = listed(rows["rides"], rows, links)
    photo = links.photo(park.lead_photo_id)
    context = frame(request, park, links)
    context["structured"].append(park_data(request, park, rows, photo))
    return {
        **context,
        **{name: rows[name] for name in ("names", "areas", "external_ids", "sources")},
        "former_names": [n for n in rows["names"] if not n.is_current_official],
        "current_name": next((n for n in rows["names"] if n.is_current_official), None),
        "status_periods": rows["status_periods"],
        "seasons": sorted(rows["seasons"], key=_season_order),
        "terms": _terms(linked(rows["terms"], "company_id", links)),
        "operators": _current(linked(rows["terms"], "company_id", links)),
        "resort": links.pages.get(park.resort_id or 0),
        "parks_in_resort": links.others["parks_in_resort"],
        "photo": photo,
        "gallery": gallery(rows["gallery"], links),
        "groups": _grouped([r for r in all_listed if r.stands_under(park)]),
        "moved": _moved(park, all_listed, rows["stays_here"]),
    }


def _links_of_park(park: Any, public: PublicPages, rows: dict[str, list[Any]]) -> Links:
    return look_up(
        public,
        page_ids=[
            park.resort_id,
            *(term.company_id for term in rows["terms"]),
            *pages_beside(rows),
        ],
        page_paths=[*trail_of(park), *(ride.path[:-STEP] for ride in rows["rides"])],
        photo_ids=[park.lead_photo_id, *(pic.photo_id for pic in rows["gallery"])],
        more={
            "parks_in_resort": Part(
                public.among(
                    Page.objects.filter(pk__in=park.parks_in_resort.values("pk"))
                ),
                ("id", "path", "depth", "title", "url_path"),
            )
        },
    )


def gallery(pictures: Iterable[Any], links: Links) -> list[tuple[Any, Any]]:
    """Gallery rows with their photos."""
    pairs = ((picture, links.photo(picture.photo_id)) for picture in pictures)
    return [(picture, photo) for picture, photo in pairs if photo is not None]


def _terms(terms: list[Linked]) -> list[tuple[str, list[Linked]]]:
    """Operators, then owners, the present ones first."""
    labels = {TermRole.OPERATOR: "Operated by", TermRole.OWNER: "Owned by"}
    by_role = [
        (label, [term for term in terms if term.row.role == role])
        for role, label in labels.items()
    ]
    for _, of_role in by_role:
        of_role.sort(key=lambda term: term.row.ended is not None)
    return [(label, of_role) for label, of_role in by_role if of_role]


def _current(terms: list[Linked]) -> list[Linked]:
    return [
        term
        for term in terms
        if term.row.role == TermRole.OPERATOR and term.row.ended is None
    ]


def _season_order(season: Any) -> tuple[int, str]:
    return (-season.year, str(season.opens_on or ""))


def _grouped(rides: Sequence[ListedRide]) -> list[RideGroup]:
    groups = []
    for key, heading, statuses in GROUPS:
        of_group = [ride for ride in rides if ride.ride.status in statuses]
        categories = [
            RidesOfCategory(CATEGORY_HEADINGS[category], of_category)
            for category in RideCategory.values
            if (of_category := [r for r in of_group if r.ride.category == category])
        ]
        if categories:
            groups.append(RideGroup(key, heading, categories))
    return groups


def _moved(
    park: Any, rides: Iterable[ListedRide], stays: Iterable[Any]
) -> list[tuple[ListedRide, Any]]:
    """Rides that left, each with its last stay here."""
    stay_of = {stay.page_id: stay for stay in stays}
    return [
        (ride, stay_of.get(ride.ride.pk))
        for ride in rides
        if not ride.stands_under(park)
    ]

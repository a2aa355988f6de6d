"""What the public page of a park shows.

Nothing here imports models: pages hand over their QuerySets, so that a model can call
its function from `get_context`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from wagtail.models import Page

from core.partial_dates import PartialDate
from parks.as_of import Certainty, begun, during, opposite, over
from parks.choices import TermRole
from parks.citing import citations_of
from parks.countries import NOT_KNOWN, country_slug
from parks.gathering import STEP, Links, Part, PublicPages, look_up, rows_of, trail_of
from parks.park_rides import (
    Moved,
    candidates,
    here_and_moved,
    here_and_moved_then,
    places_named,
)
from parks.park_sections import (
    chart_of_park,
    map_of,
    nearby_part,
    neighbours_of,
    rides_by_area,
    sections_of,
)
from parks.ride_groups import grouped
from parks.rides_shown import ListedRide, listed, pages_beside
from parks.season_strips import strips_of
from parks.seen import seen_from
from parks.structured import breadcrumbs_data, park_data
from parks.timeline import in_order
from parks.viewpoint import TODAY, Travel, Viewpoint

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Linked:
    """A row with the page it points at, None where that is not public any more.

    `sure` says whether the row held on the day that is looked at.
    """

    row: Any
    page: Page | None
    sure: Certainty = Certainty.CERTAINLY


def linked(
    rows: Iterable[Any], attribute: str, links: Links, *, keep: bool = False
) -> list[Linked]:
    """Rows with the public page at `attribute`; those without are left out or kept."""
    pairs = ((row, links.pages.get(getattr(row, attribute))) for row in rows)
    return [Linked(row, page) for row, page in pairs if page is not None or keep]


def frame(
    request: HttpRequest, page: Page, links: Links, view: Viewpoint = TODAY
) -> Context:
    """What the frame around every page shows: where it stands, where its record is."""
    trail = links.trail(page)
    record = _record_of(page, request)
    # Marks lead to who set a fact of today's page.
    has_origins = record and view.is_today and not getattr(page, "differs_here", "")
    return {
        "trail": trail,
        "structured": [breadcrumbs_data(request, [*trail, page])],
        "record": record,
        "origins": f"{record}blame/" if has_origins else "",
        "travel": Travel(view),
    }


def _record_of(page: Page, request: HttpRequest) -> str:
    """Where the past of a page is read, empty for what has none."""
    if getattr(request, "is_preview", False):
        return ""
    published: str | None = getattr(page, "published_address", None)
    return published if published is not None else page.get_url(request) or ""


def park_context(
    park: Any, request: HttpRequest, *, rides: Any, view: Viewpoint = TODAY
) -> Context:
    """A park with the rides that stand in it and those that have left."""
    public = PublicPages()
    found = candidates(park, rides, public, view)
    parts = dict(found.parts)
    if view.known_at is None:
        parts["areas"] = Part(park.areas.filter(live=True))
    rows = {"areas": [], **rows_of(park, request, parts), **found.rows}
    rows["rides"].sort(key=lambda ride: (ride.title.casefold(), ride.pk))
    links = _links_of_park(park, public, rows, view)
    all_listed = listed(rows["rides"], rows, links)
    photo = links.photo(park.lead_photo_id)
    terms = linked(rows["terms"], "company_id", links, keep=view.known_at is not None)
    context = frame(request, park, links, view)
    context["structured"].append(park_data(request, park, rows, photo))
    if view.is_today:
        here, moved = here_and_moved(park, all_listed, rows)
    else:
        here, moved = here_and_moved_then(
            park, all_listed, rows, links, view=view, places=found.places
        )
    here.sort(key=lambda ride: ride.seen.title.casefold())
    context |= {
        **{name: rows[name] for name in ("external_ids", "sources")},
        "cited": citations_of(rows["sources"]),
        **names_and_periods(park, rows, view),
        "areas": rides_by_area(rows["areas"], here, rows.get("stays_here", ())),
        "seasons": strips_of(rows["seasons"]),
        "terms": _terms(terms),
        "resort": links.pages.get(park.resort_id or 0),
        "country": "" if park.country == NOT_KNOWN else country_slug(park.country),
        "photo": photo,
        "gallery": gallery(rows["gallery"], links),
        "groups": grouped(here),
        "moved": moved,
        "withheld": found.withheld,
        **_of_today(park, request, links, here, moved, rows, view),
    }
    if view.as_of is not None:
        context |= _as_of(view.as_of, context, terms)
    return context | {"sections": sections_of(context)}


def _of_today(
    park: Any,
    request: HttpRequest,
    links: Links,
    here: list[ListedRide],
    moved: list[Moved],
    rows: dict[str, list[Any]],
    view: Viewpoint,
) -> Context:
    """What has no dates of its own, or shows all of them, and so is of today only."""
    if not view.is_today:
        return dict.fromkeys(("parks_in_resort", "nearby", "points", "chart"))
    nearby = neighbours_of(park, links.others.get("nearby", ()))
    return {
        "parks_in_resort": links.others["parks_in_resort"],
        "nearby": nearby,
        "points": map_of(park, nearby, request),
        "chart": chart_of_park(here, moved, rows),
    }


def names_and_periods(
    page: Any, rows: dict[str, list[Any]], view: Viewpoint
) -> Context:
    """The head of a page: what it is called and how it stands; and its periods."""
    names, periods = rows["names"], in_order(rows["status_periods"])
    seen = seen_from(view, page, names=names, periods=periods)
    if view.as_of is not None:
        names = [name for name in names if begun(name.began, view.as_of)]
        periods = [period for period in periods if begun(period.began, view.as_of)]
    return {
        "seen": seen,
        "travels": True,
        "current_name": seen.name,
        "former_names": [name for name in names if name is not seen.name],
        "status_periods": periods,
    }


def _as_of(day: PartialDate, context: Context, terms: list[Linked]) -> Context:
    """The facts that carry dates, as far as they held on the day."""
    held = [
        replace(term, sure=sure) for term in terms if (sure := during(term.row, day))
    ]
    year = day.nominal.year
    return context | {
        "terms": _terms(held),
        "areas": [
            one
            for one in context["areas"]
            if min(begun(one.area.opened, day), opposite(over(one.area.closed, day)))
        ],
        "seasons": [strip for strip in context["seasons"] if strip.year <= year],
    }


def _links_of_park(
    park: Any, public: PublicPages, rows: dict[str, list[Any]], view: Viewpoint
) -> Links:
    return look_up(
        public,
        page_ids=[
            park.resort_id,
            *(term.company_id for term in rows["terms"]),
            *pages_beside(rows),
            *places_named(rows),
        ],
        page_paths=[*trail_of(park), *(ride.path[:-STEP] for ride in rows["rides"])],
        photo_ids=[park.lead_photo_id, *(pic.photo_id for pic in rows["gallery"])],
        more={
            **(nearby_part(park, public) if view.is_today else {}),
            "parks_in_resort": Part(
                public.among(
                    Page.objects.filter(pk__in=park.parks_in_resort.values("pk"))
                ),
                ("id", "path", "depth", "title", "url_path"),
            ),
        },
    )


def gallery(pictures: Iterable[Any], links: Links) -> list[tuple[Any, Any]]:
    """Gallery rows with their photos."""
    pairs = ((picture, links.photo(picture.photo_id)) for picture in pictures)
    return [(picture, photo) for picture, photo in pairs if photo is not None]


def _terms(terms: list[Linked]) -> list[tuple[str, list[Linked]]]:
    """Operators, then owners, the present ones first."""
    labels = {
        TermRole.OPERATOR: gettext("Operated by"),
        TermRole.OWNER: gettext("Owned by"),
    }
    by_role = [
        (label, [term for term in terms if term.row.role == role])
        for role, label in labels.items()
    ]
    for _, of_role in by_role:
        of_role.sort(key=lambda term: term.row.ended is not None)
    return [(label, of_role) for label, of_role in by_role if of_role]

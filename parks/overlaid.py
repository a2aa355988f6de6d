"""What lies over the published wiki (core/overlay.py), brought into lists of pages."""

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail.models import Page

from core.overlay import Overlay
from parks.choices import CreditRole
from parks.gathering import STEP, Rows

# Rows of the rides of a park, by the relation that holds them.
ROWS = {
    "ride_tracks": "tracks",
    "ride_credits": "credits",
    "ride_status_periods": "status_periods",
    "stays_here": "stays",
}


def with_rides_of(
    overlay: Overlay, park: Any, rows: Mapping[str, Rows]
) -> dict[str, Rows]:
    """The rows of a park's rides with what the overlay has in place of them.

    A ride that moves away stays on the page if one of its stays says that it was here.
    """
    found = overlay.pages_below(park, also=[ride.pk for ride in rows["rides"]])
    rides = [page for page in found.pages if _belongs_to(park, page)]
    theirs: dict[str, Rows] = {"rides": rides}
    for name, relation in ROWS.items():
        theirs[name] = [row for ride in rides for row in _rows(ride, relation, park)]
    return {
        **rows,
        **{
            name: [row for row in rows[name] if _page_of(row) not in found.keys] + own
            for name, own in theirs.items()
        },
    }


def with_pages_of(
    overlay: Overlay, index: Any, pages: Iterable[Any], *, with_new: bool
) -> list[Any]:
    """One part of the list of all pages below an index, as the overlay has them.

    What is new stands first, if it is to be there at all: it is in no order that a
    database has made.
    """
    published = [page for page in pages if overlay.adjust(page)]
    found = overlay.pages_below(index, also=[page.pk for page in published])
    by_key = {page.pk: page for page in found.pages}
    known = [by_key.pop(page.pk, page) for page in published]
    new = [page for page in by_key.values() if page.pk < 0]
    return [*(new if with_new else []), *known]


def _belongs_to(park: Any, ride: Any) -> bool:
    if not hasattr(ride, "stays"):
        return False
    stands_here = ride.path[:-STEP] == park.path
    return stands_here or any(stay.park_id == park.pk for stay in ride.stays.all())


def _rows(ride: Any, relation: str, park: Page) -> Iterable[Any]:
    for row in getattr(ride, relation).all():
        row.page_id = ride.pk
        if relation == "stays" and row.park_id != park.pk:
            continue
        if relation == "credits" and row.role != CreditRole.MANUFACTURER:
            continue
        yield row


def _page_of(row: Any) -> int:
    """The page that a row is, or that it is part of."""
    key: int = row.pk if isinstance(row, Page) else row.page_id
    return key

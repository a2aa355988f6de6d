"""Parks, rides and companies for tests, with versions and indexes as in the wiki.

They are published in one go, which leaves what a draft and its publish leave (see
tests/core/test_bulk_loading.py) for a third of the work; a test that is about that
publish asks for the fixture `step_by_step`. Say only what the test is about.
"""

from itertools import count
from typing import Any

from django.utils.text import slugify

from wagtail.models import Page

from core.bulk_loading import publish_first
from parks.models import (
    CompanyIndexPage,
    CompanyPage,
    MakerCredit,
    ParkIndexPage,
    ParkPage,
    ParkStatusPeriod,
    RideModelIndexPage,
    RideModelPage,
    RidePage,
    RideStatusPeriod,
    RideTrack,
)

_numbers = count(1)
TRACK_FIELDS = frozenset(field.name for field in RideTrack._meta.fields)


def published(page: Any, *, parent: Page, publish: bool = True) -> Any:
    """Add a page below its parent, publish it and read it back."""
    page.slug = page.slug or slugify(page.title) or f"page-{next(_numbers)}"
    parent = Page.objects.get(pk=parent.pk)
    if publish:
        add_published(page, parent)
    else:
        add_draft(page, parent)
    return type(page).objects.get(pk=page.pk)


def add_published(page: Any, parent: Page) -> None:
    publish_first(page, parent, by=None)


def add_draft(page: Any, parent: Page) -> Any:
    page.live = False
    parent.add_child(instance=page)
    return page.save_revision()


def add_draft_and_publish(page: Any, parent: Page) -> None:
    """What an editor does, in the place of `add_published`."""
    add_draft(page, parent).publish()


def make_company(title: str = "Intamin", **fields: Any) -> CompanyPage:
    fields.setdefault("is_manufacturer", True)
    publish = fields.pop("publish", True)
    page = CompanyPage(title=title, **fields)
    return published(page, parent=CompanyIndexPage.objects.get(), publish=publish)


def make_model(title: str = "Boomerang", **fields: Any) -> RideModelPage:
    fields.setdefault("category", "roller_coaster")
    publish = fields.pop("publish", True)
    page = RideModelPage(title=title, **fields)
    return published(page, parent=RideModelIndexPage.objects.get(), publish=publish)


def make_park(
    title: str = "Cedar Point",
    *,
    status: str = "operating",
    opened: str = "1870",
    publish: bool = True,
    **fields: Any,
) -> ParkPage:
    """A live park; `status` and `opened` make its one status period."""
    fields.setdefault("country", "US")
    park = ParkPage(title=title, **fields)
    park.status_periods = [ParkStatusPeriod(status=status, began=opened)]
    return published(park, parent=ParkIndexPage.objects.get(), publish=publish)


def make_ride(
    park: Page,
    title: str = "The Beast",
    *,
    status: str = "operating",
    opened: str = "1979-04-14",
    maker: CompanyPage | None = None,
    publish: bool = True,
    **fields: Any,
) -> RidePage:
    """A live ride with one track unless others are given.

    Track fields may be given beside page fields.
    """
    figures = {name: fields.pop(name) for name in list(fields) if name in TRACK_FIELDS}
    tracks = fields.pop("tracks", [RideTrack(**figures)])
    ride = RidePage(title=title, **fields)
    ride.tracks = tracks
    ride.status_periods = [RideStatusPeriod(status=status, began=opened)]
    if maker is not None:
        ride.credits = [MakerCredit(company=maker, role="manufacturer")]
    return published(ride, parent=park, publish=publish)

"""A page published at once leaves in every table what an editor's publish leaves."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from taggit.models import Tag
from wagtail.models import Page

import pytest
import time_machine

from history.content import facts_in, fingerprint
from history.models import PageVersion
from history.serializer import text_with
from parks.models import (
    CompanyIndexPage,
    CompanyName,
    CompanyPage,
    CompanySource,
    MakerCredit,
    ParkIndexPage,
    ParkName,
    ParkPage,
    ParkSource,
    ParkStatusPeriod,
    RideModelIndexPage,
    RideModelPage,
    RideModelSource,
    RideName,
    RidePage,
    RideSource,
    RideStatusPeriod,
    RideTrack,
)
from tests.factories.pages import (
    add_draft_and_publish,
    add_published,
    make_company,
    make_park,
)
from tests.tables import left_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SOURCE = {"title": "The park's map", "url": "https://map.example/"}
BODY = [("paragraph", "<p>Built in one winter.</p>")]


def company() -> tuple[Any, Page]:
    page = CompanyPage(title="Intamin", is_manufacturer=True, body=BODY)
    page.names = [CompanyName(text="Intaride"), CompanyName(text="Inta", ended="1999")]
    page.sources = [CompanySource(**SOURCE)]
    return page, CompanyIndexPage.objects.get()


def model() -> tuple[Any, Page]:
    page = RideModelPage(title="Giga Coaster", category="roller_coaster")
    page.manufacturer = CompanyPage.objects.get()
    page.sources = [RideModelSource(**SOURCE)]
    return page, RideModelIndexPage.objects.get()


def park() -> tuple[Any, Page]:
    page = ParkPage(title="Kings Island", country="US", body=BODY, city="Mason")
    page.status_periods = [ParkStatusPeriod(status="operating", began="1972-04")]
    page.names = [ParkName(text="Coney Island", ended="1971")]
    page.sources = [ParkSource(**SOURCE)]
    page.tags.add("Ohio")
    return page, ParkIndexPage.objects.get()


def ride() -> tuple[Any, Page]:
    page = RidePage(title="The Beast", body=BODY, change_reason="Found the map")
    page.tracks = [RideTrack(height="110 ft")]
    page.status_periods = [RideStatusPeriod(status="operating", began="1979")]
    page.names = [RideName(text="Beast", kind="working")]
    page.credits = [MakerCredit(company=CompanyPage.objects.get(), role="manufacturer")]
    page.sources = [RideSource(**SOURCE)]
    return page, ParkPage.objects.get()


@pytest.mark.parametrize("new", [company, model, park, ride])
@time_machine.travel(NOON, tick=False)
def test_it_leaves_what_an_editors_publish_leaves(
    new: Callable[[], tuple[Any, Page]],
) -> None:
    make_company("Arrow")
    make_park("Cedar Point")
    # Content names a tag by its key.
    Tag.objects.create(name="Ohio", slug="ohio")

    def publish_by(way: Callable[[Any, Page], None]) -> None:
        page, parent = new()
        page.slug = "new"
        way(page, parent)

    # A draft may have been named before it was published, what is new was not: its
    # publish touches less.
    at_once, step_by_step = (
        left_by(partial(publish_by, way), apart={"core.Touch"})
        for way in (add_published, add_draft_and_publish)
    )
    assert at_once == step_by_step


@pytest.mark.parametrize("new", [company, model, park, ride])
def test_its_first_version_says_what_is_stored(
    new: Callable[[], tuple[Any, Page]],
) -> None:
    make_company("Arrow")
    make_park("Cedar Point")
    page, parent = new()
    page.slug = "new"

    add_published(page, parent)

    stored = type(page).objects.get(pk=page.pk)
    text = text_with(stored, facts_in(type(page), stored.serializable_data()))
    assert PageVersion.objects.get(object_uuid=page.uuid).sha256 == fingerprint(text)

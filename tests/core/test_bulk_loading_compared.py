"""A page published at once leaves in every table what an editor's publish leaves."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from wagtail.fields import StreamField
from wagtail.log_actions import LogContext
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SOURCE = {"title": "The park's map", "url": "https://map.example/"}
BODY = [("paragraph", "<p>Built in one winter.</p>")]

# Names of rows and of pages, and hashes of texts with such names.
NAMES = {
    *("id", "pk", "uuid", "page", "content_object", "object_id", "translation_key"),
    "token",
}
HASHES = {"sha256", "digest"}
# Whatever a stored draft says of these, a page keeps what its row says.
OF_THE_ROW = {
    *("live", "latest_revision", "live_revision", "latest_revision_created_at"),
    *("first_published_at", "last_published_at"),
}


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

    def left_by(publish: Callable[[Any, Page], None]) -> dict[str, list[str]]:
        before = everything()
        # As in a request, for which the log has one name.
        with transaction.atomic(), LogContext():
            page, parent = new()
            page.slug = "new"
            publish(page, parent)
            after = everything()
            transaction.set_rollback(True)
        left = {name: sorted((after[name] - before[name]).elements()) for name in after}
        return {name: rows for name, rows in left.items() if rows}

    assert left_by(add_published) == left_by(add_draft_and_publish)


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


# A draft may have been named before it was published, what is new was not: its publish
# touches less.
APART = {"core.Touch"}


def everything() -> dict[str, "Counter[str]"]:
    """What all rows of all tables say, and how often."""
    return {
        known._meta.label: Counter(map(_told, known._base_manager.all()))
        for known in apps.get_models()
        if known._meta.label not in APART
    }


def _told(row: models.Model) -> str:
    return str(
        {
            field.name: _value(field, field.value_from_object(row))
            for field in row._meta.concrete_fields
            if field.name not in {*HASHES, "duration_ms"}
        }
    )


def _value(field: Any, value: Any) -> Any:
    key = field.primary_key or field.is_relation or isinstance(field, models.UUIDField)
    if key or field.name in NAMES:
        return bool(value)
    if isinstance(field, StreamField):
        value = field.get_prep_value(value)
    return _content(value)


def _content(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: bool(known) if name in NAMES else _content(known)
            for name, known in value.items()
            if name not in OF_THE_ROW
        }
    if isinstance(value, list):
        return [_content(known) for known in value]
    if isinstance(value, str) and value.startswith(("{", "[{")):
        return _content(json.loads(value))
    return value

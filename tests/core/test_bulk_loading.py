"""What is loaded in bulk is like what was published one by one."""

from typing import Any

from wagtail.models import ModelLogEntry, PageLogEntry

import pytest

from core.bulk_loading import publish_first, publish_snippet
from core.changes import describe_change
from parks.models import Element, ParkArea, ParkIndexPage, ParkPage, ParkStatusPeriod
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def test_a_snippet_is_live_with_its_only_revision_and_logged() -> None:
    loader = make_person("admin")
    area = ParkArea(park=make_park(), name="Frontier Town")

    with describe_change(by=loader, reason="Named on the map"):
        publish_snippet(area)

    area = ParkArea.objects.get()
    assert area.live
    assert area.live_revision == area.latest_revision == area.revisions.get()
    assert area.live_revision is not None
    assert area.live_revision.user == loader
    assert area.first_published_at == area.last_published_at
    entry = ModelLogEntry.objects.get(action="wagtail.publish", label=str(area))
    assert (entry.user, entry.revision) == (loader, area.live_revision)


def test_a_snippet_loaded_has_the_revision_one_published_has() -> None:
    loaded, edited = Element(name="Loop"), Element(name="Roll", live=False)
    publish_snippet(loaded)
    edited.save()
    edited.save_revision().publish()

    def told(thing: Any) -> set[str]:
        revision = type(thing).objects.get(pk=thing.pk).live_revision
        return set(revision.content)

    assert told(loaded) == told(edited)


def test_a_page_is_live_with_its_only_revision_and_logged() -> None:
    loader = make_person("admin")
    park = ParkPage(title="Cedar Point", slug="cedar-point", country="US")
    park.status_periods = [ParkStatusPeriod(status="operating", began="1870")]

    publish_first(park, ParkIndexPage.objects.get(), by=loader)

    park = ParkPage.objects.get()
    assert park.live_revision == park.latest_revision == park.revisions.get()
    assert park.status_periods.count() == 1
    entry = PageLogEntry.objects.get(page=park.pk, action="wagtail.publish")
    assert (entry.user, entry.revision) == (loader, park.live_revision)

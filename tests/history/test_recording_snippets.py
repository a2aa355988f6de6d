"""Snippets that carry facts have the same history as pages."""

from typing import Any

from django.test import Client

import pytest

from history.models import PageVersion
from parks.models import ParkArea, ParkPage
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def versions_of(thing: Any) -> list[PageVersion]:
    return list(PageVersion.objects.filter(object_uuid=thing.uuid).order_by("seq"))


def operations_of(thing: Any) -> list[str]:
    return [version.operation for version in versions_of(thing)]


def published_area(park: ParkPage, name: str = "Frontier Town") -> ParkArea:
    area = ParkArea.objects.create(park=park, name=name, live=False)
    area.save_revision().publish()
    return ParkArea.objects.get(pk=area.pk)


def test_snippets_have_the_same_history() -> None:
    area = published_area(make_park())
    area.name = "Frontier Trail"
    area.save_revision().publish()
    area.unpublish()
    ParkArea.objects.get(pk=area.pk).get_latest_revision().publish()

    ParkArea.objects.get(pk=area.pk).delete()

    assert operations_of(area) == [
        *("create", "edit", "unpublish", "republish", "delete"),
    ]
    second = versions_of(area)[1]
    assert second.changed_facts == ["name"]
    assert (second.page, second.place_uuid, second.address) == (None, None, "")


def test_nobody_is_asked_when_a_snippet_was_first_published(client: Client) -> None:
    client.force_login(make_person("admin"))

    form = client.get("/admin/snippets/parks/parkarea/add/").content.decode()

    assert 'name="name"' in form
    assert "first_published_at" not in form


def test_a_snippet_published_and_deleted_in_the_admin_is_recorded(
    client: Client,
) -> None:
    park, admin = make_park(), make_person("admin")
    client.force_login(admin)
    data = {"park": park.pk, "name": "Midway", "action-publish": "action-publish"}

    client.post("/admin/snippets/parks/parkarea/add/", data)
    area = ParkArea.objects.get()
    client.post(f"/admin/snippets/parks/parkarea/delete/{area.pk}/")

    assert operations_of(area) == ["create", "delete"]
    assert {version.changeset.publisher for version in versions_of(area)} == {admin}


def test_a_draft_of_a_snippet_writes_nothing() -> None:
    area = ParkArea.objects.create(park=make_park(), name="Midway", live=False)
    area.save_revision()

    area.delete()

    assert versions_of(area) == []

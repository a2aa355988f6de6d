"""The API of the admin publishes, moves, copies, deletes: each leaves its version."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from wagtail.models import Page

import pytest

from history.verifying import verify
from parks.models import ParkPage, RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.test_recording_routes import operations_of, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_person("admin", display_name="Ada"))
    return client


def ask(client: Client, page: Any, action: str, **data: Any) -> Any:
    url = f"/admin/api/main/pages/{page.pk}/action/{action}/"
    return client.post(url, data, content_type="application/json")


def test_a_publish_is_recorded_with_who_did_it(admin: Client) -> None:
    park = make_park(city="Huron")
    draft = live(park)
    draft.city = "Sandusky"
    draft.save_revision()

    answer = ask(admin, park, "publish")

    assert answer.status_code == 200
    assert live(park).city == "Sandusky"
    last = versions_of(park)[-1]
    assert (last.operation, last.changed_facts) == ("edit", ["city"])
    assert str(last.changeset.publisher) == "Ada"


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_what_goes_out_of_sight_is_recorded(admin: Client, action: str) -> None:
    ride = make_ride(make_park())

    answer = ask(admin, ride, action)

    assert answer.status_code in (200, 204)
    assert operations_of(ride) == ["create", action]
    assert list(verify()) == []


def test_a_move_is_recorded(admin: Client) -> None:
    ride, there = make_ride(make_park()), make_park("Kings Island")

    answer = ask(
        admin, ride, "move", destination_page_id=there.pk, position="last-child"
    )

    assert answer.status_code == 200
    assert operations_of(ride) == ["create", "move"]
    assert list(verify()) == []


def test_a_copy_is_recorded_as_one_change(admin: Client) -> None:
    park = make_park()
    make_ride(park)

    answer = ask(admin, park, "copy", recursive=True, title="Copy", slug="copy")

    copied = ParkPage.objects.get(slug="copy")
    assert answer.status_code == 201
    assert copied.title == "Copy"
    assert copied.get_latest_revision_as_object().title == "Copy"
    assert [name.text for name in copied.names.all()] == ["Copy"]
    below = RidePage.objects.child_of(copied).get()
    assert below.title == "The Beast"
    assert operations_of(copied) == operations_of(below) == ["create"]
    changes = {versions_of(page)[0].changeset_id for page in (copied, below)}
    assert len(changes) == 1


def test_an_old_draft_comes_back_as_a_draft(admin: Client) -> None:
    park = make_park(city="Huron")
    first = park.latest_revision
    draft = live(park)
    draft.city = "Sandusky"
    draft.save_revision()

    answer = ask(admin, park, "revert_to_page_revision", revision_id=first.pk)

    assert answer.status_code == 200
    assert operations_of(park) == ["create"]


@pytest.mark.parametrize(
    ("action", "data", "status"),
    [
        ("create_alias", {}, 409),
        ("move", {"destination_page_id": 10**30}, 404),
        ("move", {"destination_page_id": "x"}, 400),
        ("move", {}, 400),
        ("copy", {"slug": "kings-island"}, 400),
        ("copy", {"slug": "a\x00b"}, 400),
        ("copy", {"title": "x" * 300, "slug": "long"}, 400),
        ("copy", {"slug": "not a slug/"}, 400),
        ("revert_to_page_revision", {"revision_id": 10**30}, 404),
        ("nonsense", {}, 404),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    admin: Client, action: str, data: dict[str, Any], status: int
) -> None:
    park = make_park()
    make_park("Kings Island", slug="kings-island")
    pages = Page.objects.count()

    answer = ask(admin, park, action, **data)

    assert answer.status_code == status, answer.content.decode()
    assert Page.objects.count() == pages
    assert operations_of(park) == ["create"]


def test_a_place_that_is_taken_is_told(admin: Client) -> None:
    ride, there = make_ride(make_park(), slug="beast"), make_park("Kings Island")
    make_ride(there, "Other", slug="beast")

    answer = ask(
        admin, ride, "move", destination_page_id=there.pk, position="last-child"
    )

    assert answer.status_code == 409
    assert "same address" in answer.content.decode()
    assert operations_of(ride) == ["create"]


def test_a_locked_page_is_left_alone(admin: Client) -> None:
    park = make_park()
    ParkPage.objects.filter(pk=park.pk).update(
        locked=True,
        locked_at=timezone.now() - timedelta(hours=1),
        locked_by=make_person("Editor"),
    )

    for action in ("publish", "unpublish", "delete"):
        assert ask(admin, park, action).status_code == 403, action
    assert operations_of(park) == ["create"]


@pytest.mark.parametrize("group", ["Editor", "Member"])
def test_who_may_not_publish_in_the_admin_may_not_here(
    client: Client, group: str
) -> None:
    park = make_park()
    client.force_login(make_person(group))

    for action in ("publish", "unpublish", "delete"):
        assert ask(client, park, action).status_code in (302, 403, 404), action
    assert operations_of(park) == ["create"]

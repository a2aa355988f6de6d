"""Deleting, the trash and restoring as people in the admin see them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail.models import Page, PageLogEntry

import pytest

from history.models import Deletion
from parks.models import ParkArea, RidePage, RideStay
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.trash.deleting import delete, fresh, versions_of
from tests.moderation.admin_forms import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def admin() -> Any:
    return make_person("admin")


@pytest.fixture
def signed_in(client: Client, admin: Any) -> Client:
    client.force_login(admin)
    return client


def restore_address(deletion: Deletion) -> str:
    return reverse("history_trash_restore", args=(deletion.pk,))


def test_the_confirmation_asks_why_and_history_tells(signed_in: Client) -> None:
    ride = make_ride(make_park())

    form = signed_in.get(f"/admin/pages/{ride.pk}/delete/")
    answer = signed_in.post(f"/admin/pages/{ride.pk}/delete/", {"reason": "A hoax"})

    assert 'name="reason"' in form.content.decode()
    assert answer.status_code == 302
    assert versions_of(ride)[-1].changeset.reason == "A hoax"


def test_too_long_a_reason_is_asked_for_again_and_nothing_deleted(
    signed_in: Client,
) -> None:
    ride = make_ride(make_park())

    answer = signed_in.post(f"/admin/pages/{ride.pk}/delete/", {"reason": "x" * 201})

    assert answer.status_code == 400
    assert "at most 200 characters" in answer.content.decode()
    assert fresh(ride).live


def test_a_moderator_is_told_who_may_delete(client: Client) -> None:
    ride = make_ride(make_park())
    client.force_login(make_person("Moderator"))

    asked = client.get(f"/admin/pages/{ride.pk}/delete/")
    forced = client.post(f"/admin/pages/{ride.pk}/delete/")

    assert (asked.status_code, forced.status_code) == (403, 403)
    assert "one unpublishes it, another one deletes it" in asked.content.decode()
    assert fresh(ride).live


def test_deleting_several_says_of_each_that_stays_what_to_do_instead(
    client: Client, admin: Any
) -> None:
    moderator = make_person("Moderator")
    park = make_park()
    live, own = make_ride(park, "Live"), make_ride(park, "Own work")
    locked, draft = make_ride(park, "Locked"), make_ride(park, "Draft", publish=False)
    fresh(own).unpublish(user=moderator)
    fresh(locked).unpublish(user=admin)
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=admin)
    keys = "&".join(f"id={page.pk}" for page in (live, own, locked, draft))
    client.force_login(moderator)

    page = client.get(f"/admin/bulk/wagtailcore/page/delete/?{keys}&next=/admin/")

    _, _, kept = words(page).partition("Not deleted")
    assert "Live: “Live” is published. A published page is deleted by two" in kept
    assert "Own work: You have unpublished “Own work” yourself." in kept
    assert "Locked: It is locked, or a page below it is. Ask a moderator" in kept
    assert "Draft" not in kept


def test_deleting_several_says_that_others_stand_below_and_who_may(
    client: Client,
) -> None:
    editor = make_person("Editor")
    park = make_park(publish=False)
    make_ride(park, publish=False)
    client.force_login(editor)

    url = f"/admin/bulk/wagtailcore/page/delete/?id={park.pk}&next=/admin/"
    shown = words(client.get(url))

    assert "Other pages stand below it. Delete those first." in shown


def test_the_trash_lists_who_deleted_what_why_and_until_when(
    signed_in: Client, admin: Any
) -> None:
    address = reverse("trash_modeladmin_index")
    empty = signed_in.get(address).content.decode()
    park = make_park("Conneaut Lake")
    make_ride(park, "Blue Streak")
    deletion = delete(park, by=admin, reason="Never a park")

    listed = signed_in.get(address).content.decode()
    by_ride = signed_in.get(address, {"q": "Blue Streak"}).content.decode()
    nothing = signed_in.get(address, {"q": "Kennywood"}).content.decode()

    assert "The trash is empty" in empty
    for word in ("Conneaut Lake", "Never a park", str(admin), "/parks/conneaut-lake/"):
        assert word in listed
    assert f"{deletion.expires_at:%-d %B %Y}" in listed
    assert "Conneaut Lake" in by_ride
    assert "Conneaut Lake" not in nothing


def test_a_page_is_restored_in_the_admin(signed_in: Client, admin: Any) -> None:
    park = make_park()
    ride = make_ride(park)
    deletion = delete(ride, by=admin)

    shown = signed_in.get(restore_address(deletion))
    answer = signed_in.post(
        restore_address(deletion),
        {"parent": park.pk, "slug": "the-beast", "reason": "By mistake"},
    )

    assert "The Beast" in shown.content.decode()
    assert answer.headers["Location"] == reverse(
        "wagtailadmin_explore", args=(park.pk,)
    )
    assert versions_of(ride)[-1].changeset.reason == "By mistake"
    assert PageLogEntry.objects.filter(page=ride, action="history.restore").exists()


def test_a_taken_slug_is_said_beside_the_field_and_what_was_typed_stays(
    signed_in: Client, admin: Any
) -> None:
    park = make_park()
    deletion = delete(make_ride(park), by=admin)
    make_ride(park)

    answer = signed_in.post(
        restore_address(deletion),
        {"parent": park.pk, "slug": "the-beast", "reason": "By mistake"},
    )

    form = answer.context["form"]
    assert answer.status_code == 409
    assert "has taken the address" in form.errors["slug"][0]
    assert "By mistake" in answer.content.decode()


def test_restoring_twice_answers_409(signed_in: Client, admin: Any) -> None:
    park = make_park()
    deletion = delete(make_ride(park), by=admin)
    form = {"parent": park.pk, "slug": "the-beast"}
    signed_in.post(restore_address(deletion), form)

    again = signed_in.post(restore_address(deletion), form)

    assert again.status_code == 409
    assert RidePage.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "may"), [("Editor", False), ("Moderator", True), ("admin", True)]
)
def test_the_trash_is_for_those_who_may_restore(
    role: str, may: bool, client: Client, admin: Any
) -> None:
    deletion = delete(make_ride(make_park()), by=admin)
    client.force_login(make_person(role))

    listed = client.get(reverse("trash_modeladmin_index"))
    asked = client.get(restore_address(deletion))
    dashboard = client.get("/admin/").content.decode()

    assert (listed.status_code == 200, asked.status_code == 200) == (may, may)
    assert ("/admin/trash/" in dashboard) == may


def test_an_area_that_a_ride_stands_in_is_kept(signed_in: Client) -> None:
    park = make_park()
    area = ParkArea.objects.create(park=park, name="Frontier Town")
    ride = make_ride(park)
    ride.stays = [RideStay(park=park, area=area)]
    ride.save_revision().publish()

    answer = signed_in.post(f"/admin/snippets/parks/parkarea/delete/{area.pk}/")

    assert answer.status_code == 409
    assert "“The Beast”" in answer.content.decode()
    assert fresh(ride).stays.get().area == area

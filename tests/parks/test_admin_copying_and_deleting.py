"""Copying and deleting pages in the admin, with all that hangs on them."""

from typing import Any

from django.test import Client

from wagtail.models import Page, PageLogEntry

import pytest

from core.refusals import AliasRefused
from history.models import PageVersion
from home.models import HomePage
from parks.models import (
    CompanyPage,
    ParkExternalId,
    ParkPage,
    RideExternalId,
    RideModelPage,
    RidePage,
    RideStay,
)
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client, home: HomePage) -> Client:
    client.force_login(make_person("admin"))
    return client


def copy(client: Client, page: Page, **choices: Any) -> Any:
    form = {
        "new_title": f"{page.title} again",
        "new_slug": f"{page.slug}-again",
        "new_parent_page": page.get_parent().pk,
        **choices,
    }
    return client.post(f"/admin/pages/{page.pk}/copy/", form)


def delete(client: Client, page: Page) -> Any:
    return client.post(f"/admin/pages/{page.pk}/delete/")


def uuids_of(page: Any) -> set[Any]:
    rows = [row for rows in page.rows_in_memory().values() for row in rows]
    return {page.uuid, *(row.uuid for row in rows)}


# --- Copying --------------------------------------------------------------------


def test_a_copy_is_a_new_thing_with_new_rows(admin: Client) -> None:
    ride = make_ride(make_park(), maker=make_company(), height="110 ft")

    response = copy(admin, ride, publish_copies="on")

    copied = RidePage.objects.get(slug="the-beast-again")
    assert response.status_code == 302
    assert copied.live
    assert uuids_of(copied) & uuids_of(ride) == set()
    assert str(copied.tracks.get().height) == "110 ft"
    assert PageVersion.objects.get(object_uuid=copied.uuid).seq == 1


def test_a_copied_draft_can_be_published_and_edited(admin: Client) -> None:
    ride = make_ride(make_park(), maker=make_company())
    draft = ride.get_latest_revision_as_object()
    draft.search_description = "Second draft"
    draft.save_revision()

    copy(admin, ride)
    copied = RidePage.objects.get(slug="the-beast-again")
    copied.latest_revision.publish()

    copied = RidePage.objects.get(pk=copied.pk)
    assert (copied.live, copied.search_description) == (True, "Second draft")
    assert uuids_of(copied) & uuids_of(RidePage.objects.get(pk=ride.pk)) == set()


def test_a_row_of_a_copy_is_the_same_row_in_each_of_its_revisions(
    admin: Client,
) -> None:
    ride = make_ride(make_park())
    ride.save_revision()

    copy(admin, ride)

    copied = RidePage.objects.get(slug="the-beast-again")
    tracks = {
        revision.as_object().tracks.get().uuid for revision in copied.revisions.all()
    }
    assert tracks == {copied.tracks.get().uuid}


def test_a_copy_has_no_number_elsewhere(admin: Client) -> None:
    park = make_park()
    park.external_ids = [ParkExternalId(system="rcdb", value="4529")]
    park.save_revision().publish()
    ride = make_ride(park)
    ride.external_ids = [RideExternalId(system="rcdb", value="27")]
    ride.save_revision().publish()

    answers = [copy(admin, park), copy(admin, ride)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert ParkExternalId.objects.count() == RideExternalId.objects.count() == 1


def test_a_ride_copied_to_another_park_stands_there(admin: Client) -> None:
    there = make_park("There")
    ride = make_ride(make_park("Here"))

    response = copy(admin, ride, new_parent_page=there.pk, publish_copies="on")

    copied = RidePage.objects.get(slug="the-beast-again")
    assert response.status_code == 302
    assert [stay.park for stay in copied.stays.all()] == [there]


def test_a_park_is_copied_with_its_rides(admin: Client) -> None:
    park = make_park()
    make_ride(park)

    response = copy(admin, park, copy_subpages="on", publish_copies="on")

    copied = ParkPage.objects.get(slug="cedar-point-again")
    ride = RidePage.objects.child_of(copied).get()
    assert response.status_code == 302
    assert [stay.park_id for stay in ride.stays.all()] == [copied.pk]
    assert not any(Page.find_problems())


def test_the_copy_form_offers_no_alias(admin: Client) -> None:
    park = make_park()

    form = admin.get(f"/admin/pages/{park.pk}/copy/").context["form"]
    copy(admin, park, alias="on")

    assert "alias" not in form.fields
    assert ParkPage.objects.get(slug="cedar-point-again").alias_of is None


def test_an_alias_is_refused_and_leaves_the_tree_sound(home: HomePage) -> None:
    park = make_park()

    with pytest.raises(AliasRefused):
        park.create_alias(update_slug="alias")

    assert not Page.objects.filter(slug="alias").exists()
    assert not any(Page.find_problems())


# --- Deleting -------------------------------------------------------------------


def test_a_park_is_deleted_with_the_rides_that_stand_in_it(admin: Client) -> None:
    park = make_park()
    make_ride(park)

    response = delete(admin, park)

    assert response.status_code == 302
    assert not ParkPage.objects.exists()
    assert not RidePage.objects.exists()
    assert not any(Page.find_problems())


def test_a_park_that_a_ride_elsewhere_remembers_is_kept(admin: Client) -> None:
    before, now = make_park("Before"), make_park("Now")
    ride = make_ride(now, "Wanderer")
    ride.stays = [RideStay(park=before, ended="1990"), RideStay(park=now, began="1990")]
    ride.save_revision().publish()

    response = delete(admin, before)

    assert response.status_code == 409
    assert "“Wanderer”" in response.content.decode()
    assert ParkPage.objects.filter(pk=before.pk).exists()
    assert not PageLogEntry.objects.filter(action="wagtail.delete").exists()


def test_a_company_credited_on_a_ride_is_kept(admin: Client) -> None:
    maker = make_company()
    make_ride(make_park(), "Millennium Force", maker=maker)

    response = delete(admin, maker)

    assert response.status_code == 409
    assert "“Millennium Force”" in response.content.decode()
    assert CompanyPage.objects.filter(pk=maker.pk).exists()


def test_a_showman_is_deleted_with_the_rides_on_tour(admin: Client) -> None:
    showman = make_company("Barth", is_operator=True)
    make_ride(showman, "Olympia Looping", maker=showman)

    assert delete(admin, showman).status_code == 302
    assert not RidePage.objects.exists()


def test_a_model_in_use_is_kept_and_the_admin_says_where_it_is_used(
    admin: Client,
) -> None:
    model = make_model()
    make_ride(make_park(), model=model)

    asked = admin.get(f"/admin/pages/{model.pk}/delete/")
    forced = delete(admin, model)

    assert asked.context["is_protected"]
    assert asked.context["usage_count"] == 1
    assert forced.status_code == 302
    assert RideModelPage.objects.filter(pk=model.pk).exists()


def test_deleting_several_pages_at_once_is_refused_as_a_whole(admin: Client) -> None:
    maker, spare = make_company("In use"), make_company("Spare")
    make_ride(make_park(), maker=maker)

    response = admin.post(
        f"/admin/bulk/wagtailcore/page/delete/?id={spare.pk}&id={maker.pk}&next=/admin/"
    )

    assert response.status_code == 409
    assert CompanyPage.objects.count() == 2

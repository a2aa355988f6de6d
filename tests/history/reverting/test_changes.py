"""One change is undone, and nothing that came after it."""

from typing import Any

from django.test import Client
from django.utils import timezone

from wagtail.models import Page

import pytest

from core.changes import describe_change, one_action
from history.models import ChangeSet, PageVersion
from parks.models import ParkPage, RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.reverting.asking import (
    fields_to_decide,
    newest,
    revert,
    undoing,
)
from tests.history.suppression.hiding import hide, publish, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(make_person("admin", display_name="Ada"))
    return client


def test_later_edits_of_other_facts_stay(moderator: Client, park: ParkPage) -> None:
    publish(park, website="https://a.example/")

    answer = revert(moderator, undoing(park, 2))

    change = newest(park).changeset
    assert answer.status_code == 302
    assert (live(park).city, live(park).website) == ("Huron", "https://a.example/")
    assert (change.kind, change.undoes_id) == ("revert", version(park, 2).changeset_id)


def test_the_undone_change_and_the_undoing_one_name_each_other(
    moderator: Client, park: ParkPage
) -> None:
    revert(moderator, undoing(park, 2))

    undone, undoes = version(park, 2).changeset_id, newest(park).changeset_id
    html = moderator.get(f"/changes/{undone}/").content.decode()
    assert f'href="/changes/{undoes}/"' in html
    html = moderator.get(f"/changes/{undoes}/").content.decode()
    assert f'href="/changes/{undone}/"' in html


def test_edge_case_8_a_fact_that_was_edited_again_is_asked_about(
    moderator: Client, park: ParkPage
) -> None:
    publish(park, city="Erie")

    html = moderator.get(undoing(park, 2)).content.decode()
    answer = revert(moderator, undoing(park, 2))

    assert "To be decided: City" in html
    assert all(city in html for city in ("Huron", "Sandusky", "Erie"))
    assert answer.status_code == 422
    assert "Say what shall hold" in answer.content.decode()
    assert live(park).city == "Erie"


@pytest.mark.parametrize(("choice", "city"), [("theirs", "Huron"), ("ours", "Erie")])
def test_what_was_decided_holds(
    moderator: Client, park: ParkPage, choice: str, city: str
) -> None:
    draft = live(park)
    draft.city, draft.website = "Oslo", "https://wrong.example/"
    draft.save_revision().publish()
    publish(park, city="Erie")
    (field,) = fields_to_decide(moderator, undoing(park, 3))

    answer = revert(moderator, undoing(park, 3), **{field: choice})

    assert answer.status_code == 302
    # Before the third version it said Sandusky.
    expected = {"Huron": "Sandusky", "Erie": "Erie"}[city]
    assert (live(park).city, live(park).website) == (expected, "")


def test_deciding_against_everything_changes_nothing(
    moderator: Client, park: ParkPage
) -> None:
    publish(park, city="Erie")
    (field,) = fields_to_decide(moderator, undoing(park, 2))

    answer = revert(moderator, undoing(park, 2), **{field: "ours"})

    assert answer.status_code == 409
    assert "nothing would change" in answer.content.decode()
    assert newest(park).seq == 3


def test_an_unknown_decision_is_refused_beside_its_field(
    moderator: Client, park: ParkPage
) -> None:
    publish(park, city="Erie")
    (field,) = fields_to_decide(moderator, undoing(park, 2))

    answer = revert(moderator, undoing(park, 2), **{field: "both"})

    assert answer.status_code == 422
    assert live(park).city == "Erie"


def test_a_row_added_later_stays(moderator: Client) -> None:
    ride = make_ride(make_park(), height="110 ft")
    publish(ride, search_description="Loud")
    draft = live(ride)
    draft.tags.add("wooden")
    draft.save_revision().publish()

    revert(moderator, undoing(ride, 2))

    assert live(ride).search_description == ""
    assert [tag.name for tag in live(ride).tags.all()] == ["wooden"]


def both_cities(park: ParkPage, other: ParkPage, **facts: Any) -> ChangeSet:
    """One change of two parks."""
    with describe_change(reason="Both"), one_action("batch", gathers=True):
        for page in (park, other):
            publish(page, **facts)
    return newest(park).changeset


def test_a_change_of_two_pages_is_undone_as_one_change(
    moderator: Client, park: ParkPage
) -> None:
    other = make_park("Kings Island")
    change = both_cities(park, other, city="Oslo")
    assert newest(other).changeset_id == change.pk

    answer = revert(moderator, f"/changes/{change.pk}/revert/")

    assert answer.status_code == 302
    assert (live(park).city, live(other).city) == ("Sandusky", "")
    assert newest(park).changeset_id == newest(other).changeset_id
    assert newest(park).changeset.undoes_id == change.pk


def test_of_two_pages_none_is_changed_when_one_stands_in_the_way(
    moderator: Client, park: ParkPage
) -> None:
    other = make_park("Kings Island")
    change = both_cities(park, other, city="Oslo")
    draft = live(other)
    draft.city = "Mason"
    draft.save_revision()

    answer = revert(moderator, f"/changes/{change.pk}/revert/")

    assert answer.status_code == 409
    assert "Kings Island" in answer.content.decode()
    assert (live(park).city, live(other).city) == ("Oslo", "Oslo")


def test_an_unpublished_page_is_public_again(moderator: Client, park: ParkPage) -> None:
    live(park).unpublish()

    html = moderator.get(undoing(park, 3)).content.decode()
    answer = revert(moderator, undoing(park, 3))

    assert "Save as a draft" not in html
    assert answer.status_code == 302
    assert live(park).live
    assert newest(park).operation == "republish"
    assert newest(park).sha256 == version(park, 2).sha256


def test_a_new_page_is_hidden_again(moderator: Client) -> None:
    ride = make_ride(make_park())

    answer = revert(moderator, undoing(ride, 1))

    assert answer.status_code == 302
    assert not live(ride).live
    assert newest(ride).changeset.kind == "revert"


def test_edge_case_8_a_new_page_with_public_pages_below_it_is_not_hidden(
    moderator: Client,
) -> None:
    park = make_park()
    make_ride(park)

    answer = revert(moderator, undoing(park, 1))

    assert answer.status_code == 409
    assert "public pages below" in answer.content.decode()
    assert live(park).live


def test_a_moved_page_moves_back(admin: Client) -> None:
    park, other = make_park(), make_park("Kings Island")
    ride = make_ride(park)
    live(ride).move(Page.objects.get(pk=other.pk), pos="last-child")
    assert live(ride).get_parent().pk == other.pk

    answer = revert(admin, undoing(ride, 2))

    assert answer.status_code == 302
    assert live(ride).get_parent().pk == park.pk
    assert newest(ride).operation == "move"
    assert newest(ride).changeset.kind == "revert"
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_that_was_moved_again_stays_where_it_is(admin: Client) -> None:
    parks = [make_park(), make_park("Kings Island"), make_park("Kings Dominion")]
    ride = make_ride(parks[0])
    for park in parks[1:]:
        live(ride).move(Page.objects.get(pk=park.pk), pos="last-child")

    answer = admin.get(undoing(ride, 2))

    assert answer.status_code == 409
    assert "nothing to undo" in answer.content.decode()
    assert live(ride).get_parent().pk == parks[2].pk


def test_a_draft_of_other_facts_stays_when_a_page_is_public_again(
    moderator: Client, park: ParkPage
) -> None:
    live(park).unpublish()
    draft = live(park).get_latest_revision_as_object()
    draft.website = "https://a.example/"
    draft.save_revision()

    revert(moderator, undoing(park, 3))

    assert (live(park).live, live(park).website) == (True, "")
    draft = live(park).get_latest_revision_as_object()
    assert draft.website == "https://a.example/"


def test_the_undoing_change_is_shown_also_when_the_first_page_stays(
    moderator: Client, park: ParkPage
) -> None:
    other = make_park("Kings Island")
    change = both_cities(park, other, city="Oslo")
    publish(park, city="Sandusky")

    answer = revert(moderator, f"/changes/{change.pk}/revert/")

    assert answer.url == f"/changes/{newest(other).changeset_id}/"
    assert (newest(other).changeset.kind, live(other).city) == ("revert", "")
    assert live(park).city == "Sandusky"


def test_a_page_that_stays_is_left_alone(moderator: Client, park: ParkPage) -> None:
    other = make_park("Kings Island")
    change = both_cities(park, other, city="Oslo")
    publish(park, city="Sandusky")
    drafts = park.revisions.count()
    ParkPage.objects.filter(pk=park.pk).update(
        locked=True, locked_by=make_person("admin"), locked_at=timezone.now()
    )

    answer = revert(moderator, f"/changes/{change.pk}/revert/", draft="1")

    assert answer.status_code == 302
    assert park.revisions.count() == drafts
    assert live(other).get_latest_revision_as_object().city == ""


def test_a_deletion_is_undone_from_the_trash(admin: Client) -> None:
    ride = make_ride(make_park())
    address = undoing(ride, 1)
    live(ride).delete()

    html = admin.get(address).content.decode()

    assert "from the trash" in html
    assert "<form" not in html.partition("<main")[2].partition("</main")[0]
    assert not RidePage.objects.exists()


def test_a_suppressed_text_does_not_come_back(admin: Client, park: ParkPage) -> None:
    publish(park, city="Erie")
    hide(version(park, 1), make_person("admin"), make_person("admin"))

    assert admin.get(undoing(park, 2)).status_code == 403


def test_a_change_of_more_pages_than_fit_is_refused(
    admin: Client, park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("history.reverting.plans.MOST_OBJECTS", 1)
    other = make_park("Kings Island")
    change = both_cities(park, other, city="Oslo")

    answer = admin.get(f"/changes/{change.pk}/revert/")

    assert answer.status_code == 409
    assert "2 pages" in answer.content.decode()


def test_links_to_revert_are_there_for_those_who_may(
    moderator: Client, park: ParkPage
) -> None:
    change = f"/changes/{version(park, 2).changeset_id}/"
    first = "/parks/cedar-point/history/1/"

    for address in (change, first):
        assert f'href="{address}revert/"' in moderator.get(address).content.decode()
        assert "revert/" not in Client().get(address).content.decode()


def test_those_who_may_not_edit_may_not_revert(client: Client, park: ParkPage) -> None:
    address = undoing(park, 2)

    assert client.get(address).status_code == 302
    client.force_login(make_person("Member"))
    assert client.get(address).status_code == 403
    assert client.post(address, {"reason": "Mine"}).status_code == 403
    assert client.get("/changes/99999999/revert/").status_code == 404


def test_nobody_learns_of_a_change_they_may_not_see(
    client: Client, park: ParkPage
) -> None:
    address = undoing(park, 2)
    live(park).unpublish()
    client.force_login(make_person("Member"))

    assert client.get(address).status_code == 404
    assert PageVersion.objects.exists()

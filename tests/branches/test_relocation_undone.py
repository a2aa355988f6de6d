"""A ride that went to another park goes back, with all that was said of it."""

from typing import Any

from django.test import Client

import pytest

from branches.models import Proposal
from history.models import PageVersion
from history.verifying import verify
from parks.models import ParkPage, RidePage
from tests.branches.test_relocation import approve, suggest_move
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.reverting.asking import (
    fields_to_decide,
    newest,
    revert,
    undoing,
)


@pytest.fixture
def there(park: ParkPage) -> ParkPage:
    return make_park("Kings Island", city="Mason", opened="1972-04-29")


@pytest.fixture
def relocation(
    as_member: Client, moderator: Any, ride: RidePage, there: ParkPage
) -> Proposal:
    """It went there and got another name; that is version 2 of the ride."""
    proposal = suggest_move(as_member, ride, title="The Hound")
    approve(proposal, moderator)
    return proposal


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(make_person("admin", display_name="Ada"))
    return client


def stays(ride: RidePage) -> list[tuple[str, str]]:
    return [(stay.park.title, str(stay.ended or "")) for stay in live(ride).stays.all()]


@pytest.mark.usefixtures("relocation")
@pytest.mark.parametrize("way", ["change", "version"])
def test_a_relocation_is_taken_back_with_its_facts_in_one_version(
    admin: Client, ride: RidePage, park: ParkPage, way: str
) -> None:
    address, gone = ride.url, live(ride).url
    way_back = undoing(ride, 2) if way == "change" else f"{gone}history/1/revert/"
    asked = admin.get(way_back).content.decode()
    assert "It moves back to where it stood" in asked
    assert "The Hound" in asked

    answer = revert(admin, way_back)

    assert answer.status_code == 302, answer.content.decode()
    now = live(ride)
    assert (now.title, now.url, stays(ride)) == (
        ride.title,
        address,
        [(park.title, "")],
    )
    assert now.get_parent().pk == park.pk
    last = newest(ride)
    assert (last.seq, last.operation, last.changeset.kind) == (3, "move", "revert")
    assert Client().get(gone).headers["Location"] == address
    assert list(verify()) == []


@pytest.mark.usefixtures("relocation")
def test_taking_a_relocation_back_can_be_taken_back(
    admin: Client, ride: RidePage, there: ParkPage
) -> None:
    revert(admin, undoing(ride, 2))

    answer = revert(admin, undoing(ride, 3))

    assert answer.status_code == 302, answer.content.decode()
    assert live(ride).title == "The Hound"
    assert live(ride).get_parent().pk == there.pk
    assert [park for park, _ended in stays(ride)] == ["Cedar Point", "Kings Island"]
    assert list(verify()) == []


@pytest.mark.usefixtures("relocation")
def test_it_stays_where_later_edits_of_its_stays_are_kept(
    admin: Client, ride: RidePage, there: ParkPage
) -> None:
    draft = live(ride).get_latest_revision_as_object()
    rows = list(draft.stays.all())
    rows[1].began = "1994"
    draft.stays = rows
    draft.save_revision().publish()
    [field] = fields_to_decide(admin, undoing(ride, 2))

    answer = revert(admin, undoing(ride, 2), **{field: "ours"})

    assert answer.status_code == 302, answer.content.decode()
    now = live(ride)
    assert (now.title, now.get_parent().pk) == (ride.title, there.pk)
    assert list(verify()) == []


@pytest.mark.usefixtures("relocation")
def test_a_place_taken_meanwhile_is_told_and_nothing_is_changed(
    admin: Client, ride: RidePage, park: ParkPage, there: ParkPage
) -> None:
    make_ride(park, "Another one", slug=ride.slug)
    versions = PageVersion.objects.count()

    answer = revert(admin, undoing(ride, 2))

    assert answer.status_code == 409
    assert "another page has the same address" in answer.content.decode()
    assert PageVersion.objects.count() == versions
    assert live(ride).get_parent().pk == there.pk


@pytest.mark.usefixtures("relocation")
def test_what_is_not_public_goes_back_as_a_draft_and_stays_where_it_is(
    admin: Client, ride: RidePage, there: ParkPage
) -> None:
    way_back = f"{live(ride).url}history/1/revert/"
    live(ride).unpublish()
    asked = admin.get(way_back).content.decode()
    assert "Publish the revert" not in asked

    refused = revert(admin, way_back)
    kept = revert(admin, way_back, draft="1")

    assert (refused.status_code, kept.status_code) == (403, 302)
    now = live(ride)
    assert (now.live, now.title, now.get_parent().pk) == (False, "The Hound", there.pk)
    assert now.get_latest_revision_as_object().title == ride.title
    assert newest(ride).operation == "unpublish"

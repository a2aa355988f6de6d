"""Members suggest parks and rides that are missing."""

from typing import Any

from django.test import Client

from branches.models import ItemOperation, Proposal
from branches.states import ProposalState
from history.models import ChangeKind, Operation, PageVersion
from history.verifying import verify
from parks.models import ParkIndexPage, ParkPage, RidePage
from tests.branches.filling import WORDS, form_at, hand_in, text_of
from tests.factories.pages import make_ride
from tests.history.published import live

NEW_RIDE = {
    "title": "Banshee",
    "status_periods__0__status": "operating",
    "status_periods__0__began": "18 April 2014",
    "tracks__0__height": "167 ft",
}


def at(park: ParkPage) -> str:
    return f"{park.url}suggest/new/"


def approve(client: Client, proposal: Proposal) -> Any:
    data = {"content_hash": proposal.content_hash, "decision": "approve"}
    return client.post(f"{proposal.get_absolute_url()}decide/", data)


def test_parks_invite_to_suggest_a_ride_and_their_list_a_park(
    client: Client, park: ParkPage, ride: RidePage
) -> None:
    parks = ParkIndexPage.objects.get()

    assert at(park) in client.get(park.url).content.decode()
    assert f"{parks.url}suggest/new/" in client.get(parks.url).content.decode()
    assert "suggest/new/" not in client.get(ride.url).content.decode()


def test_a_suggested_ride_is_there_once_it_is_approved(
    as_member: Client, as_moderator: Client, member: Any, moderator: Any, park: ParkPage
) -> None:
    hand_in(as_member, at(park), **NEW_RIDE)
    proposal = Proposal.objects.get()
    assert proposal.state == ProposalState.IN_REVIEW
    assert proposal.items.get().operation == ItemOperation.CREATE
    assert not RidePage.objects.exists()
    assert "167 ft" in text_of(as_moderator.get(proposal.get_absolute_url()))

    response = approve(as_moderator, proposal)

    assert response.status_code == 302, text_of(response)
    ride = RidePage.objects.get()
    assert (ride.title, ride.slug, ride.live) == ("Banshee", "banshee", True)
    assert ride.get_parent().pk == park.pk
    assert ride.stays.get().park_id == park.pk
    assert ride.uuid == proposal.items.get().object_uuid
    version = PageVersion.objects.get(object_uuid=ride.uuid)
    assert version.operation == Operation.CREATE
    change = version.changeset
    assert (change.author, change.publisher) == (member, moderator)
    assert change.kind == ChangeKind.MERGE
    assert as_member.get(ride.url).status_code == 200
    assert list(verify()) == []


def test_a_suggested_park_is_there_once_it_is_approved(
    as_member: Client, as_moderator: Client, home: Any
) -> None:
    parks = ParkIndexPage.objects.get()
    hand_in(
        as_member,
        f"{parks.url}suggest/new/",
        title="Luna Park",
        country="AU",
        status_periods__0__status="operating",
        status_periods__0__began="c. 1902",
    )

    approve(as_moderator, Proposal.objects.get())

    park = ParkPage.objects.get()
    assert (park.title, park.live) == ("Luna Park", True)


def test_what_is_wrong_about_a_new_ride_is_said_in_its_form(
    as_member: Client, park: ParkPage
) -> None:
    response = hand_in(as_member, at(park), **{**NEW_RIDE, "title": ""})

    assert response.status_code == 422
    assert 'value="167 ft"' in response.content.decode()
    assert not Proposal.objects.exists()


def test_a_new_ride_is_previewed_and_revised(as_member: Client, park: ParkPage) -> None:
    data = form_at(as_member, at(park), **NEW_RIDE)
    preview = as_member.post(at(park), {**data, "preview": "1"})
    assert "Banshee" in text_of(preview)
    as_member.post(at(park), {**data, **WORDS, "draft": "1"})
    proposal = Proposal.objects.get()
    uuid = proposal.items.get().object_uuid

    hand_in(
        as_member, f"{proposal.get_absolute_url()}edit/", tracks__0__height="168 ft"
    )

    item = Proposal.objects.get().items.get()
    assert item.object_uuid == uuid
    assert item.content["tracks"][0]["height"] == "168 ft"


def test_a_ride_whose_address_is_taken_meanwhile_gets_another_one(
    as_member: Client, as_moderator: Client, park: ParkPage
) -> None:
    hand_in(as_member, at(park), **NEW_RIDE)
    make_ride(park, "Banshee")

    approve(as_moderator, Proposal.objects.get())

    slugs = sorted(RidePage.objects.values_list("slug", flat=True))
    assert slugs == ["banshee", "banshee-2"]


def test_edge_case_4_a_ride_of_a_park_that_is_not_public_any_more_waits(
    as_member: Client, as_moderator: Client, park: ParkPage
) -> None:
    hand_in(as_member, at(park), **NEW_RIDE)
    live(park).unpublish()

    response = approve(as_moderator, Proposal.objects.get())

    assert response.status_code == 409
    assert "not public any more" in text_of(response)
    assert not RidePage.objects.exists()


def test_an_approval_asked_for_twice_adds_one_ride(
    as_member: Client, as_moderator: Client, park: ParkPage
) -> None:
    hand_in(as_member, at(park), **NEW_RIDE)
    proposal = Proposal.objects.get()

    first = approve(as_moderator, proposal)
    second = approve(as_moderator, proposal)

    assert (first.status_code, second.status_code) == (302, 409)
    assert RidePage.objects.count() == 1

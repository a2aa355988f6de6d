"""A ride that went to another park, as a member suggests it: one change."""

from typing import Any

from django.test import Client

import pytest

from branches.actions import resolve
from branches.merging.plans import plan_merge
from branches.models import ItemOperation, Proposal
from branches.states import ProposalState
from history.merging import Side
from history.models import PageVersion
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage, RidePage
from tests.branches.filling import hand_in, text_of
from tests.branches.proposing import publish_height, suggested
from tests.factories.pages import make_park
from tests.history.published import live

LEFT = {
    "stays-0-ended": "1992",
    "stays-1-park": "Kings Island",
    "stays-1-began": "1993",
    "stays-1-continuity": "relocated_same_track",
}


@pytest.fixture
def there(park: ParkPage) -> ParkPage:
    return make_park("Kings Island", city="Mason", opened="1972-04-29")


def suggest_move(client: Client, ride: RidePage, **more: Any) -> Proposal:
    response = hand_in(client, f"{ride.url}suggest/", **{**LEFT, **more})
    if response.status_code == 422:
        response = hand_in(
            client, f"{ride.url}suggest/", **{**LEFT, **more}, accept_warnings="on"
        )
    assert response.status_code == 302, text_of(response)
    return Proposal.objects.latest("pk")


def approve(proposal: Proposal, by: Any) -> Proposal:
    text = live(proposal).content_hash
    return approve_suggestion(proposal, by=by, content_hash=text)


def test_a_stay_elsewhere_moves_the_page_and_renames_it_in_one_version(
    as_member: Client,
    client: Client,
    moderator: Any,
    ride: RidePage,
    park: ParkPage,
    there: ParkPage,
) -> None:
    before = ride.url
    proposal = suggest_move(as_member, ride, title="The Hound")
    item = proposal.items.all()[0]
    assert (item.operation, item.place_uuid) == (ItemOperation.MOVE, there.uuid)
    assert "would move to Kings Island" in text_of(
        as_member.get(proposal.get_absolute_url())
    )

    approve(proposal, moderator)

    moved = live(ride)
    assert (moved.title, moved.get_parent().pk) == ("The Hound", there.pk)
    versions = PageVersion.objects.filter(object_uuid=ride.uuid)
    assert versions.count() == 2
    led = client.get(before)
    assert (led.status_code, led.headers["Location"]) == (301, moved.url)
    assert client.get(moved.url).status_code == 200
    assert "Moved away" in text_of(client.get(park.url))
    assert list(verify()) == []


def test_edge_case_17_a_relocation_and_new_figures_of_one_ride_both_come_in(
    as_member: Client,
    client: Client,
    member: Any,
    moderator: Any,
    ride: RidePage,
    there: ParkPage,
) -> None:
    before = ride.url
    figures = suggested(ride, by=member, track_height="300 ft")
    relocation = suggest_move(as_member, ride)

    approve(relocation, moderator)
    approve(figures, moderator)

    moved = live(ride)
    assert moved.get_parent().pk == there.pk
    assert str(moved.tracks.get().height).startswith("300")
    assert client.get(before).headers["Location"] == moved.url


def test_a_relocation_waits_out_figures_that_are_published_meanwhile(
    as_member: Client, moderator: Any, ride: RidePage, there: ParkPage
) -> None:
    relocation = suggest_move(as_member, ride)
    publish_height(ride, "299 ft")

    approve(relocation, moderator)

    moved = live(ride)
    assert moved.get_parent().pk == there.pk
    assert str(moved.tracks.get().height).startswith("299")


def test_a_suggestion_that_goes_on_with_the_old_place_moves_nothing(
    as_member: Client, moderator: Any, ride: RidePage, park: ParkPage, there: ParkPage
) -> None:
    relocation = suggest_move(as_member, ride)
    stays = PageVersion.objects.get(object_uuid=ride.uuid)
    response = hand_in(
        as_member,
        f"/suggestions/{relocation.pk}/edit/",
        **{"stays-0-ended": "", "stays-1-DELETE": "on", "title": "Renamed"},
    )
    assert response.status_code == 302, text_of(response)

    item = live(relocation).items.all()[0]
    assert (item.operation, item.place_uuid) == (ItemOperation.EDIT, None)
    assert item.base == stays


def test_where_the_stays_of_the_page_are_kept_it_stays_where_it_is(
    as_member: Client,
    member: Any,
    moderator: Any,
    ride: RidePage,
    park: ParkPage,
    there: ParkPage,
) -> None:
    relocation = suggest_move(as_member, ride, title="The Hound")
    draft = live(ride).get_latest_revision_as_object()
    stays = list(draft.stays.all())
    stays[0].began = "1979"
    draft.stays = stays
    draft.save_revision().publish()
    plan = plan_merge(live(relocation))
    choices = {(item.prefix, one.key): Side.OURS for item, one in plan.conflicts}

    assert len(choices) == 1
    settled = plan_merge(live(relocation), choices=choices)
    resolve(live(relocation), by=member, seen=settled.seen, choices=choices)
    approve(relocation, moderator)

    now = live(ride)
    assert (now.title, now.get_parent().pk) == ("The Hound", park.pk)
    assert live(relocation).state == ProposalState.MERGED

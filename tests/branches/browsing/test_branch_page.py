"""The page of a branch says what it would change, to who may know of it."""

from typing import Any

from django.test import Client

from wagtail.models import PageViewRestriction

import pytest

from branches.actions import begin_branch, put_all_on, put_on
from branches.states import ProposalState
from history.models import PageVersion
from parks.models import ParkPage, RidePage
from tests.branches.browsing.looking import signed_in
from tests.branches.filling import text_of
from tests.branches.proposing import branch_with, handed_in, new_piece, piece
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live, live_city
from tests.history.suppression.hiding import CANARY, publish

pytestmark = pytest.mark.usefixtures("home")


def test_a_branch_is_compared_with_what_is_published_page_by_page(
    as_editor: Client, editor: Any, ride: RidePage, park: ParkPage
) -> None:
    other = make_ride(park, title="Stays")
    new_home = make_park(title="New home")
    branch = branch_with(
        piece(park, city="Sandusky"),
        piece(ride, "move", below=new_home),
        piece(other, "unpublish"),
        new_piece(RidePage(title="Ghost", category="water"), park.uuid),
        by=editor,
    )

    shown = text_of(as_editor.get(branch.get_absolute_url()))

    assert "Huron" in shown
    assert "Sandusky" in shown
    assert f"from {ride.url} to /parks/new-home/{ride.slug}/" in shown
    assert "The page would not be public any more." in shown
    assert f"Add at {park.url}ghost/" in shown


@pytest.mark.parametrize(
    ("whole", "state", "level"),
    [
        (True, ProposalState.BLOCKED, "Has to be mended"),
        (False, ProposalState.IN_REVIEW, "Look at this"),
    ],
    ids=["whole", "by the hundred"],
)
def test_what_the_checks_found_is_said_and_stops_what_is_published_whole(
    as_editor: Client,
    editor: Any,
    ride: RidePage,
    park: ParkPage,
    whole: bool,
    state: str,
    level: str,
) -> None:
    branch = begin_branch("Tall", by=editor, reason="New", merges_whole=whole)
    pieces = [piece(ride, track_height="94000 m"), piece(park, city="Sandusky")]

    branch = handed_in(put_all_on(branch, pieces, by=editor), by=editor)

    shown = text_of(as_editor.get(branch.get_absolute_url()))
    assert branch.state == state
    assert f"{level} {ride.title} : “{ride.title}” cannot be published" in shown
    at_the_desk = text_of(as_editor.get(f"/admin/branches/{branch.pk}/"))
    assert ("See what they found" in at_the_desk) == whole


def test_what_the_checks_found_on_a_private_page_is_not_said_to_who_may_not_read_it(
    editor: Any, ride: RidePage, park: ParkPage, moderator: Any
) -> None:
    branch = branch_with(piece(ride, track_height="94000 m"), by=moderator)
    handed_in(branch, by=moderator)
    PageViewRestriction.objects.create(
        page=ride, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )

    def told(person: Any) -> bool:
        page = signed_in(person).get(branch.get_absolute_url())
        return "cannot be published" in text_of(page)

    assert (told(moderator), told(editor)) == (True, False)


def test_a_branch_of_many_pages_is_shown_by_the_fifty(
    as_editor: Client, editor: Any, park: ParkPage
) -> None:
    rides = [
        RidePage(title=f"Ride {number:03}", category="roller_coaster")
        for number in range(52)
    ]
    branch = begin_branch("Many", by=editor)
    put_all_on(branch, [new_piece(ride, park.uuid) for ride in rides], by=editor)
    address = branch.get_absolute_url()

    first = as_editor.get(address).content.decode()
    second = as_editor.get(f"{address}?page=2").content.decode()

    assert first.count('hx-trigger="revealed"') == 50
    assert "Ride 051" not in first
    assert "Ride 051" in second
    assert as_editor.get(f"{address}?page=%00").status_code == 400
    assert as_editor.get(f"{address}?page=x").status_code == 400


def test_one_page_of_a_branch_is_fetched_with_or_without_the_frame(
    as_editor: Client, editor: Any, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)
    address = f"/branches/{branch.pk}/items/{park.uuid}/"

    whole = as_editor.get(address)
    part = as_editor.get(address, headers={"HX-Request": "true"})

    assert "Sandusky" in text_of(whole)
    assert "<html" in whole.content.decode()
    assert "Sandusky" in text_of(part)
    assert "<html" not in part.content.decode()
    other = make_park(title="Not on it")
    gone = as_editor.get(f"/branches/{branch.pk}/items/{other.uuid}/")
    assert gone.status_code == 404


def test_conflicts_and_what_is_not_sound_stand_at_the_head_of_the_page(
    as_editor: Client, editor: Any, ride: RidePage, park: ParkPage
) -> None:
    other = make_ride(park, title="Neighbour")
    branch = branch_with(
        piece(park, city="Sandusky"), piece(ride, "rename", slug=other.slug), by=editor
    )
    publish(park, city="Vermilion")

    shown = text_of(as_editor.get(branch.get_absolute_url()))

    assert "1 page of it was published anew by others" in shown
    assert "Settle the conflicts" in shown
    assert f"Another page there has the address “{other.slug}” already" in shown


def test_a_draft_of_a_branch_is_for_the_editing_desk(
    client: Client, as_member: Client, as_moderator: Client, editor: Any, park: Any
) -> None:
    branch = branch_with(piece(park, city=CANARY), by=editor)
    address = branch.get_absolute_url()

    assert client.get(address).status_code == 404
    assert as_member.get(address).status_code == 404
    assert as_moderator.get(address).status_code == 200
    handed_in(branch, by=editor)
    assert CANARY in text_of(client.get(address))


def test_private_pages_of_a_branch_are_left_out_for_who_may_not_read_them(
    client: Client, as_moderator: Client, editor: Any, park: ParkPage
) -> None:
    secret = make_park(title="Secret park")
    branch = branch_with(
        piece(park, city="Sandusky"), piece(secret, city=CANARY), by=editor
    )
    annexe = RidePage(title="Secret ride", category="roller_coaster")
    put_on(branch, new_piece(annexe, secret.uuid), by=editor)
    handed_in(live(branch), by=editor)
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    shown = client.get(branch.get_absolute_url()).content.decode()

    assert "Sandusky" in shown
    assert "Secret" not in shown
    assert CANARY not in shown
    assert "2 pages are not shown to you" in shown
    item = client.get(f"/branches/{branch.pk}/items/{secret.uuid}/")
    assert item.status_code == 404
    assert CANARY in text_of(as_moderator.get(branch.get_absolute_url()))


def test_an_editor_hands_in_and_a_moderator_publishes_from_the_page(
    as_editor: Client, as_moderator: Client, editor: Any, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)
    address = branch.get_absolute_url()

    as_editor.post(f"{address}hand-in/", {"seen": branch.content_hash})
    decided = as_moderator.post(
        f"/suggestions/{branch.pk}/decide/",
        {"decision": "approve", "content_hash": branch.content_hash},
    )

    assert decided["Location"] == address
    assert live(branch).state == ProposalState.MERGED
    assert live_city(park) == "Sandusky"
    assert "What it said" in text_of(as_moderator.get(address))


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("0" * 64, "The text changed since you opened it"),
        ("0" * 65, "does not say which text it is about"),
        ("0\x00", "does not say which text it is about"),
    ],
)
def test_a_decision_about_another_text_is_refused_on_the_page_of_the_branch(
    as_moderator: Client, editor: Any, park: ParkPage, read: str, told: str
) -> None:
    branch = handed_in(branch_with(piece(park, city="Sandusky"), by=editor), by=editor)

    answer = as_moderator.post(
        f"/suggestions/{branch.pk}/decide/",
        {"decision": "approve", "content_hash": read},
    )

    assert answer.status_code == 409
    assert told in text_of(answer)
    assert live_city(park) == "Huron"


def test_who_wrote_on_a_branch_is_offered_no_decision(
    editor: Any, moderator: Any, as_moderator: Client, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)
    branch = put_on(branch, piece(make_park("Other"), city="Rust"), by=moderator)
    handed_in(branch, by=editor)
    stranger = make_person("Moderator")
    client = Client()
    client.force_login(stranger)

    own = text_of(as_moderator.get(branch.get_absolute_url()))
    other = text_of(client.get(branch.get_absolute_url()))

    assert "Your decision" not in own
    assert "Your decision" in other


def test_what_a_merged_branch_said_can_be_read(
    client: Client, editor: Any, moderator: Any, park: ParkPage
) -> None:
    branch = handed_in(branch_with(piece(park, city="Sandusky"), by=editor), by=editor)
    as_moderator = Client()
    as_moderator.force_login(moderator)
    as_moderator.post(
        f"/suggestions/{branch.pk}/decide/",
        {"decision": "approve", "content_hash": branch.content_hash},
    )
    publish(park, city="Vermilion")

    shown = text_of(client.get(branch.get_absolute_url()))

    assert "Sandusky" in shown
    assert "Vermilion" not in shown
    assert PageVersion.objects.filter(object_uuid=park.uuid).count() == 3


def test_who_discards_a_branch_is_led_to_the_branches_and_told_so(
    as_editor: Client, editor: Any, home: Any
) -> None:
    branch = begin_branch("Season 2027", by=editor, reason="For the new season")

    answer = as_editor.post(f"/suggestions/{branch.pk}/withdraw/", follow=True)

    assert answer.redirect_chain == [("/branches/", 302)]
    assert "The branch is withdrawn" in answer.content.decode()

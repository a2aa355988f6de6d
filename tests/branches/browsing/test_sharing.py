"""A link shows a branch to people without rights for some days, and nothing private."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from branches.actions import end_sharing, put_on, share_branch
from branches.models import Proposal
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage, RidePage
from tests.branches.browsing.looking import looking_at, shared, signed_in
from tests.branches.filling import text_of
from tests.branches.proposing import branch_with, handed_in, new_piece, piece
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.suppression.hiding import CANARY, hide, publish, version

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def branch(park: ParkPage, editor: Any) -> Proposal:
    return branch_with(piece(park, city=CANARY), by=editor)


def test_a_link_shows_the_branch_and_leaves_the_address(
    client: Client, branch: Proposal, editor: Any, park: ParkPage
) -> None:
    asked = client.get(f"{park.url}{shared(branch, by=editor)}&page=1")

    assert (asked.status_code, asked["Location"]) == (302, f"{park.url}?page=1")
    assert asked["Cache-Control"] == "private, no-store"
    assert CANARY in text_of(client.get(park.url))


def test_a_link_of_another_site_leads_to_this_one(
    client: Client, branch: Proposal, editor: Any
) -> None:
    asked = client.get(f"/{shared(branch, by=editor)}", PATH_INFO="//example.org/")

    assert asked["Location"] == "/%2Fexample.org/"


@pytest.mark.parametrize("way", ["expired", "ended", "renewed", "forged", "merged"])
def test_a_link_that_has_ended_shows_nothing_of_the_branch(
    client: Client,
    branch: Proposal,
    editor: Any,
    moderator: Any,
    park: ParkPage,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    query = shared(branch, by=editor)
    followed = Client()
    followed.get(f"{park.url}{query}")
    match way:
        case "expired":
            after = timezone.now() + timedelta(days=7, minutes=1)
            monkeypatch.setattr(timezone, "now", lambda: after)
        case "ended":
            end_sharing(branch, by=editor)
        case "renewed":
            share_branch(branch, by=editor)
        case "forged":
            query = f"{query}x"
            followed = client
        case "merged":
            approve_suggestion(
                handed_in(branch, by=editor),
                by=moderator,
                content_hash=branch.content_hash,
            )

    asked = client.get(f"{park.url}{query}")

    assert asked.status_code == 410
    assert "This link has ended" in text_of(asked)
    assert "You are looking at the branch" not in text_of(followed.get(park.url))


def test_a_link_ends_with_the_rights_of_whoever_shares_it(
    client: Client, branch: Proposal, editor: Any, park: ParkPage
) -> None:
    client.get(f"{park.url}{shared(branch, by=editor)}")

    editor.groups.clear()

    assert CANARY not in text_of(client.get(park.url))


def test_the_link_of_one_branch_shows_no_other(
    client: Client, branch: Proposal, editor: Any, park: ParkPage
) -> None:
    other = branch_with(piece(make_park("Other")), by=editor, name="Another")

    client.get(f"{park.url}{shared(other, by=editor)}")

    assert CANARY not in text_of(client.get(park.url))
    assert client.get(branch.get_absolute_url()).status_code == 404


def test_a_member_cannot_choose_a_branch(
    as_member: Client, branch: Proposal, park: ParkPage
) -> None:
    answers = [
        as_member.post(f"/branches/{branch.pk}/look/").status_code,
        as_member.post(f"/branches/{branch.pk}/share/").status_code,
        as_member.get("/branches/").status_code,
        as_member.get(f"/branches/{branch.pk}/").status_code,
        as_member.get(f"/branches/{branch.pk}/update/").status_code,
    ]

    assert set(answers) == {404}
    assert CANARY not in text_of(as_member.get(park.url))


def test_private_pages_stay_private_on_a_branch(
    client: Client, branch: Proposal, editor: Any, park: ParkPage
) -> None:
    ride = RidePage(title="Secret ride", category="roller_coaster")
    put_on(branch, new_piece(ride, park.uuid), by=editor)
    query = shared(branch, by=editor)
    PageViewRestriction.objects.create(page=park, restriction_type="login")
    client.get(f"/{query}")

    for address in (park.url, f"{park.url}secret-ride/", "/parks/", "/"):
        answer = client.get(address, follow=True)
        assert CANARY not in answer.content.decode()
        assert "Secret ride" not in answer.content.decode()


def test_a_ride_that_leaves_a_private_park_is_not_shown_at_its_new_one(
    client: Client, editor: Any, ride: RidePage, park: ParkPage
) -> None:
    new_home = make_park("New home")
    branch = branch_with(piece(ride, "move", below=new_home), by=editor)
    query = shared(branch, by=editor)
    PageViewRestriction.objects.create(page=park, restriction_type="login")
    client.get(f"/{query}")

    moved = client.get(f"{new_home.url}{ride.slug}/")

    assert moved.status_code == 404
    assert ride.title not in text_of(client.get(new_home.url))


def test_a_text_that_has_been_hidden_since_is_not_shown_by_a_branch(
    as_editor: Client, editor: Any, park: ParkPage
) -> None:
    publish(park, city=CANARY)
    branch = branch_with(piece(park, address="At the lake"), by=editor)
    publish(park, city="Sandusky")
    hide(version(park, 2), make_person("admin"), make_person("admin"))
    looking_at(branch, as_editor)

    assert CANARY not in as_editor.get(park.url).content.decode()
    page = as_editor.get(branch.get_absolute_url())
    assert CANARY not in page.content.decode()


def test_nothing_seen_on_a_branch_is_kept_for_anybody(
    client: Client, branch: Proposal, editor: Any, member: Any, park: ParkPage
) -> None:
    query = shared(branch, by=editor)
    as_member = signed_in(member)
    client.get(f"/{query}")
    as_member.get(f"/{query}")
    addresses = (park.url, "/parks/", "/search/?q=cedar", "/changes/", "/nowhere/")

    for address in addresses:
        for looking in (client, as_member):
            answer = looking.get(address)
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["X-Robots-Tag"] == "noindex, nofollow"
            assert not answer.has_header("ETag")
            assert "Season 2027" in answer.content.decode()
        for other in (Client(), signed_in(member)):
            answer = other.get(address)
            assert CANARY not in answer.content.decode()
            assert "Season 2027" not in answer.content.decode()


def test_what_is_kept_of_a_page_is_not_served_on_a_branch(
    branch: Proposal, editor: Any, member: Any, park: ParkPage
) -> None:
    as_member = signed_in(member)
    as_member.get(park.url)
    as_member.get(park.url)

    as_member.get(f"/{shared(branch, by=editor)}")

    assert CANARY in text_of(as_member.get(park.url))


def test_who_looks_at_no_branch_is_asked_nothing_about_one(
    client: Client, park: ParkPage, django_assert_num_queries: Any
) -> None:
    client.get(park.url)

    with django_assert_num_queries(1):
        assert not client.get(park.url).cookies

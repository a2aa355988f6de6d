"""Whoever looks at a branch sees the site as it would be, and nobody else does."""

from typing import Any

from django.test import Client

import pytest

from branches.actions import begin_branch, put_all_on, withdraw
from branches.models import Proposal
from history.models import PageVersion
from parks.models import ParkPage, RidePage
from tests.branches.browsing.looking import looking_at
from tests.branches.filling import text_of
from tests.branches.proposing import branch_with, new_piece, piece
from tests.factories.pages import make_park, make_ride

pytestmark = pytest.mark.usefixtures("home")


def renamed(page: Any, title: str, slug: str) -> dict[str, Any]:
    [name] = piece(page).content["names"]
    return {"title": title, "slug": slug, "names": [{**name, "text": title}]}


def test_a_page_shows_what_the_branch_says_and_only_to_who_looks_at_it(
    client: Client, as_editor: Client, editor: Any, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)

    seen = looking_at(branch, as_editor).get(park.url)

    assert "Sandusky" in text_of(seen)
    assert "You are looking at the branch Season 2027" in text_of(seen)
    assert "differs here" in text_of(seen)
    assert "Sandusky" not in text_of(client.get(park.url))


def test_leaving_the_branch_shows_the_published_page_again(
    as_editor: Client, editor: Any, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)
    looking_at(branch, as_editor)

    left = as_editor.post("/branches/leave/", {"next": park.url}, follow=True)

    assert left.redirect_chain == [(park.url, 302)]
    assert "Sandusky" not in text_of(left)


def test_what_is_new_stands_at_its_future_address_below_what_is_new_as_well(
    client: Client, as_editor: Client, editor: Any, park: ParkPage
) -> None:
    above = PageVersion.objects.get(object_uuid=park.uuid).place_uuid
    assert above is not None
    annexe = ParkPage(title="Annexe", country="US", city="Huron")
    ride = RidePage(title="Wet Ghost", category="roller_coaster")
    branch = branch_with(
        new_piece(ride, annexe.uuid), new_piece(annexe, above), by=editor
    )
    looking_at(branch, as_editor)

    page = as_editor.get("/parks/annexe/")
    below = as_editor.get("/parks/annexe/wet-ghost/")

    assert "Wet Ghost new here" in text_of(page)
    assert 'href="/parks/annexe/wet-ghost/"' in page.content.decode()
    assert below.status_code == 200
    assert 'href="/parks/annexe/"' in below.content.decode()
    assert "Annexe new here" in text_of(as_editor.get("/parks/"))
    assert client.get("/parks/annexe/").status_code == 404


def test_a_new_page_does_not_take_the_address_of_one_that_is_there(
    as_editor: Client, editor: Any, ride: RidePage, park: ParkPage
) -> None:
    again = RidePage(title=ride.title, category="water")
    branch = branch_with(new_piece(again, park.uuid), by=editor)
    looking_at(branch, as_editor)

    assert as_editor.get(f"{park.url}{ride.slug}-2/").status_code == 200
    assert "differs here" not in text_of(as_editor.get(ride.url))


def test_a_moved_ride_is_found_at_its_new_address_and_listed_there(
    as_editor: Client, editor: Any, ride: RidePage, park: ParkPage
) -> None:
    new_home = make_park(title="New home")
    branch = branch_with(piece(ride, "move", below=new_home), by=editor)
    looking_at(branch, as_editor)

    old = as_editor.get(ride.url)

    assert (old.status_code, old["Location"]) == (302, f"/parks/new-home/{ride.slug}/")
    assert as_editor.get(old["Location"]).status_code == 200
    listed = text_of(as_editor.get(new_home.url))
    assert f"{ride.title} moved here" in listed
    assert "Moved away" in text_of(as_editor.get(park.url))


def test_what_stands_below_a_renamed_park_goes_along(
    as_editor: Client, editor: Any, ride: RidePage, park: ParkPage
) -> None:
    to = renamed(park, "Point of Cedars", "point-of-cedars")
    branch = branch_with(piece(park, "rename", **to), by=editor)
    looking_at(branch, as_editor)

    old = as_editor.get(ride.url)
    page = as_editor.get(f"/parks/point-of-cedars/{ride.slug}/")

    assert old["Location"] == f"/parks/point-of-cedars/{ride.slug}/"
    assert "Point of Cedars" in text_of(page)
    assert f'href="{ride.url}history/"' in page.content.decode()
    parks = as_editor.get("/parks/").content.decode()
    assert 'href="/parks/point-of-cedars/"' in parks


def test_what_the_branch_removes_is_not_there_and_in_no_list(
    as_editor: Client, editor: Any, ride: RidePage, park: ParkPage
) -> None:
    other = make_ride(park, title="Stays")
    branch = branch_with(piece(ride, "delete"), piece(other, "unpublish"), by=editor)
    looking_at(branch, as_editor)

    gone = as_editor.get(ride.url)

    assert gone.status_code == 404
    assert "On the branch “Season 2027” this page is not there" in text_of(gone)
    listed = text_of(as_editor.get(park.url))
    assert ride.title not in listed
    assert other.title not in listed


def test_another_day_shows_what_was_published_then(
    as_editor: Client, editor: Any, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)
    looking_at(branch, as_editor)

    seen = text_of(as_editor.get(f"{park.url}?as_of=2020"))

    assert "Sandusky" not in seen
    assert "This page shows what is published" in seen


def test_a_settled_branch_is_looked_at_no_more(
    as_editor: Client, editor: Any, park: ParkPage
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=editor)
    looking_at(branch, as_editor)

    withdraw(branch, by=editor)
    seen = text_of(as_editor.get(park.url))

    assert "Sandusky" not in seen
    assert "The branch you were looking at is there no more." in seen


def test_a_large_branch_costs_a_page_no_more_queries(
    as_editor: Client,
    editor: Any,
    park: ParkPage,
    django_assert_max_num_queries: Any,
) -> None:
    rides = [
        RidePage(title=f"Ride {number}", category="roller_coaster")
        for number in range(21)
    ]
    few = begin_branch("Few", by=editor)
    many = begin_branch("Many", by=editor)
    put_all_on(few, [new_piece(ride, park.uuid) for ride in rides[:2]], by=editor)
    put_all_on(many, [new_piece(ride, park.uuid) for ride in rides[1:]], by=editor)

    def queries(branch: Proposal) -> int:
        looking_at(branch, as_editor)
        as_editor.get(park.url)
        with django_assert_max_num_queries(60) as seen:
            as_editor.get(park.url)
        return len(seen)

    assert queries(few) == queries(many)

"""Pages are edited on a branch by the editor they have anyway; main sees nothing."""

from typing import Any

from django.test import Client

from wagtail.admin.models import EditingSession
from wagtail.models import PageSubscription, Revision

import pytest

from branches.actions import put_on, submit
from branches.models import ItemOperation, Proposal
from parks.models import ParkPage, RideExternalId, RidePage
from tests.branches.desk.opening import address, item_of, opened, save
from tests.branches.proposing import piece
from tests.factories.pages import make_ride
from tests.history.published import live
from tests.moderation.admin_forms import edit_address, open_editor, words

pytestmark = pytest.mark.usefixtures("home")


def stored(page: Any) -> Any:
    """All the columns of a page, and what its editor leaves behind elsewhere."""
    row = type(page)._base_manager.filter(pk=page.pk).values().get()
    left = [Revision, EditingSession, PageSubscription]
    return row, [model._default_manager.count() for model in left]


def test_an_edit_on_a_branch_is_on_the_branch_and_nowhere_else(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    before = stored(park)

    answer = save(on_branch, branch, park, city="Sandusky")

    assert answer.status_code == 302
    item = item_of(branch, park)
    assert item.content["city"] == "Sandusky"
    assert (item.operation, item.author) == (ItemOperation.EDIT, branch.author)
    assert stored(park) == before
    assert opened(on_branch, branch, park)["city"] == ["Sandusky"]


def test_unusual_facts_are_kept_on_a_branch_once_their_only_box_is_ticked(
    on_branch: Client, branch: Proposal, ride: RidePage
) -> None:
    unusual = {"tracks-0-speed": "260 km/h"}

    asked = save(on_branch, branch, ride, None, **unusual)

    assert asked.status_code == 422
    # A second one after it would say the contrary.
    assert asked.content.count(b'name="accept_warnings"') == 1
    assert not branch.items.exists()
    kept = save(on_branch, branch, ride, None, **unusual, accept_warnings="on")
    assert kept.status_code == 302
    assert item_of(branch, ride).content["tracks"][0]["speed"] == "260 km/h"


def test_rows_that_the_live_version_knows_by_no_key_stay_as_they_are(
    on_branch: Client, branch: Proposal, ride: RidePage
) -> None:
    number = RideExternalId(page=ride, system="rcdb", value="594")
    number.save()
    ride.save_revision().publish()
    revision = live(ride).live_revision
    for rows in ("tracks", "credits", "status_periods", "external_ids"):
        assert revision.content[rows]
        for row in revision.content[rows]:
            row["pk"] = None
    revision.save()
    before = piece(live(ride)).content

    answer = save(on_branch, branch, live(ride), None, seo_title="Another")

    assert answer.status_code == 302
    content = item_of(branch, ride).content
    assert {**content, "seo_title": before["seo_title"]} == before


def test_another_ride_does_not_take_a_number_on_a_branch_that_one_has(
    on_branch: Client, branch: Proposal, ride: RidePage, park: ParkPage
) -> None:
    other = make_ride(park, title="Other")
    RideExternalId(page=other, system="rcdb", value="594").save()
    mine = RideExternalId(page=ride, system="rcdb", value="595")
    mine.save()
    ride.save_revision().publish()

    answer = save(
        on_branch, branch, live(ride), None, **{"external_ids-0-value": "594"}
    )

    assert answer.status_code == 422
    assert "Another ride already carries this number" in words(answer)


def test_the_stock_address_of_the_editor_leads_to_the_branch_one_is_on(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    led = on_branch.get(edit_address(park))

    assert led["Location"] == address(branch, "edit", park)


def test_a_form_of_main_that_was_open_before_is_saved_on_main(
    as_editor: Client, branch: Proposal, park: ParkPage
) -> None:
    form = open_editor(as_editor, edit_address(park))
    as_editor.post(f"/admin/branches/{branch.pk}/choose/")

    as_editor.post(edit_address(park), {**form, "city": "Rust"})

    assert live(park).get_latest_revision_as_object().city == "Rust"
    assert not branch.items.exists()


def test_a_page_that_says_again_what_main_says_leaves_the_branch(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    save(on_branch, branch, park, city="Sandusky")

    save(on_branch, branch, park, city="Huron")

    assert not branch.items.exists()


def test_another_slug_renames_the_page(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    save(on_branch, branch, park, slug="the-point")

    assert item_of(branch, park).operation == ItemOperation.RENAME


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    answer = save(on_branch, branch, park, title="", city="Sandusky")

    assert answer.status_code == 422
    assert b"Sandusky" in answer.content
    assert not branch.items.exists()


def test_the_editor_says_on_which_branch_it_saves_and_publishes_nothing(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    answer = on_branch.get(address(branch, "edit", park))

    assert "You are on the branch Season 2027" in words(answer)
    assert "Save on the branch" in words(answer)
    for stock in (
        b"action-publish",
        b"action-submit",
        b"autosave-interval",
        b"go_live_at",
    ):
        assert stock not in answer.content


def test_rows_are_edited_added_and_keep_their_identity(
    on_branch: Client, branch: Proposal, ride: RidePage
) -> None:
    form = opened(on_branch, branch, ride)
    uuid = str(ride.tracks.get().uuid)

    save(on_branch, branch, ride, form, **{"tracks-0-height": "320 ft"})

    (track,) = item_of(branch, ride).content["tracks"]
    assert track["uuid"] == uuid
    again = opened(on_branch, branch, ride)
    assert again["tracks-0-height"] == ["320 ft"]


def test_two_editors_of_one_page_on_a_branch_are_saved_together(
    on_branch: Client, branch: Proposal, park: ParkPage, editor: Any
) -> None:
    form = opened(on_branch, branch, park)
    put_on(branch, piece(park, website="https://park.example/"), by=editor)

    save(on_branch, branch, park, form, city="Sandusky")

    content = item_of(branch, park).content
    assert content["city"] == "Sandusky"
    assert content["website"] == "https://park.example/"


def test_who_changes_the_same_is_asked_and_loses_nothing(
    on_branch: Client, branch: Proposal, park: ParkPage, editor: Any
) -> None:
    form = opened(on_branch, branch, park)
    theirs = piece(park, city="Rust", website="https://park.example/")
    put_on(branch, theirs, by=editor)

    asked = save(on_branch, branch, park, form, city="Sandusky")

    assert asked.status_code == 409
    assert "Rust" in words(asked)
    assert b'value="Sandusky"' in asked.content
    assert item_of(branch, park).content["city"] == "Rust"

    save(on_branch, branch, park, form, city="Sandusky", branch_take_mine="1")

    content = item_of(branch, park).content
    assert content["city"] == "Sandusky"
    assert content["website"] == "https://park.example/"


def test_the_preview_shows_the_text_of_the_branch(
    on_branch: Client, branch: Proposal, park: ParkPage
) -> None:
    save(on_branch, branch, park, title="Cedar Mountain")
    form = opened(on_branch, branch, park)
    preview = address(branch, "preview", park)

    told = on_branch.post(preview, {**form, "city": "Sandusky"})

    assert told.json() == {"is_valid": True, "is_available": True}
    shown = words(on_branch.get(preview))
    assert "Cedar Mountain" in shown
    assert "Sandusky" in shown
    assert live(park).title == park.title


def test_a_text_in_review_can_be_written_on_but_a_withdrawn_one_cannot(
    on_branch: Client, branch: Proposal, park: ParkPage, editor: Any
) -> None:
    save(on_branch, branch, park, city="Sandusky")
    branch.refresh_from_db()
    submit(branch, by=editor, seen=branch.content_hash)
    assert save(on_branch, branch, park, city="Rust").status_code == 302

    on_branch.post(f"/admin/branches/{branch.pk}/withdraw/")

    assert on_branch.get(address(branch, "edit", park)).status_code == 409
    assert "You are on the main line again" in words(on_branch.get("/admin/"))

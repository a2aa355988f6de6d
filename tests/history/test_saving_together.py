"""Two editors who opened the same page, and both save: what either wrote is there."""

from datetime import date
from itertools import permutations
from typing import Any

from django.test import Client

import pytest

from parks.models import ParkSeason, RidePage
from tests.factories.pages import make_park, make_ride
from tests.history.published import live
from tests.history.saving import after_autosave, autosave, newest, save, settle_address
from tests.history.test_simultaneous_publishes import (
    PUBLISH,
    kept_address,
    numbers_of,
    ours,
    theirs,
)
from tests.moderation.admin_forms import edit_address, open_editor, words

__all__ = ["ours", "theirs"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home", "step_by_step"),
]


def answers(html: str, side: str) -> dict[str, str]:
    """The form of the page that asks, each question answered alike."""
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    asked = {
        piece.partition('"')[0]
        for piece in html.split('name="')[1:]
        if piece.startswith(("c0-", "c1-"))
    }
    return {"seen": seen, **dict.fromkeys(asked, side)}


# --- Different facts --------------------------------------------------------------

EDITS = {"city": "Sandusky", "website": "https://park.example/"}


@pytest.mark.parametrize("order", list(permutations(EDITS)))
@pytest.mark.parametrize("how", [{}, PUBLISH], ids=["draft", "publish"])
def test_two_edits_of_different_facts_give_the_same_page_in_either_order(
    order: tuple[str, str], how: dict[str, str], ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    opened = [open_editor(client, edit_address(park)) for client in (ours, theirs)]

    for client, form, fact in zip((ours, theirs), opened, order, strict=True):
        answer = save(client, park, form, **how, **{fact: EDITS[fact]})
        assert answer.status_code == 302

    both = live(park) if how else newest(park)
    assert {name: getattr(both, name) for name in EDITS} == EDITS


def test_whoever_saves_second_is_told_who_changed_what(
    ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    form = open_editor(ours, edit_address(park))
    save(theirs, park, open_editor(theirs, edit_address(park)), city="Sandusky")

    save(ours, park, form, website="https://park.example/")

    assert "Ben changed city meanwhile" in words(ours.get(edit_address(park)))


def test_rows_of_both_are_there(ours: Client, theirs: Client) -> None:
    park = make_park()
    park.seasons.add(ParkSeason(year=2023, opens_on=date(2023, 5, 9)))
    park.seasons.add(ParkSeason(year=2024, opens_on=date(2024, 5, 9)))
    park.save_revision().publish()
    address = edit_address(park)
    mine, other = open_editor(ours, address), open_editor(theirs, address)
    other["seasons-0-DELETE"] = ["on"]
    save(theirs, park, other, **PUBLISH)

    answer = save(ours, park, mine, **PUBLISH, **{"seasons-1-opens_on": "2024-05-10"})

    assert answer.status_code == 302
    seasons = live(park).seasons.all()
    assert [(s.year, s.opens_on) for s in seasons] == [(2024, date(2024, 5, 10))]


def test_a_row_that_only_drafts_have_stays_one_row(
    ours: Client, theirs: Client
) -> None:
    park = make_park()
    added = {
        "seasons-TOTAL_FORMS": "1",
        "seasons-0-year": "2024",
        "seasons-0-ORDER": "1",
        "seasons-0-id": "",
    }
    mine: dict[str, Any] = {**open_editor(ours, edit_address(park)), **added}
    mine = after_autosave(mine, autosave(ours, park, mine))
    other = open_editor(theirs, edit_address(park))
    mine["seo_title"] = "Fun"
    mine = after_autosave(mine, autosave(ours, park, mine))

    answer = save(theirs, park, other, website="https://park.example/")
    again = save(ours, park, mine, **{"seasons-0-opens_on": "2024-05-09"})

    assert (answer.status_code, again.status_code) == (302, 302)
    both = newest(park)
    assert [(s.year, s.opens_on) for s in both.seasons.all()] == [
        (2024, date(2024, 5, 9))
    ]
    assert (both.website, both.seo_title) == ("https://park.example/", "Fun")


def test_a_publish_leaves_a_draft_of_another_a_draft(
    ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    form = open_editor(ours, edit_address(park))
    save(theirs, park, open_editor(theirs, edit_address(park)), city="Sandusky")

    save(ours, park, form, **PUBLISH, website="https://park.example/")

    assert (live(park).city, live(park).website) == ("Huron", "https://park.example/")
    draft = newest(park)
    assert (draft.city, draft.website) == ("Sandusky", "https://park.example/")


def test_a_draft_of_the_same_fact_that_was_overtaken_asks_before_it_goes_live(
    ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    form = open_editor(ours, edit_address(park))
    save(theirs, park, open_editor(theirs, edit_address(park)), city="Sandusky")
    save(ours, park, form, **PUBLISH, city="Cleveland")

    again = open_editor(theirs, edit_address(park))
    answer = save(theirs, park, again, **PUBLISH)

    assert again["city"] == ["Sandusky"]
    assert answer.status_code == 409
    assert live(park).city == "Cleveland"


def test_what_somebody_has_decided_is_no_draft_afterwards(
    ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    mine: Any = open_editor(ours, edit_address(park))
    other = open_editor(theirs, edit_address(park))
    mine["website"] = "https://park.example/"
    mine = after_autosave(mine, autosave(ours, park, mine))
    save(theirs, park, other, **PUBLISH, city="Sandusky")
    refused = save(ours, park, mine, **PUBLISH, city="Cleveland")

    ours.post(settle_address(refused), answers(refused.content.decode(), "theirs"))

    assert (live(park).city, live(park).website) == (
        "Cleveland",
        "https://park.example/",
    )
    assert not live(park).has_unpublished_changes


def test_a_draft_that_never_was_public_is_brought_together_too(
    ours: Client, theirs: Client
) -> None:
    ride = make_ride(make_park(), publish=False)
    mine, other = (open_editor(c, edit_address(ride)) for c in (ours, theirs))
    save(theirs, ride, other, search_description="A ride")

    answer = save(ours, ride, mine, seo_title="Ride!")

    assert answer.status_code == 302
    draft = newest(ride)
    assert (draft.search_description, draft.seo_title) == ("A ride", "Ride!")


def test_two_edits_that_contradict_each_other_are_not_published(
    ours: Client, theirs: Client
) -> None:
    ride = make_ride(make_park())
    mine, other = (open_editor(c, edit_address(ride)) for c in (ours, theirs))
    save(theirs, ride, other, **PUBLISH, **{"tracks-0-rider_height_max": "140 cm"})

    refused = save(
        ours, ride, mine, **PUBLISH, **{"tracks-0-rider_height_min": "150 cm"}
    )
    again = ours.post(
        settle_address(refused), answers(refused.content.decode(), "theirs")
    )

    assert (refused.status_code, again.status_code) == (409, 409)
    assert "must be below the tallest" in words(refused)
    assert live(ride).tracks.get().rider_height_min is None
    assert numbers_of(ride) == [1, 2]


# --- The same fact ----------------------------------------------------------------


@pytest.mark.parametrize("how", [{}, PUBLISH], ids=["draft", "publish"])
@pytest.mark.parametrize(
    ("side", "city"), [("theirs", "Cleveland"), ("ours", "Sandusky"), ("base", "Huron")]
)
def test_who_is_asked_decides_what_holds(
    side: str, city: str, how: dict[str, str], ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    mine, other = (open_editor(c, edit_address(park)) for c in (ours, theirs))
    save(theirs, park, other, **how, city="Sandusky", website="https://a.example/")
    refused = save(ours, park, mine, **how, city="Cleveland")

    answer = ours.post(settle_address(refused), answers(refused.content.decode(), side))

    assert refused.status_code == 409
    assert answer.status_code == 302
    both = live(park) if how else newest(park)
    assert (both.city, both.website) == (city, "https://a.example/")
    # Their text is live already, so keeping it changes nothing.
    published = [1, 2] if side == "ours" else [1, 2, 3]
    assert numbers_of(park) == (published if how else [1])


def test_both_texts_are_shown_and_kept(ours: Client, theirs: Client) -> None:
    park = make_park(city="Huron")
    mine, other = (open_editor(c, edit_address(park)) for c in (ours, theirs))
    save(theirs, park, other, city="Sandusky")
    refused = save(ours, park, mine, city="Cleveland")

    shown = words(ours.get(settle_address(refused)))

    assert all(city in shown for city in ("Huron", "Sandusky", "Cleveland"))
    kept = open_editor(ours, kept_address(refused))
    assert (kept["city"], newest(park).city) == (["Cleveland"], "Sandusky")


def test_an_answer_to_what_has_changed_since_is_asked_anew(
    ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    mine, other = (open_editor(c, edit_address(park)) for c in (ours, theirs))
    save(theirs, park, other, city="Sandusky")
    refused = save(ours, park, mine, city="Cleveland")
    save(theirs, park, open_editor(theirs, edit_address(park)), city="Toledo")

    answer = ours.post(
        settle_address(refused), answers(refused.content.decode(), "theirs")
    )

    assert answer.status_code == 409
    assert "Toledo" in words(answer)
    assert newest(park).city == "Toledo"


def test_no_answer_saves_nothing(ours: Client, theirs: Client) -> None:
    park = make_park(city="Huron")
    mine, other = (open_editor(c, edit_address(park)) for c in (ours, theirs))
    save(theirs, park, other, city="Sandusky")
    refused = save(ours, park, mine, city="Cleveland")
    seen = answers(refused.content.decode(), "ours")["seen"]

    answer = ours.post(settle_address(refused), {"seen": seen})

    assert answer.status_code == 422
    assert newest(park).city == "Sandusky"


def test_a_form_that_was_tampered_with_is_refused(ours: Client) -> None:
    park, other = make_park("One"), make_park("Two")
    form = open_editor(ours, edit_address(park))
    foreign = open_editor(ours, edit_address(other))["begun_with"]

    made_up = save(ours, park, form, begun_with="e30:1:made-up")
    mixed_up = ours.post(edit_address(park), {**form, "begun_with": foreign})

    assert (made_up.status_code, mixed_up.status_code) == (400, 400)


# --- Autosave ---------------------------------------------------------------------


def test_a_form_shown_again_beside_errors_does_not_save_over_others_by_itself(
    ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    mine, other = (open_editor(c, edit_address(park)) for c in (ours, theirs))
    save(theirs, park, other, city="Sandusky")
    wrong = save(ours, park, mine, latitude="41.5")
    newest_id = live(park).latest_revision_id

    answer = autosave(
        ours,
        park,
        mine,
        loaded_revision_id=str(newest_id),
        loaded_revision_created_at=live(park).latest_revision.created_at.isoformat(),
    )

    assert wrong.status_code == 200
    assert answer.status_code == 400
    assert newest(park).city == "Sandusky"


def test_a_ride_without_changes_is_what_it_was(ours: Client) -> None:
    """What the form carries is compared with what is stored: any difference counts."""
    ride = make_ride(make_park())
    form: Any = open_editor(ours, edit_address(ride))
    form = after_autosave(form, autosave(ours, ride, form, seo_title="The Beast!"))

    answer = autosave(ours, ride, form, seo_title="The Beast")

    assert answer.status_code == 200
    assert RidePage.objects.get(pk=ride.pk).seo_title == ""

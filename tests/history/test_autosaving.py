"""The editor saves by itself: never over others, and never what was published."""

import json
from typing import Any

from django.test import Client

from wagtail.models import Revision

import pytest

from tests.factories.pages import make_park, make_ride
from tests.history.published import live
from tests.history.saving import after_autosave, autosave, newest, save
from tests.history.test_simultaneous_publishes import (
    PUBLISH,
    ours,
    theirs,
)
from tests.moderation.admin_forms import edit_address, open_editor

__all__ = ["ours", "theirs"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home", "step_by_step"),
]


def test_autosave_stops_when_somebody_else_has_saved(
    ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    mine, other = (open_editor(c, edit_address(park)) for c in (ours, theirs))
    save(theirs, park, other, city="Sandusky")

    answer = autosave(ours, park, mine, website="https://park.example/")

    told = json.loads(answer.content)
    assert (answer.status_code, told["error_code"]) == (400, "invalid_revision")
    assert told["error_message"].startswith("Ben saved this meanwhile")
    assert newest(park).website == ""


def test_who_autosaved_before_the_other_saved_is_not_asked_about_their_own_words(
    ours: Client, theirs: Client
) -> None:
    park = make_park()
    form: Any = open_editor(ours, edit_address(park))
    form = after_autosave(form, autosave(ours, park, form, city="Sand"))
    save(
        theirs,
        park,
        open_editor(theirs, edit_address(park)),
        website="https://park.example/",
    )
    stopped = autosave(ours, park, form, city="Sandusky")

    answer = save(ours, park, form, city="Sandusky")

    assert (stopped.status_code, answer.status_code) == (400, 302)
    both = newest(park)
    assert (both.city, both.website) == ("Sandusky", "https://park.example/")


def test_autosave_goes_on_while_nobody_else_saves(ours: Client) -> None:
    ride = make_ride(make_park())
    form: Any = open_editor(ours, edit_address(ride))
    for text in ("A", "A wooden", "A wooden one"):
        answer = autosave(ours, ride, form, search_description=text)
        form = after_autosave(form, answer)

    assert newest(ride).search_description == "A wooden one"
    assert Revision.objects.for_instance(ride).count() == 2


def test_autosave_never_rewrites_what_was_published_and_is_hidden_now(
    ours: Client,
) -> None:
    park = make_park(city="Huron")
    form = open_editor(ours, edit_address(park))
    save(ours, park, form, **PUBLISH, city="Sandusky")
    published = live(park).live_revision
    live(park).unpublish()
    again = open_editor(ours, edit_address(park))

    answer = autosave(
        ours, park, again, city="Toledo", overwrite_revision_id=str(published.pk)
    )

    assert answer.status_code == 200
    published.refresh_from_db()
    assert published.content["city"] == "Sandusky"
    assert newest(park).city == "Toledo"

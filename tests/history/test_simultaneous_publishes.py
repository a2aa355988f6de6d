"""Two editors who opened the same page, and both publish."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

import pytest

from history.conflicts.keeping import let_go
from history.conflicts.refusals import StalePublish
from history.models import PageVersion
from history.revisions import prune_all
from parks.models import ParkSeason
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.published import live
from tests.moderation.admin_forms import Fields, edit_address, open_editor
from tests.moderation.submissions import save_draft

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home", "step_by_step"),
]

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def ours() -> Client:
    client = Client()
    client.force_login(make_person("admin", display_name="Ada"))
    return client


@pytest.fixture
def theirs() -> Client:
    client = Client()
    client.force_login(make_person("admin", display_name="Ben"))
    return client


def numbers_of(page: Any) -> list[int]:
    versions = PageVersion.objects.filter(object_uuid=page.uuid)
    return sorted(versions.values_list("seq", flat=True))


def overtaken(page: Any, ours: Client, theirs: Client, **given: str) -> Fields:
    """Our form, opened before they published another city."""
    address = edit_address(page)
    our_form, their_form = open_editor(ours, address), open_editor(theirs, address)
    theirs.post(address, {**their_form, **PUBLISH, "city": "Sandusky", **given})
    return our_form


def begun_now(subject: Any) -> Any:
    """A page or snippet whose draft will say that it was begun now."""
    draft = live(subject)
    draft.begun_from = draft.live_revision_id
    return draft


def save_many_drafts(page: Any) -> None:
    for number in range(40):
        draft = live(page)
        draft.city = f"Idea {number}"
        draft.save_revision()


def kept_address(response: Any) -> str:
    """Where the 409 says that the own text is."""
    before, _, _ = response.content.decode().partition(">Open my text")
    return str(before.rpartition('href="')[2].partition('"')[0])


def test_the_second_publish_of_one_fact_is_refused(
    ours: Client, theirs: Client
) -> None:
    park = make_park()
    our_form = overtaken(park, ours, theirs)

    answer = ours.post(
        edit_address(park),
        {**our_form, **PUBLISH, "city": "Huron", "website": "https://a.example/"},
    )

    assert answer.status_code == 409
    assert (live(park).city, live(park).website) == ("Sandusky", "")
    assert numbers_of(park) == [1, 2]


def test_the_refusal_says_who_published_what_and_compares_both(
    ours: Client, theirs: Client
) -> None:
    park = make_park(city="Huron")
    park.seasons.add(ParkSeason(year=2024, opens_on=date(2024, 5, 9)))
    park.save_revision().publish()
    our_form = overtaken(park, ours, theirs, change_reason="The city was wrong")

    answer = ours.post(edit_address(park), {**our_form, **PUBLISH, "city": "Cleveland"})

    html = answer.content.decode()
    assert "Ben" in html
    assert "Version 3" in html
    assert "The city was wrong" in html
    theirs_shown, _, mine_shown = html.partition("What your text would change")
    assert "Huron" in theirs_shown
    assert "Sandusky" in theirs_shown
    assert "Sandusky" in mine_shown
    assert "Cleveland" in mine_shown
    assert mine_shown.count("change-label") == 1


def test_the_refused_text_is_kept_and_can_be_published_knowingly(
    ours: Client, theirs: Client
) -> None:
    park = make_park()
    our_form = overtaken(park, ours, theirs)
    typed = {"city": "Cleveland", "change_reason": "As on the map"}
    answer = ours.post(edit_address(park), {**our_form, **PUBLISH, **typed})

    kept = open_editor(ours, kept_address(answer))
    again = ours.post(kept_address(answer), {**kept, **PUBLISH})

    assert kept["city"] == ["Cleveland"]
    assert kept["change_reason"] == ["As on the map"]
    assert again.status_code == 302
    assert live(park).city == "Cleveland"
    assert numbers_of(park) == [1, 2, 3]


def test_the_refused_text_is_not_what_the_next_editor_goes_on_from(
    ours: Client, theirs: Client
) -> None:
    park = make_park()
    our_form = overtaken(park, ours, theirs)
    ours.post(edit_address(park), {**our_form, **PUBLISH, "city": "Cleveland"})

    next_form = open_editor(theirs, edit_address(park))

    assert next_form["city"] == ["Sandusky"]
    assert not live(park).has_unpublished_changes


def test_a_refused_text_outlives_the_pruner_and_is_let_go_after_a_month(
    ours: Client, theirs: Client
) -> None:
    park = make_park()
    our_form = overtaken(park, ours, theirs)
    answer = ours.post(edit_address(park), {**our_form, **PUBLISH, "city": "Cleveland"})
    save_many_drafts(park)

    prune_all()
    kept = open_editor(ours, kept_address(answer))
    let_go(now=timezone.now() + timedelta(days=31))
    save_many_drafts(park)
    prune_all()

    assert kept["city"] == ["Cleveland"]
    assert ours.get(kept_address(answer)).status_code == 404


def test_a_draft_of_the_same_fact_is_kept_and_not_saved(
    ours: Client, theirs: Client
) -> None:
    park = make_park()
    our_form = overtaken(park, ours, theirs)

    answer = ours.post(edit_address(park), {**our_form, "city": "Cleveland"})

    assert answer.status_code == 409
    assert open_editor(ours, kept_address(answer))["city"] == ["Cleveland"]
    assert live(park).get_latest_revision_as_object().city == "Sandusky"


def test_a_draft_begun_before_a_publish_goes_live_from_no_form(
    ours: Client, theirs: Client
) -> None:
    park = make_park()
    draft = begun_now(park)
    overtaken(park, ours, theirs)
    draft.city = "Cleveland"
    draft.save_revision()

    with pytest.raises(StalePublish, match="version 2 by Ben"):
        live(park).latest_revision.publish()

    assert live(park).city == "Sandusky"


def test_a_publish_that_waited_leaves_the_page_where_it_was_moved() -> None:
    first, second = make_park("First"), make_park("Second")
    revision = save_draft(second, by=None, text="Fast")
    waiting = PublishPageRevisionAction(revision)
    live(second).move(live(first), pos="left")

    waiting.execute(skip_permission_checks=True)

    assert live(second).search_description == "Fast"
    assert live(second).path < live(first).path
    assert not any(Page.find_problems())

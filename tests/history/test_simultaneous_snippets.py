"""Two editors who opened the form of one area, and both publish."""

from typing import Any

from django.test import Client

from wagtail.models import Revision

import pytest

from history.conflicts.refusals import StalePublish
from parks.models import ParkArea
from parks.models.elements import Element, Layout
from photos.models import LicenceType
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.test_simultaneous_publishes import (
    PUBLISH,
    begun_now,
    kept_address,
    numbers_of,
)
from tests.moderation.admin_forms import Fields, fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(make_person("admin", display_name=name))
    return client


@pytest.fixture
def ours(home: Any) -> Client:
    return signed_in("Ada")


@pytest.fixture
def theirs(home: Any) -> Client:
    return signed_in("Ben")


@pytest.fixture
def area(home: Any) -> ParkArea:
    return published(ParkArea(park=make_park(), name="Frontier Town", live=False))


def published(snippet: Any) -> Any:
    snippet.save()
    snippet.save_revision().publish()
    return live(snippet)


def editor_address(snippet: Any) -> str:
    return f"/admin/snippets/parks/{snippet._meta.model_name}/edit/{snippet.pk}/"


def open_form(client: Client, address: str) -> Fields:
    response = client.get(address)
    assert response.status_code == 200
    return fields_of(response.content.decode(), "data-edit-form")


def overtaken(snippet: Any, ours: Client, theirs: Client, name: str) -> Fields:
    """Our form, opened before they published another name."""
    address = editor_address(snippet)
    our_form, their_form = open_form(ours, address), open_form(theirs, address)
    assert (
        theirs.post(address, {**their_form, **PUBLISH, "name": name}).status_code < 400
    )
    return our_form


def test_the_second_publish_of_an_area_is_refused(
    area: ParkArea, ours: Client, theirs: Client
) -> None:
    our_form = overtaken(area, ours, theirs, "Frontier Trail")

    answer = ours.post(editor_address(area), {**our_form, **PUBLISH, "name": "Midway"})

    assert answer.status_code == 409
    assert live(area).name == "Frontier Trail"
    assert numbers_of(area) == [1, 2]


@pytest.mark.parametrize("how", [{}, PUBLISH], ids=["draft", "publish"])
def test_different_facts_of_an_area_are_brought_together(
    how: dict[str, str], area: ParkArea, ours: Client, theirs: Client
) -> None:
    address = editor_address(area)
    our_form, their_form = open_form(ours, address), open_form(theirs, address)
    theirs.post(address, {**their_form, **how, "name": "Frontier Trail"})

    answer = ours.post(address, {**our_form, **how, "opened": "1978"})

    both = live(area) if how else live(area).get_latest_revision_as_object()
    assert answer.status_code == 302
    assert (both.name, str(both.opened)) == ("Frontier Trail", "1978")


def test_a_draft_of_the_same_fact_of_an_area_is_asked_about(
    area: ParkArea, ours: Client, theirs: Client
) -> None:
    address = editor_address(area)
    our_form, their_form = open_form(ours, address), open_form(theirs, address)
    theirs.post(address, {**their_form, "name": "Frontier Trail"})

    answer = ours.post(address, {**our_form, "name": "Midway"})

    assert answer.status_code == 409
    assert open_form(ours, kept_address(answer))["name"] == ["Midway"]
    assert live(area).get_latest_revision_as_object().name == "Frontier Trail"


def test_autosave_of_an_area_stops_where_somebody_else_has_saved(
    area: ParkArea, ours: Client, theirs: Client
) -> None:
    address = editor_address(area)
    our_form, their_form = open_form(ours, address), open_form(theirs, address)
    theirs.post(address, {**their_form, "name": "Frontier Trail"})

    answer = ours.post(
        address, {**our_form, "opened": "1978"}, headers={"accept": "application/json"}
    )

    assert answer.status_code == 400
    assert answer.json()["error_message"].startswith("Ben saved this meanwhile")


@pytest.mark.parametrize("model", [Element, Layout])
def test_so_is_that_of_any_other_snippet_with_facts(
    model: Any, ours: Client, theirs: Client
) -> None:
    snippet = published(model(name="Cobra", live=False))
    our_form = overtaken(snippet, ours, theirs, "Cobra roll")

    answer = ours.post(editor_address(snippet), {**our_form, **PUBLISH, "name": "Boot"})

    assert answer.status_code == 409
    assert live(snippet).name == "Cobra roll"


def test_the_refusal_of_an_area_says_who_published_what_and_compares_both(
    area: ParkArea, ours: Client, theirs: Client
) -> None:
    our_form = overtaken(area, ours, theirs, "Frontier Trail")

    answer = ours.post(editor_address(area), {**our_form, **PUBLISH, "name": "Midway"})

    html = answer.content.decode()
    assert "saved this park area after" in html
    assert f"/changes/of/{area.uuid}/2/" in html
    theirs_shown, _, mine_shown = html.partition("What your text would change")
    assert "Ben" in theirs_shown
    assert "Town" in theirs_shown
    assert "Trail" in mine_shown
    assert "Midway" in mine_shown


def test_the_refused_text_of_an_area_is_kept_and_can_be_published_knowingly(
    area: ParkArea, ours: Client, theirs: Client
) -> None:
    our_form = overtaken(area, ours, theirs, "Frontier Trail")
    answer = ours.post(editor_address(area), {**our_form, **PUBLISH, "name": "Midway"})

    kept = open_form(ours, kept_address(answer))
    next_form = open_form(theirs, editor_address(area))
    again = ours.post(kept_address(answer), {**kept, **PUBLISH})

    assert kept["name"] == ["Midway"]
    assert next_form["name"] == ["Frontier Trail"]
    assert again.status_code == 302
    assert live(area).name == "Midway"
    assert numbers_of(area) == [1, 2, 3]


def test_a_draft_of_an_area_begun_before_a_publish_goes_live_from_no_form(
    area: ParkArea, ours: Client, theirs: Client
) -> None:
    draft = begun_now(area)
    overtaken(area, ours, theirs, "Frontier Trail")
    draft.name = "Midway"
    draft.save_revision()

    with pytest.raises(StalePublish, match="version 2 by Ben"):
        live(area).latest_revision.publish()

    assert live(area).name == "Frontier Trail"


def test_a_draft_opened_after_a_publish_it_lacks_is_refused_too(
    area: ParkArea, ours: Client, theirs: Client
) -> None:
    draft = begun_now(area)
    overtaken(area, ours, theirs, "Frontier Trail")
    draft.name = "Midway"
    draft.save_revision()
    reopened = open_form(ours, editor_address(area))

    answer = ours.post(editor_address(area), {**reopened, **PUBLISH})

    assert reopened["name"] == ["Midway"]
    assert answer.status_code == 409
    assert live(area).name == "Frontier Trail"


def test_a_publish_that_changed_no_fact_of_an_area_is_no_conflict(
    area: ParkArea, ours: Client, theirs: Client
) -> None:
    our_form = overtaken(area, ours, theirs, area.name)

    answer = ours.post(editor_address(area), {**our_form, **PUBLISH, "name": "Midway"})

    assert answer.status_code == 302
    assert live(area).name == "Midway"


def test_autosave_of_a_tab_left_open_does_not_rewrite_what_is_live(
    area: ParkArea, ours: Client
) -> None:
    form = open_form(ours, editor_address(area))
    own = {"overwrite_revision_id": str(area.live_revision_id)}
    by_us = {"user": ours.session["_auth_user_id"]}
    Revision.objects.filter(pk=area.live_revision_id).update(**by_us)

    ours.post(editor_address(area), {**form, **own, "name": "Midway"})

    assert live(area).live_revision.content["name"] == "Frontier Town"
    assert live(area).latest_revision.content["name"] == "Midway"


def test_a_snippet_without_facts_is_published_as_ever(ours: Client) -> None:
    licence = LicenceType.objects.create(name="Ours alone", code="ours-alone")
    address = f"/admin/snippets/photos/licencetype/edit/{licence.pk}/"
    form = open_form(ours, address)

    answer = ours.post(address, {**form, **PUBLISH, "name": "All rights reserved"})

    assert answer.status_code == 302
    assert live(licence).name == "All rights reserved"

"""Sixteen people who opened one form publish at the same moment, by real requests."""

from functools import partial
from typing import Any

from django.test import Client

from wagtail.models import Revision

import pytest

from history.chain import check_chain, seal_committed
from home.models import HomePage
from parks.models import ParkArea
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.published import cities_of, live, live_city
from tests.history.test_simultaneous_publishes import PUBLISH, kept_address, numbers_of
from tests.history.test_simultaneous_snippets import (
    editor_address,
    open_form,
    published,
    signed_in,
)
from tests.moderation.admin_forms import edit_address, open_editor
from tests.racing import at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("step_by_step"),
]
MANY = 16
# Each publish sends all who are left to look again: the work grows with the square.
PERSISTENT = 6


def opened_forms(park: Any, many: int = MANY) -> list[tuple[Client, dict[str, Any]]]:
    forms = []
    for number in range(many):
        client = Client()
        client.force_login(make_person("admin", display_name=f"Editor {number}"))
        form = open_editor(client, edit_address(park))
        forms.append((client, {**form, **PUBLISH, "city": f"City {number}"}))
    return forms


def test_one_of_sixteen_wins_and_the_others_keep_their_text(home: HomePage) -> None:
    park = make_park(city="Huron")
    address = edit_address(park)

    answers = at_once(
        *[partial(client.post, address, form) for client, form in opened_forms(park)]
    )

    assert sorted(a.status_code for a in answers) == [302] + [409] * (MANY - 1)
    assert cities_of(park) == ["Huron", live_city(park)]
    kept = {r.content["city"] for r in Revision.objects.filter(object_id=str(park.pk))}
    assert {f"City {number}" for number in range(MANY)} <= kept


def test_losers_who_look_and_publish_again_all_get_their_version(
    home: HomePage,
) -> None:
    park = make_park(city="Huron")

    def until_published(client: Client, form: dict[str, Any]) -> None:
        address = edit_address(park)
        answer = client.post(address, form)
        while answer.status_code == 409:
            address = kept_address(answer)
            answer = client.post(address, {**open_editor(client, address), **PUBLISH})
        assert answer.status_code == 302

    forms = opened_forms(park, PERSISTENT)
    at_once(*[partial(until_published, *opened) for opened in forms])

    published = cities_of(park)
    assert sorted(published[1:]) == sorted(f"City {n}" for n in range(PERSISTENT))
    assert live_city(park) == published[-1]
    seal_committed()
    assert list(check_chain()) == []


def test_one_of_sixteen_wins_an_area_and_the_others_keep_their_text(
    home: HomePage,
) -> None:
    area = published(ParkArea(park=make_park(), name="Frontier Town", live=False))
    address = editor_address(area)
    editors = [signed_in(f"Editor {number}") for number in range(MANY)]
    forms = [
        (editor, {**open_form(editor, address), **PUBLISH, "name": f"Area {number}"})
        for number, editor in enumerate(editors)
    ]

    answers = at_once(*[partial(editor.post, address, form) for editor, form in forms])

    assert sorted(a.status_code for a in answers) == [302] + [409] * (MANY - 1)
    assert numbers_of(area) == [1, 2]
    texts = Revision.objects.for_instance(area)
    kept = {text.content["name"] for text in texts}
    assert {f"Area {number}" for number in range(MANY)} <= kept
    assert texts.get(pk=live(area).live_revision_id).content["name"] == live(area).name

"""People who opened one form save different things at the same moment, for real."""

import json
from functools import partial
from typing import Any

from django.test import Client

import pytest

from history.chain import check_chain, seal_committed
from history.models import RefusedText
from home.models import HomePage
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.faults.processes import start_process
from tests.history.published import live
from tests.history.test_simultaneous_publishes import PUBLISH, numbers_of
from tests.moderation.admin_forms import edit_address, open_editor
from tests.racing import at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("step_by_step"),
]

EDITS = {
    "city": "Sandusky",
    "website": "https://park.example/",
    "search_description": "A park",
    "seo_title": "Park!",
}


def opened(park: Any) -> list[tuple[Client, dict[str, Any]]]:
    address = edit_address(park)
    forms = []
    for fact, value in EDITS.items():
        client = Client()
        client.force_login(make_person("admin", display_name=fact))
        forms.append((client, {**open_editor(client, address), fact: value}))
    return forms


@pytest.mark.parametrize("how", [{}, PUBLISH], ids=["draft", "publish"])
def test_all_that_was_saved_at_once_is_there(
    how: dict[str, str], home: HomePage
) -> None:
    park = make_park(city="Huron")
    address = edit_address(park)
    deeds = [partial(c.post, address, {**form, **how}) for c, form in opened(park)]

    answers = at_once(*deeds)

    assert [answer.status_code for answer in answers] == [302] * len(EDITS)
    both = live(park) if how else live(park).get_latest_revision_as_object()
    assert {name: getattr(both, name) for name in EDITS} == EDITS
    assert numbers_of(park) == (list(range(1, len(EDITS) + 2)) if how else [1])
    seal_committed()
    assert list(check_chain()) == []


@pytest.mark.parametrize("facts", [("city", "website"), ("city", "city")])
def test_two_processes_lose_nothing(facts: tuple[str, str], home: HomePage) -> None:
    park = make_park(city="Huron")
    values = ("Sandusky", "https://park.example/")
    processes = []
    for fact, value in zip(facts, values, strict=True):
        person = make_person("admin", display_name=value)
        client = Client()
        client.force_login(person)
        address = edit_address(park)
        form = {**open_editor(client, address), **PUBLISH, fact: value}
        told = json.dumps({"person": person.pk, "address": address, "form": form})
        processes.append(start_process("-m", "tests.faults.saving", ASKED=told))

    answers = [process.communicate(timeout=120)[0] for process in processes]

    codes = sorted(int(said.split()[-1]) for said in answers)
    if facts[0] == facts[1]:
        assert codes == [302, 409]
        kept = RefusedText.objects.get().revision.content["city"]
        assert {live(park).city, kept} == set(values)
    else:
        assert codes == [302, 302]
        assert (live(park).city, live(park).website) == values

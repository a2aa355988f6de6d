"""The newest draft as one side of a comparison."""

from django.test import Client

import pytest

from home.models import HomePage
from parks.models import Element, ParkPage
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    return make_park(city="Huron")


def test_the_draft_is_for_those_who_may_edit(client: Client, park: ParkPage) -> None:
    url = f"{park.url}diff/live..draft/"
    draft = park.get_latest_revision_as_object()
    draft.city = "Canary Islands"
    draft.save_revision()

    assert client.get(url).status_code == 404
    client.force_login(make_person("Member"))
    assert client.get(url).status_code == 404
    client.force_login(make_person("admin"))
    assert "Canary Islands" in client.get(url).content.decode()
    client.logout()
    assert client.get(url).status_code == 404


def test_the_draft_of_a_snippet_is_for_those_who_may_edit_it(client: Client) -> None:
    element = Element.objects.create(name="Loop")
    element.save_revision().publish()
    draft = element.get_latest_revision_as_object()
    draft.name = "Canary Loop"
    draft.save_revision()
    address = f"/changes/of/{element.uuid}/diff/live..draft/"

    answers = [client.get(address)]
    for role in ("Member", "Editor"):
        client.force_login(make_person(role))
        answers.append(client.get(address))

    assert [answer.status_code for answer in answers] == [404, 404, 200]
    assert "Canary Loop" in answers[2].content.decode()

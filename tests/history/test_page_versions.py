"""The published versions of a page are listed in the admin too."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from pytest_django.asserts import assertRedirects

from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.suppression.hiding import CANARY, hide, publish, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def park() -> ParkPage:
    park = make_park()
    publish(park, city=CANARY, reason="The map says so", by=make_person("Moderator"))
    publish(park, city="Sandusky")
    return park


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_person("Editor"))
    return client


def address(park: ParkPage) -> str:
    return f"/admin/pages/{park.pk}/versions/"


def test_an_editor_sees_who_published_what_and_why(
    editor: Client, park: ParkPage
) -> None:
    html = editor.get(address(park)).content.decode()

    assert "The map says so" in html
    assert "city" in html
    for link in ("history/2/", "diff/1..2/", "diff/2..3/", "history/2/revert/"):
        assert f'href="/parks/cedar-point/{link}"' in html
    assert "history/3/revert/" not in html


def test_the_list_can_be_asked_for_one_kind(editor: Client, park: ParkPage) -> None:
    html = editor.get(address(park), {"kind": "import"}).content.decode()

    assert "The map says so" not in html
    html = editor.get(address(park), {"kind": "publish"}).content.decode()
    assert "The map says so" in html
    assert "history/2/" in editor.get(f"{address(park)}results/").content.decode()


def test_a_list_costs_the_same_however_long_it_is(
    editor: Client, park: ParkPage
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert editor.get(address(park)).status_code == 200
        return len(found)

    queries()
    few = queries()
    lengthen_history(park, by=40)
    assert queries() <= few + 1


def test_hidden_reasons_and_facts_stay_hidden(editor: Client, park: ParkPage) -> None:
    admins = make_person("admin"), make_person("admin")
    hide(version(park, 2), *admins, text=True, author=True, reason_given=True)

    html = editor.get(address(park)).content.decode()

    assert "The map says so" not in html
    assert "name hidden" in html


def test_those_who_may_not_edit_do_not_see_it(client: Client, park: ParkPage) -> None:
    assert client.get(address(park)).status_code == 302
    client.force_login(make_person("Member"))
    sign_in = f"/accounts/login/?next={address(park)}"
    assertRedirects(client.get(address(park)), sign_in, fetch_redirect_response=False)
    client.force_login(make_person("Editor"))
    assert client.get("/admin/pages/99999/versions/").status_code == 404

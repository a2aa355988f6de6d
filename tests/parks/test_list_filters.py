"""Lists of parks, companies and models: their filters, pages and fragments."""

from django.test import Client

import pytest

from home.models import HomePage
from parks.models import ParkName
from tests.factories.pages import make_park

pytestmark = pytest.mark.django_db

HOSTILE_PAGES = ("-1", "0", "abc", "9" * 30, "9" * 5000, "1.5", "²", "99999")


@pytest.fixture(autouse=True)
def _wiki(home: HomePage) -> None:
    """Every test reads an installed wiki."""


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def test_parks_are_found_by_country_type_status_and_former_name(client: Client) -> None:
    german = make_park("Phantasialand", country="DE", park_type="theme")
    german.names.add(ParkName(text="Löffelhardt", kind="former", ended="1970"))
    german.save_revision().publish()
    make_park("Kings Island", country="US", park_type="amusement", status="closed")

    for query in ("country=DE", "type=theme", "status=operating", "q=LÖFFEL".lower()):
        html = text_of(client, f"/parks/?{query}")
        assert "Phantasialand" in html, query
        assert "Kings Island" not in html, query
    assert "No park fits" in text_of(client, "/parks/?country=IS")


def test_parks_without_a_lower_bound_still_sort_by_age(client: Client) -> None:
    make_park("Young Park", opened="1990")
    make_park("Old Park", opened="../1907")

    html = text_of(client, "/parks/?sort=oldest")

    assert html.index("Old Park") < html.index("Young Park")


@pytest.mark.parametrize("number", HOSTILE_PAGES)
@pytest.mark.parametrize("index", ["/parks/", "/companies/", "/models/"])
def test_a_page_of_a_list_that_is_not_there_is_not_found(
    client: Client, index: str, number: str
) -> None:
    assert client.get(index, {"page": number}).status_code == 404


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/parks/?country=XX", "Country"),
        ("/parks/?status=flying", "Status"),
        ("/parks/?type=%F0%9F%8E%A2", "Type"),
        ("/parks/?sort=title;drop", "Order"),
        (f"/parks/?q={'x' * 5000}", "Name"),
        ("/companies/?role=king", "Role"),
        ("/models/?category=9", "Category"),
        ("/parks/?q=%00", "NUL"),
    ],
)
def test_a_filter_nobody_offers_is_refused_with_its_reason(
    client: Client, address: str, reason: str
) -> None:
    response = client.get(address)

    assert response.status_code == 400
    assert reason in response.content.decode()


def test_htmx_gets_the_list_and_nothing_around_it(client: Client) -> None:
    make_park("Kings Island")
    headers = {"HX-Request": "true", "HX-Target": "list"}

    response = client.get("/parks/", headers=headers)
    html = response.content.decode()

    assert html.strip().startswith('<div id="list"')
    assert "Kings Island" in html
    assert "<html" not in html
    assert "HX-Request" in response["Vary"]

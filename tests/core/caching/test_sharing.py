"""What caches outside are told of each answer."""

import gzip
from typing import Any

from django.test import Client

import pytest

from core.caching.sharing import FOR_A_SECOND
from home.models import HomePage
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("park")]

FOR_EVERYBODY = (
    *("/", "/parks/", "/parks/kings-island/", "/parks/kings-island/history/"),
    *("/parks/?country=US", "/search/?q=kings", "/sitemap.xml", "/robots.txt"),
    *("/changes/", "/changes/feed/", "/nowhere/", "/parks"),
)
FOR_ONE = ("/accounts/login/", "/accounts/profile/", "/admin/", "/healthz")


@pytest.fixture
def park(home: HomePage) -> Any:
    return make_park("Kings Island")


@pytest.mark.parametrize("address", FOR_EVERYBODY)
def test_what_anybody_is_told_may_be_stored_for_a_second_and_sets_no_cookie(
    client: Client, address: str
) -> None:
    answer = client.get(address)

    assert answer["Cache-Control"] == FOR_A_SECOND
    assert answer["X-Accel-Expires"].startswith("@")
    assert not answer.cookies
    assert "nonce" not in answer["Content-Security-Policy"]
    assert "csrfmiddlewaretoken" not in answer.content.decode()


@pytest.mark.parametrize("address", FOR_ONE)
def test_what_is_one_readers_own_may_not(client: Client, address: str) -> None:
    answer = client.get(address)

    assert "s-maxage" not in answer.get("Cache-Control", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "sessionid=x"},
        {"Cookie": "messages=x"},
        {"Authorization": "Bearer x"},
    ],
)
def test_nor_may_the_answer_to_somebody(headers: dict[str, str]) -> None:
    answer = Client(headers=headers).get("/parks/")

    assert "s-maxage" not in answer.get("Cache-Control", "")
    assert not answer.has_header("X-Accel-Expires")


def test_nor_may_what_a_signed_in_person_sees(client: Client) -> None:
    client.force_login(make_person())

    # Where an address lacks its last stroke nobody asks who it is.
    answers = [client.get(address) for address in FOR_EVERYBODY if address != "/parks"]

    assert {a["Cache-Control"] for a in answers} == {"private, no-store"}


def test_nor_may_a_refusal_or_the_answer_to_a_form(client: Client) -> None:
    refused = client.get("/parks/?status=flying")
    chosen = client.post("/units/", {"units": "metric", "next": "/"})

    assert "s-maxage" not in refused.get("Cache-Control", "")
    assert "s-maxage" not in chosen.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/", "/changes/feed/", "/search/?q=kings"])
def test_who_has_the_text_is_not_sent_it_again(client: Client, address: str) -> None:
    etag = client.get(address)["ETag"]

    answer = client.get(address, headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert answer["ETag"] == etag
    assert answer["Cache-Control"] == FOR_A_SECOND


def test_it_is_packed_for_those_who_can_unpack_it(client: Client) -> None:
    plain = client.get("/parks/")
    packed = client.get("/parks/", headers={"Accept-Encoding": "gzip, br"})

    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Length"] == str(len(packed.content))
    assert "Accept-Encoding" in plain["Vary"]
    assert plain["ETag"] == packed["ETag"]


def test_what_is_one_readers_own_is_never_packed(client: Client) -> None:
    answer = client.get("/accounts/login/", headers={"Accept-Encoding": "gzip"})

    assert not answer.has_header("Content-Encoding")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://testserver", 302),
        ("https://evil.example", 403),
        ("null", 403),
        (None, 302),
    ],
)
def test_units_are_chosen_from_our_own_pages_only(
    client: Client, origin: str | None, status: int
) -> None:
    headers = {"Origin": origin} if origin else {}

    answer = client.post("/units/", {"units": "imperial"}, headers=headers)

    assert answer.status_code == status
    assert ("units" in answer.cookies) == (status == 302)

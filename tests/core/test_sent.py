"""Who sent a form that cannot be taken gets back what they wrote, and a way on."""

from typing import Any

from django.test import Client

import pytest

from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
WORDS = "The lift hill was repainted, I saw it."


@pytest.fixture
def strict() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_person("Member"))
    return client


@pytest.mark.parametrize(
    ("origin", "is_given_back"),
    [("http://testserver", True), ("https://evil.example", False)],
)
def test_a_form_with_an_old_key_is_refused_in_words_and_its_text_given_back(
    strict: Client, origin: str, is_given_back: bool
) -> None:
    answer = strict.post(
        "/suggestions/1/comment/",
        {"text": WORDS, "new_password": "two words"},
        headers={"Origin": origin},
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "This page stood open for too long" in page
    assert (WORDS in page) is is_given_back
    assert "two words" not in page


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://testserver/suggestions/7/", "%2Fsuggestions%2F7%2F"),
        ("https://evil.example/suggestions/7/", "%2Fsuggestions%2F7%2Fcomment%2F"),
        ("", "%2Fsuggestions%2F7%2Fcomment%2F"),
    ],
)
def test_who_is_signed_out_while_writing_comes_back_to_the_form(
    client: Client, referer: str, leads_to: str
) -> None:
    headers: dict[str, Any] = {"Referer": referer} if referer else {}

    answer = client.post("/suggestions/7/comment/", {"text": WORDS}, headers=headers)

    assert answer.status_code == 302
    location = answer.headers["Location"]
    assert location.removeprefix("/accounts/login/?next=").replace("/", "%2F") == (
        leads_to
    )

"""Signing in and out, where it leads, and who is refused."""

from collections.abc import Callable

from django.test import Client

import pytest

from accounts.models import User
from tests.accounts.conftest import SIGN_IN
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db


def test_the_right_password_signs_in() -> None:
    make_person(email="rider@example.org")
    client = Client()

    answer = client.post(SIGN_IN, {"login": "rider@example.org", "password": PASSWORD})

    assert answer.headers["Location"] == "/"
    assert client.get("/accounts/profile/").status_code == 200


@pytest.mark.parametrize(
    "spelling", ["RIDER@EXAMPLE.ORG", " Rider@Example.org ", "r\u0131der@example.org"]
)
def test_the_address_may_be_spelt_in_any_case(client: Client, spelling: str) -> None:
    make_person(email="rider@example.org")

    answer = client.post(SIGN_IN, {"login": spelling, "password": PASSWORD})

    assert answer.status_code == 302


def test_a_wrong_password_and_an_unknown_address_get_one_answer(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="known@example.org")

    pages = []
    for email in ("known@example.org", "fresh@example.org"):
        form = {"login": email, "password": "wrong-password"}
        page = browser_of().post(SIGN_IN, form)
        text = page.content.decode().replace(email, "")
        lines = [line for line in text.splitlines() if "csrfmiddleware" not in line]
        pages.append((page.status_code, lines))

    assert pages[0] == pages[1]
    assert "do not match" in "".join(pages[0][1])


def test_the_address_stays_in_the_form_and_the_password_does_not(
    client: Client,
) -> None:
    form = {"login": "rider@example.org", "password": "wrong-password"}

    page = client.post(SIGN_IN, form).content.decode()

    assert 'value="rider@example.org"' in page
    assert "wrong-password" not in page


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https:evil.example",
        "https://evil.example/",
        "///evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "%0d%0aSet-Cookie:x=1",
        "/\r\nSet-Cookie:x=1",
        " //evil.example",
    ],
)
def test_signing_in_never_leads_off_the_site(client: Client, target: str) -> None:
    make_person(email="rider@example.org")
    form = {"login": "rider@example.org", "password": PASSWORD, "next": target}

    page = client.get(SIGN_IN, {"next": target})
    answer = client.post(SIGN_IN, form)

    assert page.status_code == 200
    assert answer.headers["Location"].startswith("/")
    assert "evil" not in answer.headers["Location"]
    assert "x" not in answer.cookies


def test_signing_out_never_leads_off_the_site(client: Client) -> None:
    client.force_login(make_person())

    answer = client.post("/accounts/logout/", {"next": "//evil.example"})

    assert answer.headers["Location"] == "/"


def test_a_local_page_that_was_wanted_follows_the_sign_in(client: Client) -> None:
    make_person(email="rider@example.org")
    wanted = client.get("/accounts/sessions/").headers["Location"]

    page = client.get(wanted).content.decode()
    form = {"login": "rider@example.org", "password": PASSWORD}
    answer = client.post(SIGN_IN, {**form, "next": "/accounts/sessions/"})

    assert '<input type="hidden" name="next" value="/accounts/sessions/">' in page
    assert answer.headers["Location"] == "/accounts/sessions/"


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(make_person())

    asked = client.get("/accounts/logout/")
    still_in = client.get("/accounts/profile/").status_code
    client.post("/accounts/logout/")
    out = client.get("/accounts/profile/").status_code

    assert asked.status_code == 200
    assert (still_in, out) == (200, 302)


def test_signing_in_without_the_forms_token_is_refused() -> None:
    make_person(email="rider@example.org")
    client = Client(enforce_csrf_checks=True)

    answer = client.post(SIGN_IN, {"login": "rider@example.org", "password": PASSWORD})

    assert answer.status_code == 403


def test_a_suspended_person_is_out_with_the_next_request(client: Client) -> None:
    person = make_person("admin")
    client.force_login(person)

    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get("/accounts/profile/").status_code == 302
    assert client.get("/admin/").status_code == 302


def test_a_suspended_person_cannot_sign_in(client: Client) -> None:
    make_person(email="rider@example.org", is_active=False)
    form = {"login": "rider@example.org", "password": PASSWORD}

    page = client.post(SIGN_IN, form, follow=True)

    assert "closed" in page.content.decode()
    assert client.get("/accounts/profile/").status_code == 302


def test_only_staying_signed_in_outlives_the_browser(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="rider@example.org")
    form = {"login": "rider@example.org", "password": PASSWORD}

    brief, lasting = browser_of(), browser_of()
    brief.post(SIGN_IN, form)
    lasting.post(SIGN_IN, {**form, "remember": "on"})

    assert brief.cookies["sessionid"]["max-age"] == ""
    assert lasting.cookies["sessionid"]["max-age"] != ""


def test_the_account_address_leads_to_the_profile(client: Client) -> None:
    assert client.get("/accounts/").headers["Location"] == "/accounts/profile/"

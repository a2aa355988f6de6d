"""How often may be tried what, and that no trick gives more tries."""

from collections.abc import Callable
from typing import Any

from django.core import mail
from django.core.cache import cache
from django.test import Client

import pytest
from pytest_django.fixtures import Settings

from accounts.models import SignInTry
from tests.accounts.conftest import CODE, RESET, SIGN_IN, SIGN_UP
from tests.factories.people import PASSWORD, make_person

WRONG = "wrong-password"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("limits")]


def try_to_sign_in(
    client: Client, email: str, password: str = WRONG, **headers: Any
) -> int:
    form = {"login": email, "password": password}
    return client.post(SIGN_IN, form, **headers).status_code


def test_the_sixth_wrong_password_for_an_account_is_refused(client: Client) -> None:
    make_person(email="rider@example.org")

    answers = [try_to_sign_in(client, "rider@example.org") for _ in range(6)]

    assert answers == [200, 200, 200, 200, 200, 429]


def test_the_right_password_is_refused_as_well(client: Client) -> None:
    make_person(email="rider@example.org")
    for _ in range(5):
        try_to_sign_in(client, "rider@example.org")

    answer = try_to_sign_in(client, "rider@example.org", PASSWORD)

    assert answer == 429
    assert client.get("/accounts/profile/").status_code == 302


def test_the_eleventh_wrong_password_from_an_address_is_refused(
    client: Client,
) -> None:
    answers = [try_to_sign_in(client, f"rider{n}@example.org") for n in range(11)]

    assert answers == [200] * 10 + [429]


def test_an_unknown_account_is_limited_like_a_known_one(client: Client) -> None:
    answers = [try_to_sign_in(client, "nobody@example.org") for _ in range(6)]

    assert answers[-1] == 429


def test_forged_forwarding_headers_give_no_more_tries(client: Client) -> None:
    answers = [
        try_to_sign_in(
            client, f"rider{n}@example.org", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}"
        )
        for n in range(11)
    ]

    assert answers[-1] == 429


def test_behind_a_named_proxy_its_forwarding_header_counts(
    client: Client, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    answers = [
        try_to_sign_in(
            client,
            f"rider{n}@example.org",
            HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.{n}",
        )
        for n in range(11)
    ]

    assert 429 not in answers


@pytest.mark.parametrize(
    "spelling", ["RIDER@example.org", "r\u0131der@example.org", "rİder@example.org"]
)
def test_other_spellings_of_the_account_give_no_more_tries(
    client: Client, spelling: str
) -> None:
    make_person(email="rider@example.org")
    for _ in range(5):
        try_to_sign_in(client, spelling)

    assert try_to_sign_in(client, "rider@example.org", PASSWORD) == 429


def test_other_ports_in_the_host_give_no_more_tries(client: Client) -> None:
    make_person(email="rider@example.org")

    answers = [
        try_to_sign_in(client, "rider@example.org", HTTP_HOST=f"testserver:{8000 + n}")
        for n in range(6)
    ]

    assert answers[-1] == 429


def test_an_emptied_cache_gives_no_more_tries(client: Client) -> None:
    make_person(email="rider@example.org")
    for _ in range(5):
        try_to_sign_in(client, "rider@example.org")

    cache.clear()

    assert try_to_sign_in(client, "rider@example.org", PASSWORD) == 429


def test_the_admins_own_door_gives_no_more_tries(client: Client) -> None:
    make_person("admin", email="admin@example.org")
    form = {"username": "admin@example.org", "password": PASSWORD}

    for _ in range(5):
        try_to_sign_in(client, "admin@example.org")
    answer = client.post("/admin/login/", form)

    assert answer.headers["Location"].startswith(SIGN_IN)
    assert client.get("/admin/").status_code == 302


def test_right_passwords_use_up_nothing(
    client: Client, browser_of: Callable[..., Client]
) -> None:
    make_person(email="rider@example.org")

    for _ in range(8):
        browser_of("rider@example.org", PASSWORD)

    assert SignInTry.objects.count() == 0


def test_refused_tries_do_not_lengthen_the_wait(client: Client) -> None:
    for _ in range(20):
        try_to_sign_in(client, "rider@example.org")

    per_account_and_address = 2
    assert SignInTry.objects.count() == 5 * per_account_and_address


def test_a_new_password_by_mail_gives_the_tries_back(client: Client) -> None:
    make_person(email="rider@example.org")
    for _ in range(5):
        try_to_sign_in(client, "rider@example.org")

    client.post(RESET, {"email": "rider@example.org"})
    link = next(w for w in str(mail.outbox[-1].body).split() if "/reset/key/" in w)
    form_page = client.get(link).headers["Location"]
    new = {"password1": "quite-a-new-one", "password2": "quite-a-new-one"}
    client.post(form_page, new)

    answer = try_to_sign_in(client, "rider@example.org", "quite-a-new-one")
    assert answer == 302


def test_a_limited_answer_is_a_page_of_the_site(client: Client) -> None:
    for _ in range(5):
        try_to_sign_in(client, "rider@example.org")

    form = {"login": "rider@example.org", "password": "wrong-password"}
    page = client.post(SIGN_IN, form)

    assert page.status_code == 429
    assert "<main" in page.content.decode()
    assert "<title>" in page.content.decode()


def test_signing_up_is_limited_by_address(client: Client) -> None:
    answers = [
        client.post(SIGN_UP, {"email": f"rider{n}@example.org"}).status_code
        for n in range(21)
    ]

    assert answers == [200] * 20 + [429]


def test_links_for_a_new_password_are_limited_by_account(client: Client) -> None:
    answers = [
        client.post(RESET, {"email": "rider@example.org"}).status_code for _ in range(6)
    ]

    assert answers == [302] * 5 + [429]


def test_a_second_code_within_ten_seconds_is_refused(client: Client) -> None:
    form = {"email": "new@example.org", "display_name": "New", "password1": PASSWORD}
    client.post(SIGN_UP, form)

    answer = client.post(CODE, {"action": "resend"})

    assert answer.status_code == 429
    assert len(mail.outbox) == 1


def test_signing_in_for_a_second_code_is_refused_in_the_same_way(
    client: Client, browser_of: Callable[..., Client]
) -> None:
    form = {"email": "new@example.org", "display_name": "New", "password1": PASSWORD}
    client.post(SIGN_UP, form)

    assert try_to_sign_in(browser_of(), "new@example.org", PASSWORD) == 429

"""How often may be tried what, and that no trick gives more tries."""

import re
from collections.abc import Callable
from typing import Any

from django.core import mail
from django.core.cache import cache
from django.test import Client

import pytest
import time_machine
from allauth.core.internal.ratelimit import get_rates
from pytest_django.fixtures import Settings

from accounts.limited import LIMITS, in_words
from accounts.models import SignInTry
from accounts.urls import urlpatterns
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


# --- When to come back ----------------------------------------------------------


def told(answer: Any) -> tuple[int, str, str]:
    """Status, header and words of an answer about the wait."""
    words = re.search(r"You can try again in ([^.]+)\.", answer.content.decode())
    header = answer.headers.get("Retry-After", "")
    return answer.status_code, header, words.group(1) if words else ""


def test_who_tried_too_many_passwords_is_told_when_the_first_try_is_forgotten(
    client: Client,
) -> None:
    form = {"login": "rider@example.org", "password": WRONG}
    with time_machine.travel("2026-05-01T10:00:00Z", tick=False) as clock:
        for _ in range(5):
            client.post(SIGN_IN, form)
            clock.shift(20)

        early = told(client.post(SIGN_IN, form))
        clock.shift(int(early[1]) - 1)
        still = told(client.post(SIGN_IN, form))
        clock.shift(1)
        after = client.post(SIGN_IN, form).status_code

    assert early == (429, "200", "4 minutes")
    assert still == (429, "1", "1 second")
    assert after == 200


def test_who_signs_up_too_often_is_told_when_the_first_time_is_forgotten(
    client: Client,
) -> None:
    with time_machine.travel("2026-05-01T10:00:00Z", tick=False) as clock:
        for n in range(20):
            client.post(SIGN_UP, {"email": f"rider{n}@example.org"})
            clock.shift(1)

        answer = client.post(SIGN_UP, {"email": "rider20@example.org"})

    assert told(answer) == (429, "40", "40 seconds")


def test_the_wait_for_a_link_is_that_of_the_account_asked_for(client: Client) -> None:
    with time_machine.travel("2026-05-01T10:00:00Z", tick=False) as clock:
        for _ in range(5):
            client.post(RESET, {"email": "rider@example.org"})
            clock.shift(5)

        answer = client.post(RESET, {"email": "RIDER@example.org"})

    assert told(answer) == (429, "35", "35 seconds")


def test_the_wait_for_a_second_code_is_never_told_too_short(client: Client) -> None:
    form = {"email": "new@example.org", "display_name": "New", "password1": PASSWORD}
    client.post(SIGN_UP, form)

    answer = client.post(CODE, {"action": "resend"})

    assert told(answer) == (429, "10", "10 seconds")


def test_each_limit_of_the_account_pages_tells_its_wait() -> None:
    by_name = {pattern.name for pattern in urlpatterns if hasattr(pattern, "name")}

    assert LIMITS.keys() <= by_name
    assert all(get_rates(app="allauth.account", action=a) for a in LIMITS.values())


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes")],
)
def test_a_wait_is_told_in_words(seconds: int, words: str) -> None:
    assert in_words(seconds) == words


# --- Other limits -----------------------------------------------------------------


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

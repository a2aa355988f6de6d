"""From the form to the code in the mail to being signed in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client
from django.utils import timezone

import pytest
import time_machine

from accounts.models import User
from tests.accounts.conftest import CODE, SIGN_IN, SIGN_UP
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

FORM = {
    "email": "new@example.org",
    "display_name": "Queue Jumper",
    "password1": PASSWORD,
}


def sign_up(client: Client, **changes: str) -> Any:
    return client.post(SIGN_UP, {**FORM, **changes})


def test_signing_up_ends_with_a_code_and_the_code_signs_in(
    client: Client, latest_code: Callable[[], str]
) -> None:
    asked = sign_up(client)
    before = client.get("/accounts/profile/")
    confirmed = client.post(CODE, {"code": latest_code()})
    profile = client.get("/accounts/profile/")

    assert asked.headers["Location"] == CODE
    assert before.status_code == 302
    assert confirmed.headers["Location"] == "/"
    assert profile.status_code == 200
    assert "Queue Jumper" in profile.content.decode()


def test_somebody_who_signs_up_is_a_member_and_nothing_more(client: Client) -> None:
    sign_up(client)

    person = User.objects.get(email="new@example.org")
    assert [group.name for group in person.groups.all()] == ["Member"]
    assert not person.is_staff
    assert not person.is_superuser


def test_rights_cannot_be_given_to_oneself_in_the_sign_up_form(client: Client) -> None:
    sign_up(client, is_superuser="1", is_staff="1", groups="1")

    person = User.objects.get(email="new@example.org")
    assert (person.is_staff, person.is_superuser) == (False, False)


def test_a_wrong_code_is_told_beside_the_field_and_can_be_corrected(
    client: Client, latest_code: Callable[[], str]
) -> None:
    sign_up(client)

    wrong = client.post(CODE, {"code": "WRONG-1"}).content.decode()
    right = client.post(CODE, {"code": latest_code()})

    assert 'id="id_code_error"' in wrong
    assert 'aria-describedby="id_code_error"' in wrong
    assert 'value="WRONG-1"' in wrong
    assert right.headers["Location"] == "/"


def test_three_wrong_codes_are_enough(
    client: Client, latest_code: Callable[[], str]
) -> None:
    sign_up(client)
    code = latest_code()

    for _ in range(3):
        client.post(CODE, {"code": "WRONG-1"})
    late = client.post(CODE, {"code": code})

    assert late.headers["Location"] == SIGN_IN
    assert client.get("/accounts/profile/").status_code == 302


def test_a_new_code_can_be_sent_and_replaces_the_old_one(
    client: Client, latest_code: Callable[[], str]
) -> None:
    sign_up(client)
    old = latest_code()

    client.post(CODE, {"action": "resend"})
    new = latest_code()

    assert len(mail.outbox) == 2
    assert client.post(CODE, {"code": old}).status_code == 200
    assert client.post(CODE, {"code": new}).headers["Location"] == "/"


def test_only_two_more_codes_can_be_asked_for(client: Client) -> None:
    sign_up(client)
    for _ in range(2):
        client.post(CODE, {"action": "resend"})

    page = client.get(CODE).content.decode()

    assert "No further code can be sent" in page
    assert 'value="resend"' not in page


def test_an_old_code_is_refused_with_the_reason(
    client: Client, latest_code: Callable[[], str]
) -> None:
    sign_up(client)
    code = latest_code()

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        page = client.post(CODE, {"code": code}, follow=True)

    assert page.redirect_chain[-1][0] == SIGN_IN
    assert "That code has expired" in page.content.decode()


def test_whoever_closed_the_code_page_gets_a_new_code_by_signing_in(
    client: Client, latest_code: Callable[[], str], browser_of: Callable[..., Client]
) -> None:
    sign_up(client)

    again = browser_of("new@example.org", PASSWORD)
    confirmed = again.post(CODE, {"code": latest_code()})

    assert confirmed.headers["Location"] == "/"
    assert again.get("/accounts/profile/").status_code == 200


def test_the_code_page_without_a_pending_code_leads_to_the_sign_in(
    client: Client,
) -> None:
    assert client.get(CODE).headers["Location"] == SIGN_IN


def test_the_page_wanted_before_signing_up_comes_after_it(
    client: Client, latest_code: Callable[[], str]
) -> None:
    sign_up(client, next="/accounts/sessions/")

    confirmed = client.post(CODE, {"code": latest_code()})

    assert confirmed.headers["Location"] == "/accounts/sessions/"


def test_a_known_address_is_answered_like_an_unknown_one(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="known@example.org")

    pages = []
    for email in ("known@example.org", "fresh@example.org"):
        visitor = browser_of()
        asked = sign_up(visitor, email=email)
        page = visitor.get(CODE).content.decode().replace(email, "")
        pages.append((asked.status_code, asked.headers["Location"], _plain(page)))

    assert pages[0] == pages[1]
    assert User.objects.filter(email="known@example.org").count() == 1
    assert "account already" in mail.outbox[0].subject


def test_the_wrong_code_page_does_not_tell_known_addresses_either(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="known@example.org")

    answers = []
    for email in ("known@example.org", "fresh@example.org"):
        visitor = browser_of()
        sign_up(visitor, email=email)
        tries = [visitor.post(CODE, {"code": "WRONG-1"}) for _ in range(3)]
        answers.append([answer.status_code for answer in tries])

    assert answers[0] == answers[1] == [200, 200, 302]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("rider@example.org", "RIDER@EXAMPLE.ORG"),
        ("İrem@example.org", "irem@example.org"),
        ("irem@example.org", "IREM@example.org"),
        ("straße@example.org", "STRASSE@example.org"),
        ("kelvin@example.org", "\N{KELVIN SIGN}elvin@example.org"),
        ("rider@straße.example", "rider@STRASSE.example"),
    ],
)
def test_one_mailbox_is_one_account_however_it_is_spelt(
    browser_of: Callable[..., Client], first: str, second: str
) -> None:
    for email in (first, second):
        assert sign_up(browser_of(), email=email).status_code == 302

    assert User.objects.count() == 1


def test_two_parallel_sign_ups_make_one_account(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_person(email="new@example.org")
    # What the slower of two requests saw when it checked.
    monkeypatch.setattr(
        "allauth.account.internal.flows.manage_email.assess_unique_email",
        lambda email, user=None: True,
    )

    answer = sign_up(client)

    assert answer.headers["Location"] == CODE
    assert User.objects.filter(email="new@example.org").count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": "nobody"}, "valid email"),
        ({"email": "a" * 250 + "@example.org"}, "254"),
        ({"display_name": "x" * 256}, "60"),
        ({"display_name": "\u202egnp.exe"}, "cannot be seen"),
        ({"display_name": "a\x00b"}, "Null characters"),
        ({"display_name": "\u200b\u200b"}, "Give a name"),
        ({"display_name": "аdmin"}, "alphabets"),  # noqa: RUF001  begins in Cyrillic
        ({"password1": "short"}, "too short"),
        ({"password1": "password123"}, "too common"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    client: Client, changes: dict[str, str], said: str
) -> None:
    page = sign_up(client, **changes)
    text = page.content.decode()

    assert page.status_code == 200
    assert said in text
    assert text.count("autofocus") == 1
    assert 'aria-invalid="true"' in text
    assert PASSWORD not in text
    assert User.objects.count() == 0


@pytest.mark.parametrize("name", ["{{ 7*7 }}", "Ride 🎢 Fan", "מלכת הרכבות", "過山車"])
def test_a_name_in_any_writing_is_shown_as_it_was_given(
    client: Client, latest_code: Callable[[], str], name: str
) -> None:
    sign_up(client, display_name=name)
    client.post(CODE, {"code": latest_code()})

    page = client.get("/accounts/profile/").content.decode()

    assert f'value="{name}"' in page


def _plain(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]

"""New passwords and new addresses for an account that exists."""

from collections.abc import Callable

from django.core import mail
from django.test import Client

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from tests.accounts.conftest import CODE, RESET, SIGN_IN
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

NEW = {"password1": "quite-a-new-one", "password2": "quite-a-new-one"}


def link_in_mail() -> str:
    words = str(mail.outbox[-1].body).split()
    return next(word for word in words if "/password/reset/key/" in word)


def test_a_forgotten_password_is_replaced_by_mail(
    client: Client, browser_of: Callable[..., Client]
) -> None:
    make_person(email="rider@example.org")
    elsewhere = browser_of("rider@example.org", PASSWORD)

    client.post(RESET, {"email": "Rider@example.org"})
    form_page = client.get(link_in_mail()).headers["Location"]
    done = client.post(form_page, NEW, follow=True)

    assert "Your password is changed" in done.content.decode()
    assert elsewhere.get("/accounts/profile/").status_code == 302
    browser_of("rider@example.org", NEW["password1"])


def test_a_link_for_a_new_password_works_once(client: Client) -> None:
    make_person(email="rider@example.org")
    client.post(RESET, {"email": "rider@example.org"})
    link = link_in_mail()
    client.post(client.get(link).headers["Location"], NEW)

    page = client.get(link)

    assert page.status_code == 200
    assert "This link no longer works" in page.content.decode()


def test_a_weak_new_password_is_refused_beside_its_field(client: Client) -> None:
    make_person(email="rider@example.org")
    client.post(RESET, {"email": "rider@example.org"})
    form_page = client.get(link_in_mail()).headers["Location"]

    page = client.post(form_page, {"password1": "short", "password2": "short"})

    assert 'id="id_password1_error"' in page.content.decode()


def test_known_and_unknown_addresses_get_one_answer(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="known@example.org")

    answers = []
    for email in ("known@example.org", "fresh@example.org"):
        page = browser_of().post(RESET, {"email": email}, follow=True)
        answers.append((page.redirect_chain, page.content))

    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [
        ["known@example.org"],
        ["fresh@example.org"],
    ]


def test_a_new_password_signs_the_other_devices_out_and_tells_the_owner(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="rider@example.org")
    here = browser_of("rider@example.org", PASSWORD)
    elsewhere = browser_of("rider@example.org", PASSWORD)

    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, **NEW})

    assert here.get("/accounts/profile/").status_code == 200
    assert elsewhere.get("/accounts/profile/").status_code == 302
    assert mail.outbox[-1].to == ["rider@example.org"]


def test_a_new_password_needs_the_old_one(client: Client) -> None:
    person = make_person()
    client.force_login(person)

    page = client.post(
        "/accounts/password/change/", {"oldpassword": "wrong-password", **NEW}
    )

    person.refresh_from_db()
    assert 'id="id_oldpassword_error"' in page.content.decode()
    assert person.check_password(PASSWORD)


def test_a_new_address_takes_the_password_and_a_code(
    browser_of: Callable[..., Client], latest_code: Callable[[], str]
) -> None:
    person = make_person(email="old@example.org")
    client = browser_of("old@example.org", PASSWORD)
    wish = {"email": "new@example.org", "action_add": "1"}

    asked = client.post("/accounts/email/", wish)
    resumed = client.post(asked.headers["Location"], {"password": PASSWORD})
    unchanged = User.objects.get(pk=person.pk).email
    client.post(CODE, {"code": latest_code()})

    person.refresh_from_db()
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    assert resumed.headers["Location"] == CODE
    assert unchanged == "old@example.org"
    assert person.email == "new@example.org"
    assert [address.email for address in EmailAddress.objects.filter(user=person)] == [
        "new@example.org"
    ]


def test_the_old_address_is_told_of_the_change_and_no_longer_opens_the_account(
    browser_of: Callable[..., Client], latest_code: Callable[[], str]
) -> None:
    make_person(email="old@example.org")
    client = browser_of("old@example.org", PASSWORD)
    wish = {"email": "new@example.org", "action_add": "1"}
    asked = client.post("/accounts/email/", wish)
    client.post(asked.headers["Location"], {"password": PASSWORD})

    client.post(CODE, {"code": latest_code()})
    form = {"login": "old@example.org", "password": PASSWORD}
    refused = browser_of().post(SIGN_IN, form)

    assert mail.outbox[-1].to == ["old@example.org"]
    assert refused.status_code == 200


def test_an_address_of_somebody_else_cannot_be_taken(
    browser_of: Callable[..., Client], latest_code: Callable[[], str]
) -> None:
    make_person(email="taken@example.org")
    person = make_person(email="old@example.org")
    client = browser_of("old@example.org", PASSWORD)
    wish = {"email": "taken@example.org", "action_add": "1"}
    asked = client.post("/accounts/email/", wish)
    client.post(asked.headers["Location"], {"password": PASSWORD})

    # Even with the code: somebody may read the mail of both.
    answer = client.post(CODE, {"code": latest_code()})

    person.refresh_from_db()
    assert answer.status_code == 200
    assert person.email == "old@example.org"

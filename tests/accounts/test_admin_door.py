"""The way into the CMS admin, which is the wiki's own sign-in and no other."""

from collections.abc import Callable

from django.core.management import call_command
from django.test import Client

import pytest

from home.models import HomePage
from tests.accounts.conftest import CODE, SIGN_IN
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db


def test_the_admins_sign_in_is_the_wikis(client: Client) -> None:
    answer = client.get("/admin/login/?next=/admin/pages/")

    assert answer.headers["Location"] == f"{SIGN_IN}?next=/admin/pages/"


def test_posting_to_the_admins_sign_in_signs_nobody_in(client: Client) -> None:
    make_person("admin", email="admin@example.org")

    form = {"username": "admin@example.org", "password": PASSWORD}
    answer = client.post("/admin/login/", form)

    assert answer.headers["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address",
    [
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/admin/password_reset/confirm/MQ/set-password/",
        "/admin/password_reset/complete/",
        "/django-admin/",
        "/django-admin/login/",
    ],
)
def test_there_is_no_second_door(client: Client, home: HomePage, address: str) -> None:
    assert client.get(address).status_code == 404
    assert client.post(address).status_code in {403, 404}


def test_an_administrator_arrives_where_they_were_going(
    client: Client, home: HomePage
) -> None:
    make_person("admin", email="admin@example.org")
    wanted = client.get("/admin/reports/locked/")

    form = {"login": "admin@example.org", "password": PASSWORD}
    answer = client.post(SIGN_IN, {**form, "next": "/admin/reports/locked/"})

    assert wanted.headers["Location"] == f"{SIGN_IN}?next=/admin/reports/locked/"
    assert answer.headers["Location"] == "/admin/reports/locked/"
    assert client.get("/admin/reports/locked/").status_code == 200


def test_a_member_is_told_that_the_admin_is_closed_to_them(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="member@example.org")
    client = browser_of()
    form = {"login": "member@example.org", "password": PASSWORD, "next": "/admin/"}

    signed_in = client.post(SIGN_IN, form, follow=True)
    later = client.get("/admin/", follow=True)

    for page in (signed_in, later):
        assert page.status_code == 403
        assert "closed to you" in page.content.decode()
    assert len(later.redirect_chain) == 1


def test_a_member_on_the_sign_in_page_is_sent_home(client: Client) -> None:
    client.force_login(make_person())

    assert client.get(SIGN_IN).headers["Location"] == "/"


def test_createsuperuser_makes_an_administrator_who_can_sign_in(
    client: Client,
    latest_code: Callable[[], str],
    home: HomePage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser",
        "--noinput",
        "--email=Boss@Example.org",
        "--display_name=The Boss",
        verbosity=0,
    )

    client.post(SIGN_IN, {"login": "boss@example.org", "password": PASSWORD})
    client.post(CODE, {"code": latest_code()})

    assert client.get("/admin/").status_code == 200

"""The pages under "Settings, Users" in the CMS admin."""

from collections.abc import Callable

from django.contrib.auth.models import Group
from django.test import Client

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from home.models import HomePage
from tests.accounts.conftest import CODE, SIGN_IN
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

USERS = "/admin/users/"
NEW = {
    "email": "Ann@Example.org",
    "display_name": "Ann Moderator",
    "password1": "lift-hill-chain",
    "password2": "lift-hill-chain",
}


@pytest.fixture
def admin(client: Client, home: HomePage) -> Client:
    """An administrator's browser."""
    client.force_login(make_person("admin"))
    return client


def test_people_are_listed_and_found_by_name_and_address(admin: Client) -> None:
    make_person(email="findme@example.org", display_name="Loop Lover")

    listed = admin.get(USERS).content.decode()
    by_name = admin.get(USERS, {"q": "loop"}).content.decode()
    by_address = admin.get(USERS, {"q": "findme"}).content.decode()
    by_neither = admin.get(USERS, {"q": "nobody"}).content.decode()

    for page in (listed, by_name, by_address):
        assert "Loop Lover" in page
        assert "findme@example.org" in page
    assert "Loop Lover" not in by_neither


@pytest.mark.parametrize("order", ["display_name", "-display_name", "email", "name"])
def test_the_list_can_be_sorted(admin: Client, order: str) -> None:
    assert admin.get(USERS, {"ordering": order}).status_code == 200


def test_an_account_is_created_with_its_groups(
    admin: Client, browser_of: Callable[..., Client], latest_code: Callable[[], str]
) -> None:
    group, _ = Group.objects.get_or_create(name="Moderator")

    form = admin.get(f"{USERS}new/")
    answer = admin.post(f"{USERS}new/", {**NEW, "groups": [group.pk]})
    person = User.objects.get(email="ann@example.org")
    theirs = browser_of("ann@example.org", "lift-hill-chain")
    theirs.post(CODE, {"code": latest_code()})

    assert form.status_code == 200
    assert "first_name" not in form.content.decode()
    assert answer.status_code == 302
    assert (person.display_name, list(person.groups.all())) == (
        "Ann Moderator",
        [group],
    )
    assert theirs.get("/accounts/profile/").status_code == 200


def test_an_address_that_is_taken_is_refused(admin: Client) -> None:
    make_person(email="ann@example.org")

    page = admin.post(f"{USERS}new/", NEW)

    assert page.status_code == 200
    assert "already exists" in page.content.decode()


def test_an_account_is_changed_without_giving_its_password(admin: Client) -> None:
    person = make_person(email="ann@example.org")

    form = admin.get(f"{USERS}edit/{person.pk}/")
    answer = admin.post(
        f"{USERS}edit/{person.pk}/",
        {"email": person.email, "display_name": "Ann", "is_active": "on"},
    )

    person.refresh_from_db()
    assert form.status_code == 200
    assert answer.status_code == 302
    assert person.display_name == "Ann"
    assert person.check_password(PASSWORD)
    assert EmailAddress.objects.filter(user=person, verified=True).exists()


def test_an_administrator_changes_their_own_account(admin: Client) -> None:
    me = User.objects.get(pk=admin.session["_auth_user_id"])

    form = admin.get(f"{USERS}edit/{me.pk}/")
    answer = admin.post(
        f"{USERS}edit/{me.pk}/", {"email": me.email, "display_name": "Admin Ann"}
    )

    me.refresh_from_db()
    assert (form.status_code, answer.status_code) == (200, 302)
    assert (me.display_name, me.is_superuser, me.is_active) == ("Admin Ann", True, True)


def test_an_address_changed_by_an_administrator_shuts_the_old_one_out(
    admin: Client, browser_of: Callable[..., Client]
) -> None:
    person = make_person(email="old@example.org")

    admin.post(
        f"{USERS}edit/{person.pk}/",
        {"email": "new@example.org", "display_name": "Ann", "is_active": "on"},
    )
    form = {"login": "old@example.org", "password": PASSWORD}
    old = browser_of().post(SIGN_IN, form)
    new = browser_of().post(SIGN_IN, {**form, "login": "new@example.org"})

    assert old.status_code == 200
    assert new.headers["Location"] == CODE


@pytest.mark.parametrize(
    "address",
    [
        "/admin/users/history/{0}/",
        "/admin/users/delete/{0}/",
        "/admin/bulk/accounts/user/delete/?id={0}&next=/admin/users/",
        "/admin/bulk/accounts/user/assign_role/?id={0}&next=/admin/users/",
        "/admin/bulk/accounts/user/set_active_state/?id={0}&next=/admin/users/",
        "/admin/users/?group=1&is_active=true&is_superuser=false",
        "/admin/reports/site-history/",
        "/admin/groups/",
    ],
)
def test_the_other_pages_about_people_know_our_accounts(
    admin: Client, address: str
) -> None:
    person = make_person(display_name="Loop Lover")

    assert admin.get(address.format(person.pk)).status_code == 200


def test_suspending_an_account_in_the_admin_signs_it_out(
    admin: Client, browser_of: Callable[..., Client]
) -> None:
    person = make_person(email="vandal@example.org")
    theirs = browser_of("vandal@example.org", PASSWORD)

    admin.post(
        f"{USERS}edit/{person.pk}/",
        {"email": person.email, "display_name": person.display_name},
    )

    assert theirs.get("/accounts/profile/").status_code == 302


def test_a_moderator_does_not_manage_accounts(client: Client, home: HomePage) -> None:
    Group.objects.get_or_create(name="Moderator")
    client.force_login(make_person("Moderator"))

    assert client.get(f"{USERS}new/").status_code == 302
    assert client.post(f"{USERS}new/", NEW).status_code == 302
    assert not User.objects.filter(email="ann@example.org").exists()


def test_the_admins_account_page_asks_for_the_display_name_only(
    admin: Client,
) -> None:
    page = admin.get("/admin/account/").content.decode()
    answer = admin.post(
        "/admin/account/",
        {
            "name_email-display_name": "Ann of Green Cables",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )

    assert "name_email-display_name" in page
    assert "last_name" not in page
    assert answer.status_code == 302
    assert User.objects.filter(display_name="Ann of Green Cables").exists()

"""The list of devices that are signed in."""

from collections.abc import Callable

from django.test import Client

import pytest
from allauth.usersessions.models import UserSession

from accounts.devices import device_name
from tests.factories.people import PASSWORD, make_person

SESSIONS = "/accounts/sessions/"


@pytest.mark.django_db
def test_one_device_can_be_signed_out_from_another(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="rider@example.org")
    lost = browser_of("rider@example.org", PASSWORD)
    here = browser_of("rider@example.org", PASSWORD)
    session = UserSession.objects.get(session_key=lost.session.session_key)

    page = here.get(SESSIONS).content.decode()
    here.post(f"{SESSIONS}{session.pk}/end/")

    assert page.count("Firefox on Linux") == 2
    assert page.count("this one") == 1
    assert lost.get("/accounts/profile/").status_code == 302
    assert here.get("/accounts/profile/").status_code == 200


@pytest.mark.django_db
def test_signing_out_this_device_leads_to_the_sign_in(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="rider@example.org")
    here = browser_of("rider@example.org", PASSWORD)
    session = UserSession.objects.get(session_key=here.session.session_key)

    answer = here.post(f"{SESSIONS}{session.pk}/end/")

    assert answer.headers["Location"] == "/accounts/login/"
    assert here.get("/accounts/profile/").status_code == 302


@pytest.mark.django_db
def test_everywhere_else_means_all_but_this_device(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="rider@example.org")
    others = [browser_of("rider@example.org", PASSWORD) for _ in range(2)]
    here = browser_of("rider@example.org", PASSWORD)

    here.post(SESSIONS)

    assert here.get("/accounts/profile/").status_code == 200
    assert [other.get("/accounts/profile/").status_code for other in others] == [
        302,
        302,
    ]


@pytest.mark.django_db
def test_nobody_ends_or_sees_the_session_of_another(
    browser_of: Callable[..., Client],
) -> None:
    make_person(email="rider@example.org")
    make_person(email="other@example.org")
    theirs = browser_of("other@example.org", PASSWORD)
    here = browser_of("rider@example.org", PASSWORD)
    session = UserSession.objects.get(session_key=theirs.session.session_key)

    answer = here.post(f"{SESSIONS}{session.pk}/end/")

    assert answer.status_code == 404
    assert here.post(f"{SESSIONS}{10**30}/end/").status_code == 404
    assert theirs.get("/accounts/profile/").status_code == 200
    assert f"{session.pk}/end/" not in here.get(SESSIONS).content.decode()


@pytest.mark.django_db
def test_a_link_cannot_sign_a_device_out(browser_of: Callable[..., Client]) -> None:
    make_person(email="rider@example.org")
    here = browser_of("rider@example.org", PASSWORD)
    session = UserSession.objects.get(session_key=here.session.session_key)

    assert here.get(f"{SESSIONS}{session.pk}/end/").status_code == 405


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Safari/537", "Chrome on Android"),
        ("curl/8.5", "Unknown device"),
        ("", "Unknown device"),
    ],
)
def test_a_device_is_named_by_browser_and_system(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name

"""The frame around every page, made once for all who are not signed in."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.test import Client, RequestFactory

import pytest

from home.models import HomePage
from tests.factories.people import make_person

WITHIN = "{% load frames %}{% frame %}TEXT{% endframe %}"


def asked(path: str, **cookies: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request.session = None  # type: ignore[assignment]  # nobody is signed in
    request.COOKIES.update(cookies)
    return request


def template_of(text: str) -> Any:
    return engines["django"].from_string(WITHIN.replace("TEXT", text))


def test_a_frame_is_made_once_and_says_where_each_reader_is() -> None:
    template = template_of("{{ made }} at {{ request.get_full_path }}")

    first = template.render({"made": "once"}, asked("/parks/a/?x=1&y=2"))
    second = template.render({"made": "twice"}, asked('/parks/b/?q="<b>'))

    assert first == "once at /parks/a/?x=1&amp;y=2"
    assert second == "once at /parks/b/?q=%22%3Cb%3E"


@pytest.mark.parametrize(
    ("path", "cookies", "shown"),
    [
        ("/rides/", {}, "/rides/ metric"),
        ("/parks/", {"units": "imperial"}, "/parks/ imperial"),
    ],
    ids=["another section", "other units"],
)
def test_readers_who_see_another_frame_get_their_own(
    path: str, cookies: dict[str, str], shown: str
) -> None:
    template = template_of("{{ request.path }} {{ units }}")
    first = template.render({}, asked("/parks/cedar-point/"))

    other = template.render({}, asked(path, **cookies))

    assert first == "/parks/ metric"
    assert other == shown


@pytest.mark.parametrize("personal", ["{{ csrf_token }}", "{{ request.COOKIES }}"])
def test_a_frame_with_something_personal_is_kept_for_nobody(
    personal: str, caplog: pytest.LogCaptureFixture
) -> None:
    template = template_of(f"{{{{ made }}}}{personal}")
    template.render({"made": "once"}, asked("/"))

    shown = template.render({"made": "twice"}, asked("/"))

    assert shown.startswith("twice")
    assert "cannot be kept" in caplog.text


@pytest.mark.django_db
def test_who_is_signed_in_never_meets_the_frame_of_the_others(home: HomePage) -> None:
    member = Client()
    member.force_login(make_person("Member", display_name="Ada"))
    Client().get("/search/?q=a")

    shown = member.get("/search/?q=a").content.decode()
    after = Client().get("/search/?q=b").content.decode()

    assert "Sign out" in shown
    assert "Sign out" not in after
    assert "Sign in" in after
    assert 'value="/search/?q=b"' in after

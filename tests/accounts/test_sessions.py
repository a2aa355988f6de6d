"""A session that ended stays ended, whatever the cache did meanwhile."""

from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client

import pytest
import time_machine

from accounts.sessions import LONGEST_IN_CACHE, SessionStore
from core.forgiving_cache import FORGIVEN
from home.models import HomePage
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
PROFILE = "/accounts/profile/"


def test_a_session_lives_on_when_the_cache_is_emptied(client: Client) -> None:
    client.force_login(make_person("Member"))

    cache.clear()

    assert client.get(PROFILE).status_code == 200


def test_a_session_that_ended_without_the_cache_ends_there_within_minutes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with time_machine.travel("2026-05-01T10:00:00Z", tick=False) as clock:
        client.force_login(make_person("Member"))
        key = client.session.session_key
        monkeypatch.setattr(LocMemCache, "delete", lambda *given, **options: False)
        client.session.flush()
        at_once = SessionStore(key).load()
        clock.shift(LONGEST_IN_CACHE + 1)
        later = SessionStore(key).load()

    assert "_auth_user_id" in at_once
    assert later == {}


def test_the_cache_in_redis_forgives_sessions() -> None:
    assert SessionStore.cache_key_prefix in FORGIVEN


@pytest.mark.parametrize(
    "key",
    [r"\000abcdefgh", r"abcdefgh\000", r"\377\376abcdefgh", "../../../etc/passwd"],
)
def test_a_cookie_that_can_be_no_session_is_nobodys(
    client: Client, home: HomePage, key: str
) -> None:
    answer = client.get("/", headers={"cookie": f'sessionid="{key}"'})

    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated

"""The account pages while another server is away."""

from django.core.cache.backends.locmem import LocMemCache
from django.test import Client

import pytest
from redis.exceptions import ConnectionError as CacheGone

from accounts.models import User
from tests.accounts.conftest import RESET, SIGN_IN, SIGN_UP
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

NEW = {"email": "new@example.org", "display_name": "New", "password1": PASSWORD}


@pytest.fixture
def cache_away(limits: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise CacheGone("Connection refused")

    for method in ("add", "get", "set", "delete"):
        monkeypatch.setattr(LocMemCache, method, refuse)


@pytest.mark.usefixtures("cache_away")
def test_without_the_cache_nothing_that_it_limits_is_done(client: Client) -> None:
    signed_up = client.post(SIGN_UP, NEW)
    reset = client.post(RESET, {"email": "new@example.org"})

    assert (signed_up.status_code, reset.status_code) == (503, 503)
    assert signed_up.headers["Retry-After"] == "60"
    assert not User.objects.exists()


@pytest.mark.usefixtures("limits")
def test_sign_in_counts_wrong_passwords_without_the_cache(
    client: Client, request: pytest.FixtureRequest
) -> None:
    make_person(email="rider@example.org")
    form = {"login": "rider@example.org", "password": "wrong-password"}
    request.getfixturevalue("cache_away")

    answers = [client.post(SIGN_IN, form).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]

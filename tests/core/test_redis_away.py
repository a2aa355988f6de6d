"""Pages and publishes while Redis is not there, or hangs."""

import os
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client

from wagtail.models import Site

import pytest
import redis
from pytest_django.fixtures import Settings
from redis.connection import Connection
from redis.exceptions import TimeoutError as TooSlow

from core.redis_cache import AWAY, LONGEST_WAIT, outage
from history.doorbell import doorbell
from history.tasks import work_off_outbox
from scripts import servers
from tests.core.brokers import task_at
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.published import live_city
from tests.moderation.admin_forms import edit_address, open_editor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

# What a request may wait for Redis altogether: once for the cache, once for the bell.
MOST_WAITS = 2


@dataclass(frozen=True)
class Server:
    """Where a Redis is thought to be, and the process behind it."""

    address: str
    process: int = 0


@pytest.fixture
def closed_port() -> Server:
    """A Redis that nobody runs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return Server(f"redis://127.0.0.1:{server.getsockname()[1]}/0")


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[Server]:
    """A Redis that takes calls and does not answer."""
    with servers.redis(tmp_path) as url:
        with redis.Redis.from_url(url) as client:
            process = client.info("server")["process_id"]
        os.kill(process, signal.SIGSTOP)
        try:
            yield Server(f"{url}/0", process)
        finally:
            os.kill(process, signal.SIGCONT)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each wait for a Redis took that was in vain. Nobody sleeps besides."""
    noted: list[float] = []
    for name in ("_connect", "read_response"):
        monkeypatch.setattr(Connection, name, _noting(name, noted))

    def sleep(seconds: float) -> None:
        raise AssertionError(f"somebody sleeps for {seconds} s")

    monkeypatch.setattr("kombu.utils.functional.sleep", sleep)
    monkeypatch.setattr("redis.retry.sleep", sleep)
    return noted


def _noting(name: str, noted: list[float]) -> Any:
    original = getattr(Connection, name)

    def method(self: Any, *given: Any, **options: Any) -> Any:
        try:
            return original(self, *given, **options)
        except (TimeoutError, TooSlow):
            noted.append(max(self.socket_timeout, self.socket_connect_timeout))
            raise

    return method


@pytest.fixture(
    params=["closed_port", pytest.param("stopped", marks=pytest.mark.services)]
)
def go_away(
    request: pytest.FixtureRequest,
    settings: Settings,
    waits: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], None]:
    """Puts cache and broker at a Redis that is not there, or hangs."""
    server: Server = request.getfixturevalue(request.param)
    bell = task_at(server.address, work_off_outbox.name)

    def go() -> None:
        monkeypatch.setattr(doorbell, "task", bell)
        monkeypatch.setattr(doorbell, "_heard_until", 0.0)
        # A test is one transaction; what was published before rang already.
        monkeypatch.setattr(connection, "run_on_commit", [])
        settings.CACHES = at(server)

    return go


def at(server: Server) -> dict[str, dict[str, str]]:
    backend = "core.redis_cache.ImpatientRedisCache"
    return {"default": {"BACKEND": backend, "LOCATION": server.address}}


def test_an_editor_publishes_and_waits_a_second_at_most(
    go_away: Callable[[], None],
    waits: list[float],
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    park, editor = make_park(city="Huron"), Client()
    editor.force_login(make_person("admin"))
    form = open_editor(editor, edit_address(park))
    new = {**form, "city": "Sandusky", "action-publish": "1"}
    go_away()

    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(edit_address(park), new)

    assert answer.status_code == 302
    assert live_city(park) == "Sandusky"
    assert "The cache does not answer" in caplog.text
    assert "The broker does not answer" in caplog.text
    assert len(waits) <= MOST_WAITS
    assert all(seconds <= LONGEST_WAIT for seconds in waits)


def test_visitors_read_on(
    go_away: Callable[[], None], waits: list[float], client: Client
) -> None:
    park = make_park()
    go_away()

    pages = [client.get(address) for address in ("/", park.url, f"{park.url}history/")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert len(waits) <= MOST_WAITS


def test_people_stay_signed_in_and_can_sign_out(
    go_away: Callable[[], None], client: Client
) -> None:
    client.force_login(make_person("Member"))
    go_away()

    profile = client.get("/accounts/profile/")
    client.post("/accounts/logout/")
    after = client.get("/accounts/profile/")

    assert profile.status_code == 200
    assert after.status_code == 302


def test_what_is_limited_through_the_cache_is_closed(
    go_away: Callable[[], None], settings: Settings, client: Client
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "20/m/ip"}
    go_away()

    page = client.post("/accounts/password/reset/", {"email": "a@example.org"})

    assert page.status_code == 503


def test_only_what_is_in_the_database_too_is_forgiven(
    go_away: Callable[[], None],
) -> None:
    go_away()

    assert cache.get("wagtail_site_root_paths", "nothing") == "nothing"
    cache.set("wagtail_site_root_paths", [])
    cache.delete("wagtail_site_root_paths")
    with pytest.raises(AWAY):
        cache.get("comparison")
    assert Site.get_site_root_paths()


@pytest.mark.services
def test_a_redis_that_is_back_is_used_again(
    stopped: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CACHES = at(stopped)
    with pytest.raises(AWAY):
        cache.get("key")

    os.kill(stopped.process, signal.SIGCONT)
    monkeypatch.setattr(outage, "_until", 0.0)
    cache.set("key", "value")

    assert cache.get("key") == "value"

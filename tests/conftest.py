"""Fixtures for every test. Servers and settings come from tests/services.py."""

import os
import shutil

from django.db import connections

import hypothesis
import pytest

from core.doorbell import broker
from core.mail.sending import bell
from core.redis_cache import outage
from home.foundations import lay_foundations
from home.models import HomePage

# How fast the machine draws examples says nothing about the wiki.
hypothesis.settings.register_profile(
    "wiki", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("wiki")

# Playwright's sync API keeps an event loop running in the test's thread, which Django
# takes for an async view. The database is used from that one thread only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # it needs privileges that root in a container lacks
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A page that loads anything from outside must fail here.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, object],
) -> dict[str, object]:
    """Debian's Chromium in place of the one Playwright would download."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("Browser tests need chromium: sudo apt install chromium")
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": CHROMIUM_ARGUMENTS,
    }


@pytest.fixture(scope="session")
def browser_context_args(
    browser_context_args: dict[str, object],
) -> dict[str, object]:
    """Every visitor reads English, lives in UTC and wants no animation."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "UTC",
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session", autouse=True)
def _migrated_rows_for_every_connection(request: pytest.FixtureRequest) -> None:
    """Let each connection restore the migrated rows, not only the first.

    Playwright's event loop makes Django open another connection, and the copy of the
    rows taken at the start hangs on the one that made it.
    """
    if any(_empties_the_database(item) for item in request.session.items):
        request.getfixturevalue("django_db_setup")
        connection = connections["default"]
        rows = connection._test_serialized_contents  # type: ignore[attr-defined]  # Django
        type(connection)._test_serialized_contents = rows  # type: ignore[attr-defined]  # Django


@pytest.fixture(autouse=True)
def _servers_are_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server is left alone because it was away in another test."""
    monkeypatch.setattr(broker, "_silent_until", 0.0)
    monkeypatch.setattr(outage, "_until", 0.0)
    monkeypatch.setattr(bell, "_heard_until", 0.0)


@pytest.fixture
def home(db: None) -> HomePage:
    """An installed wiki without content: front page and indexes."""
    return lay_foundations()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that empty the database come last: they take migrated rows with them."""
    for item in items:
        if _empties_the_database(item):
            # Put in front of a marker the test has itself, and so in its place.
            marker = pytest.mark.django_db(transaction=True, serialized_rollback=True)
            item.add_marker(marker, append=False)
    items.sort(key=_empties_the_database)


def _empties_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & {"live_server", "transactional_db"}:
        return True
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))

"""Fixtures for every test. Servers and settings come from tests/services.py."""

import os
import shutil
from collections.abc import Iterator

from django.db import connection
from django.template import Context, Template
from django.test import TransactionTestCase
from django.test.signals import template_rendered
from django.utils.safestring import SafeString

import hypothesis
import pytest
from pytest_django import DjangoDbBlocker

from core.doorbell import broker
from core.mail.sending import bell
from core.redis_cache import outage
from home.models import HomePage
from tests import databases
from tests.factories import pages
from tests.services import asks_database

# How fast the machine draws examples says nothing about the wiki.
hypothesis.settings.register_profile(
    "wiki", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("wiki")

# Playwright's sync API keeps an event loop running in the test's thread, which Django
# takes for an async view. The database is used from that one thread only.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session", autouse=True)
def contexts_of_whole_templates(django_test_environment: None) -> None:
    """Let answers remember the context of their template, not of each include in it.

    Django has every template that is rendered, hundreds a page, copy its context.
    """

    def render(template: Template, context: Context) -> SafeString:
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = render  # type: ignore[attr-defined]  # not in the stubs


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


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A copy of the database of an installed wiki, in place of pytest-django's."""
    made = databases.start_making().wait()
    assert made == 0, "The database cannot be made"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        # In place of emptying the database after a test that commits.
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda case: databases.begin()
        )
        databases.begin()
        yield
        connection.close()


@pytest.fixture
def unfounded(transactional_db: None) -> None:
    """An installation of which only the migrations have run."""
    databases.begin(databases.MIGRATED)


@pytest.fixture(autouse=True)
def _servers_are_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server is left alone because it was away in another test."""
    monkeypatch.setattr(broker, "_silent_until", 0.0)
    monkeypatch.setattr(outage, "_until", 0.0)
    monkeypatch.setattr(bell, "_heard_until", 0.0)


@pytest.fixture
def home(db: None) -> HomePage:
    """An installed wiki without content: front page and indexes."""
    return HomePage.objects.get()


@pytest.fixture
def step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages come into being as an editor's do: added, drafted, published."""
    monkeypatch.setattr(pages, "add_published", pages.add_draft_and_publish)


def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Make the database while the workers start and collect."""
    making = databases.start_making()

    def end() -> None:
        # Harmless where it is done; not awaited where no test asked for it.
        making.kill()
        making.wait()

    config.add_cleanup(end)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Nobody waits for the database at the start, nor for one long test at the end."""

    def turn(item: pytest.Item) -> int:
        if not asks_database(item):
            return 0
        return 1 if _is_long(item) else 2

    items.sort(key=turn)


def _is_long(item: pytest.Item) -> bool:
    """Tests with browsers, races and killed processes commit; few others do."""
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & {"live_server", "transactional_db"}:
        return True
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and bool(marker.kwargs.get("transaction"))
    return commits or item.get_closest_marker("once") is not None

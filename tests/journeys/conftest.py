"""A running wiki for journeys in the browser."""

from collections.abc import Iterator

from django.core.cache import cache

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from home.foundations import lay_foundations

# A page that merges takes longer where other browsers run beside it.
expect.set_options(timeout=15_000)


@pytest.fixture
def wiki(transactional_db: None, live_server: LiveServer) -> Iterator[str]:
    """The address of a wiki without content, served for real."""
    cache.clear()
    lay_foundations()
    yield live_server.url
    cache.clear()


@pytest.fixture
def visitor(page: Page) -> Page:
    """A browser tab that fails the test when the page's own script fails."""
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.set_default_timeout(15_000)
    return page

"""What the account tests share: letters received, and limits switched on."""

import re
from collections.abc import Callable

from django.core import mail
from django.core.cache import cache
from django.test import Client

import pytest
from pytest_django.fixtures import Settings

from thrillwiki.settings.base import ACCOUNT_RATE_LIMITS

SIGN_IN = "/accounts/login/"
SIGN_UP = "/accounts/signup/"
CODE = "/accounts/confirm-email/"
RESET = "/accounts/password/reset/"


@pytest.fixture
def limits(settings: Settings) -> None:
    """Production's limits, nothing used up yet."""
    settings.ACCOUNT_RATE_LIMITS = ACCOUNT_RATE_LIMITS
    cache.clear()


@pytest.fixture
def latest_code() -> Callable[[], str]:
    """The code in the newest mail."""

    def read() -> str:
        body = str(mail.outbox[-1].body)
        found = re.search(r"^([A-Z0-9]{3,}(?:-[A-Z0-9]+)*)$", body, re.MULTILINE)
        assert found, body
        return found.group(1)

    return read


@pytest.fixture
def browser_of() -> Callable[..., Client]:
    """A new visitor, signed in through the form if an address is given."""

    def open_browser(email: str = "", password: str = "") -> Client:
        client = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/140.0")
        if email:
            form = {"login": email, "password": password}
            assert client.post(SIGN_IN, form).status_code == 302
        return client

    return open_browser

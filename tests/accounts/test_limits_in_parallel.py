"""The limit on wrong passwords when they all arrive at once."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from django.test import Client

import pytest

from tests.accounts.conftest import SIGN_IN
from tests.factories.people import make_person

ALLOWED = 5


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("limits")
def test_parallel_tries_are_no_more_than_those_in_a_row() -> None:
    make_person(email="rider@example.org")
    form = {"login": "rider@example.org", "password": "wrong-password"}

    def try_once(number: int) -> int:
        try:
            from_elsewhere = f"192.0.2.{number}"
            return Client(REMOTE_ADDR=from_elsewhere).post(SIGN_IN, form).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as browsers:
        answers = list(browsers.map(try_once, range(24)))

    assert set(answers) <= {200, 429}
    assert answers.count(200) <= ALLOWED

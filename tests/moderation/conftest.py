"""A ride with an edit that waits for a moderator, and the people around it."""

from collections.abc import Callable
from typing import Any

from django.test import Client

import pytest

from accounts.models import User
from home.models import HomePage
from parks.models import RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.moderation.submissions import submit_edit

SignIn = Callable[[User], Client]


@pytest.fixture
def editor(home: HomePage) -> User:
    return make_person("Editor")


@pytest.fixture
def moderator(home: HomePage) -> User:
    return make_person("Moderator")


@pytest.fixture
def second_moderator(home: HomePage) -> User:
    return make_person("Moderator")


@pytest.fixture
def sign_in() -> SignIn:
    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def ride(home: HomePage) -> RidePage:
    return make_ride(make_park())


@pytest.fixture
def submitted(ride: RidePage, editor: User) -> Any:
    """The live ride with a new description that the editor has handed in."""
    return submit_edit(ride, by=editor, text="Text as submitted")

"""A ride and the people around it."""

from typing import Any

from django.test import Client

import pytest

from home.models import HomePage
from parks.models import ParkPage, RidePage
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person


@pytest.fixture
def member(home: HomePage) -> Any:
    return make_person("Member", display_name="Mira")


@pytest.fixture
def moderator(home: HomePage) -> Any:
    return make_person("Moderator", display_name="Mo")


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    return make_park(city="Huron")


@pytest.fixture
def ride(park: ParkPage) -> RidePage:
    maker = make_company("Bolliger & Mabillard")
    return make_ride(park, height="310 ft", maker=maker)


@pytest.fixture
def as_member(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def as_moderator(moderator: Any) -> Client:
    client = Client()
    client.force_login(moderator)
    return client

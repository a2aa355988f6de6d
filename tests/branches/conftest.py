"""A ride and the people around it."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from wagtail.images.tests.utils import get_test_image_file

import pytest

from home.models import HomePage
from parks.models import ParkPage, RidePage
from photos.models import Photo
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
def make_photo(home: HomePage) -> Callable[..., Photo]:
    """A photo in the library, with a title and what else a test says."""

    def make(title: str, **fields: Any) -> Photo:
        picture = get_test_image_file(filename=f"{title}.png")
        made: Photo = Photo.objects.create(title=title, file=picture, **fields)
        return made

    return make


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

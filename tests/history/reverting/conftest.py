from django.test import Client

import pytest

from parks.models import ParkPage
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.suppression.hiding import publish


@pytest.fixture
def park() -> ParkPage:
    """A park whose first version names Huron and whose second one Sandusky."""
    park = make_park(city="Huron")
    publish(park, city="Sandusky")
    return live(park)


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(make_person("Moderator", display_name="Mo"))
    return client

"""Two administrators, a vandal and a park with something to hide."""

from typing import Any

import pytest

from parks.models import ParkPage
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.suppression.hiding import CANARY, publish


@pytest.fixture
def first() -> Any:
    return make_person("admin", display_name="First Admin")


@pytest.fixture
def second() -> Any:
    return make_person("admin", display_name="Second Admin")


@pytest.fixture
def vandal() -> Any:
    return make_person("Moderator", display_name="Vandal Hidden")


@pytest.fixture
def park(vandal: Any) -> ParkPage:
    """Five versions; only the third holds what has to go."""
    park = make_park()
    for city in ("Sandusky", CANARY, "Sandusky, Ohio", "Sandusky"):
        by = vandal if city == CANARY else None
        publish(park, by=by, city=city)
    return park

"""An archive of its own for each test, and a park with a long history."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from history.archive import cold
from home.models import HomePage
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park

LONG_AGO = datetime(2015, 5, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Where the bundles of the test lie."""
    storage = {**settings.STORAGES["archive"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "archive": storage}
    cold._index_of.cache_clear()
    yield tmp_path
    cold._index_of.cache_clear()


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    """A park with 61 versions since 2015."""
    park = make_park("Grüna Lund", body=[("paragraph", "<p>“Djurgården”</p>")])
    lengthen_history(park, by=60, since=LONG_AGO)
    return ParkPage.objects.get(pk=park.pk)

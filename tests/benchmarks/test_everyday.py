"""What the wiki does all day. `make bench` measures; elsewhere each runs once."""

from django.test import Client

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from core.partial_dates import PartialDate
from home.models import HomePage
from parks.models import ParkPage, RidePage
from tests.factories.pages import make_park, make_ride

pytestmark = pytest.mark.django_db

RIDES = 40


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    """A park with a good number of rides."""
    park = make_park()
    for number in range(RIDES):
        make_ride(park, f"Ride {number}", height=f"{number + 10} m")
    return park


def test_showing_a_park(benchmark: BenchmarkFixture, park: ParkPage) -> None:
    client = Client()

    response = benchmark(client.get, park.url)

    assert response.status_code == 200


def test_publishing_a_change(benchmark: BenchmarkFixture, home: HomePage) -> None:
    ride = make_ride(make_park(), height="60 m")
    heights = iter(range(10, 10_000))

    def publish() -> None:
        draft = RidePage.objects.get(pk=ride.pk)
        track = draft.tracks.all()[0]
        track.height = f"{next(heights) / 100 + 1:.2f} m"
        draft.tracks.add(track)
        draft.save_revision().publish()

    benchmark(publish)


def test_searching(benchmark: BenchmarkFixture, park: ParkPage) -> None:
    client = Client()

    response = benchmark(client.get, "/search/", {"q": "ride 12"})

    assert response.status_code == 200


def test_reading_a_date_again(benchmark: BenchmarkFixture) -> None:
    assert benchmark(PartialDate.parse, "c. 1902").lower is not None

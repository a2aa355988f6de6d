"""Parks and rides near a place, and parks on the map."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from core.reader import COOKIE
from parks.models import ParkPage
from tests.factories.pages import make_park, make_ride

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

SANDUSKY = {"latitude": "41.45", "longitude": "-82.71"}


@pytest.fixture
def parks(home: object) -> dict[str, ParkPage]:
    """Two parks in Ohio, one on the other side of the world, one nowhere."""
    return {
        "point": make_park(
            "Cedar Point", city="Sandusky", latitude="41.48", longitude="-82.68"
        ),
        "island": make_park(
            "Kings Island", city="Mason", latitude="39.34", longitude="-84.27"
        ),
        "fiji": make_park(
            "Date Line Park",
            city="Suva",
            country="FJ",
            latitude="-17.0",
            longitude="179.9",
        ),
        "lost": make_park("Nowhere Park", city="Atlantis"),
    }


def near(client: Client, query: str) -> str:
    response = client.get(f"/rides/near/?{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_town_finds_its_parks_with_distance_and_rides(
    client: Client, parks: dict[str, ParkPage]
) -> None:
    make_ride(parks["point"], "Raptor")

    html = near(client, "place=sandusky&radius=100km")

    assert "Around Sandusky, United States" in html
    assert "Cedar Point" in html
    assert "less than 1\u00a0km" in html
    assert 'href="/rides/?park=cedar-point">1 ride<' in html
    assert "Kings Island" not in html


@pytest.mark.usefixtures("parks")
def test_distances_are_in_the_units_of_the_reader(client: Client) -> None:
    client.cookies[COOKIE] = "imperial"

    html = near(client, "place=cedar-point&radius=200km")

    assert "within 200 km" in html
    assert "Kings Island" not in html
    assert "60 mi" in html


@pytest.mark.usefixtures("parks")
def test_a_name_that_fits_several_places_asks_which_one(client: Client) -> None:
    make_park("Cedar Fair", city="Cedar", latitude="10", longitude="10")

    html = near(client, "place=ced")

    assert "Which one?" in html
    assert "?place=cedar-point&amp;radius=100km" in html
    assert "?place=Cedar%2C%20US&amp;radius=100km" in html
    assert "Around Cedar, United States" in near(client, "place=Cedar,+US")


@pytest.mark.usefixtures("parks")
def test_a_position_is_used_rounded_and_kept_nowhere(client: Client) -> None:
    response = client.post("/rides/near/", {**SANDUSKY, "radius": "50km"})
    html = response.content.decode()

    assert "Around your position" in html
    assert "Cedar Point" in html
    assert "41.45" not in html
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.usefixtures("parks")
def test_a_circle_reaches_across_the_date_line(client: Client) -> None:
    response = client.post(
        "/rides/near/", {"latitude": "-17", "longitude": "-179.9", "radius": "50km"}
    )

    assert "Date Line Park" in response.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"latitude": "NaN", "longitude": "1"},
        {"latitude": "1e9", "longitude": "1"},
        {"latitude": "91", "longitude": "1"},
        {"latitude": "1", "longitude": "x" * 5000},
        {"latitude": "1", "longitude": "1", "radius": "9000km"},
    ],
)
def test_a_position_that_is_none_is_refused(
    client: Client, sent: dict[str, str]
) -> None:
    assert client.post("/rides/near/", sent).status_code == 400


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("place=" + "x" * 5000, 400),
        ("place=%00", 400),
        ("radius=1parsec", 400),
        ("place=%25_'\";--", 200),
        ("place=zzz", 200),
        ("place=,+", 200),
        ("", 200),
    ],
)
def test_bad_places_have_a_clear_answer(
    client: Client, query: str, status: int
) -> None:
    assert client.get(f"/rides/near/?{query}").status_code == status


def test_a_park_that_is_not_public_is_near_nobody_and_on_no_map(
    client: Client, parks: dict[str, ParkPage]
) -> None:
    make_ride(parks["point"], "Raptor")
    PageViewRestriction.objects.create(
        page=parks["point"], restriction_type=PageViewRestriction.LOGIN
    )

    assert "Cedar Point" not in near(client, "place=sandusky")
    assert client.get("/rides/points.json").json() == []


def test_the_map_has_a_point_for_each_park_with_the_rides_asked_for(
    client: Client, parks: dict[str, ParkPage]
) -> None:
    make_ride(parks["point"], "Raptor")
    make_ride(parks["point"], "Cups", category="flat")
    make_ride(parks["lost"], "Ghost")

    found = client.get("/rides/points.json?category=roller_coaster").json()

    assert found == [
        {
            "park": "Cedar Point",
            "lat": 41.48,
            "lon": -82.68,
            "count": 1,
            "url": "/parks/cedar-point/",
        }
    ]
    assert client.get("/rides/points.json?colour=red").status_code == 400


def test_near_a_place_costs_the_same_for_2_and_20_parks(client: Client) -> None:
    counts = []
    for many in (2, 18):
        for number in range(many):
            place: dict[str, Any] = {
                "latitude": f"41.{number:02}",
                "longitude": "-82.5",
            }
            park = make_park(f"Park {many} {number}", city="Town", **place)
            make_ride(park, f"Ride {number}")
        near(client, "place=Town")
        with CaptureQueriesContext(connection) as queries:
            assert "Around Town" in near(client, "place=Town")
        counts.append(len(queries))

    assert counts[0] == counts[1]

"""The page that puts up to four rides side by side."""

import re
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from home.models import HomePage
from parks.models import RidePage
from tests.factories.pages import make_company, make_park, make_ride

pytestmark = pytest.mark.django_db


@pytest.fixture
def rides(home: HomePage) -> list[RidePage]:
    park, maker = make_park("Harbour Park"), make_company("Intamin")
    return [
        make_ride(park, title, height=height, maker=maker)
        for title, height in (("Orion", "287 ft"), ("Gemini", "38 m"), ("Bat", "12 m"))
    ]


def address(rides: list[RidePage], **more: str) -> str:
    chosen = "&".join(f"ride={ride.uuid}" for ride in rides)
    return f"/compare/?{chosen}&" + "&".join(f"{k}={v}" for k, v in more.items())


def test_rides_stand_side_by_side_in_the_order_they_were_chosen(
    client: Client, rides: list[RidePage]
) -> None:
    html = client.get(address([rides[1], rides[0]])).content.decode()

    heads = re.findall(r"text-xl[^>]*>([^<]+)</a>", html)
    assert heads == ["Gemini", "Orion"]
    assert '<td class="best">' in html
    assert html.count("Intamin") >= 2


def test_a_ride_is_added_by_a_part_of_its_name(
    client: Client, rides: list[RidePage]
) -> None:
    html = client.get(address(rides[:1], q="gem")).content.decode()

    assert f"?ride={rides[0].uuid}&amp;ride={rides[1].uuid}" in html
    assert (
        "No ride of that name"
        in client.get(address(rides[:1], q="zzz")).content.decode()
    )


def test_a_ride_that_is_gone_is_left_out_and_said_so(
    client: Client, rides: list[RidePage]
) -> None:
    rides[0].unpublish()

    html = client.get(address(rides[:2])).content.decode()

    assert "1 of the rides asked for is not here any more" in html
    assert "Orion" not in html


@pytest.mark.parametrize(
    "query",
    [
        "ride=nonsense",
        "ride=" + "9" * 5000,
        "&".join(f"ride={uuid4()}" for _ in range(5)),
        "&".join(f"ride={uuid4()}" for _ in range(500)),
        "q=" + "x" * 5000,
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(
    home: HomePage, client: Client, query: str
) -> None:
    response = client.get(f"/compare/?{query}")

    assert response.status_code == 400
    assert re.search("Ride: |Name: ", response.content.decode())


def test_comparing_four_costs_what_comparing_one_does(
    client: Client, rides: list[RidePage]
) -> None:
    def cost(chosen: list[Any]) -> int:
        client.get(address(chosen))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(chosen))
        return len(queries)

    assert cost(rides) == cost(rides[:1]) <= 5

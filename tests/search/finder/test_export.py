"""The rides found, as a table for other programs."""

import csv
import io
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from home.models import HomePage
from parks.actions.inventing import invent_rides
from search.finder.actions import rebuild
from search.finder.export import AT_ONCE, HEADINGS
from search.finder.views import EXPORTS_A_MINUTE
from tests.factories.pages import make_company, make_model, make_park, make_ride

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _wiki(home: HomePage) -> None:
    """Every test exports from an installed wiki, with all exports still to be had."""
    cache.clear()


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    response: Any = client.get(f"/rides/export.csv{query}")
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_ride_is_exported_with_its_facts_as_their_source_gives_them(
    client: Client,
) -> None:
    park = make_park("Cedar Point", latitude="41.48", longitude="-82.68")
    maker = make_company("Intamin")
    ride = make_ride(
        park,
        "Millennium Force",
        maker=maker,
        model=make_model("Giga Coaster", manufacturer=maker),
        height="310 ft",
        speed="93 mph",
        opened="2000~",
        material="steel",
    )

    (row,) = exported(client)

    assert list(row) == list(HEADINGS)
    assert row["uuid"] == str(ride.uuid)
    assert row["url"].endswith("/parks/cedar-point/millennium-force/")
    assert (row["height"], row["height_m"]) == ("310 ft", "94.488")
    assert (row["speed"], row["speed_kmh"]) == ("93 mph", "149.669")
    assert (row["opened"], row["here_since"]) == ("2000~", "2000~")
    assert (row["park"], row["country"]) == ("Cedar Point", "US")
    assert (row["latitude"], row["longitude"]) == ("41.480000", "-82.680000")
    assert (row["manufacturers"], row["model"]) == ("Intamin", "Giga Coaster")
    assert row["inversions"] == row["tags"] == ""


def test_the_export_holds_what_was_asked_for_in_the_order_asked_for(
    client: Client,
) -> None:
    park = make_park()
    for height in (20, 60, 40):
        make_ride(park, f"=Ride of {height}", height=f"{height} m", slug=f"r{height}")
    make_ride(park, "Teacups", category="flat")

    rows = exported(client, "?category=roller_coaster&height=30..m&sort=tallest")

    assert [row["name"] for row in rows] == ["'=Ride of 60", "'=Ride of 40"]


def test_what_is_not_public_is_not_exported(client: Client) -> None:
    maker = make_company("Secret Works")
    make_ride(make_park(), "Open", maker=maker)
    closed = make_park("Closed Park")
    make_ride(closed, "Closed", maker=maker)
    for page in (closed, maker):
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        )

    rows = exported(client)

    assert [(row["name"], row["manufacturers"]) for row in rows] == [("Open", "")]


def test_the_file_begins_with_a_mark_and_says_what_it_is(client: Client) -> None:
    response: Any = client.get("/rides/export.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="rides.csv"'
    assert next(iter(response.streaming_content)).startswith(b"\xef\xbb\xbfuuid,url")


def test_a_long_export_ends_at_the_limit_and_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.finder.views.MOST_EXPORTED", 2)
    park = make_park()
    for number in range(3):
        make_ride(park, f"Ride {number}")

    response: Any = client.get("/rides/export.csv")
    page = client.get("/rides/").content.decode()

    assert "rides-first-2.csv" in response["Content-Disposition"]
    assert len(b"".join(response.streaming_content).splitlines()) == 3
    assert "the first 2 rides in this order" in page


def test_an_export_is_refused_with_words_when_it_is_asked_for_too_often(
    client: Client,
) -> None:
    codes = [
        client.get("/rides/export.csv").status_code for _ in range(EXPORTS_A_MINUTE + 1)
    ]

    assert codes == [200] * EXPORTS_A_MINUTE + [429]


@pytest.mark.parametrize("query", ["?colour=red", "?height=90..60m", "?height=NaN"])
def test_an_export_of_a_question_nobody_can_ask_is_refused(
    client: Client, query: str
) -> None:
    assert client.get(f"/rides/export.csv{query}").status_code == 400


def test_an_export_reads_each_lot_of_rides_in_the_same_few_queries(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    for number in (10, 90):
        for _ in invent_rides(number, seed=number):
            pass
        rebuild()
        client.get("/rides/")
        with CaptureQueriesContext(connection) as queries:
            assert len(exported(client)) in (10, 100)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert AT_ONCE >= 100

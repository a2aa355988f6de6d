"""The lists of rides: who stands on which, and what the pages cost."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import PageViewRestriction

import pytest

from home.models import HomePage
from parks.cards.contents import card_of_list
from parks.gathering import PublicPages
from parks.lists.kinds import BY_SLUG, LISTS
from parks.models import RidePage, RideStatusPeriod
from tests.factories.pages import make_park, make_ride, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def park(home: HomePage) -> Any:
    return make_park("Harbour Park")


def titles(slug: str) -> list[str]:
    return [ride.title for ride in BY_SLUG[slug].choose(RidePage.objects.live())]


def test_records_rank_what_is_open_by_its_figure(park: Any) -> None:
    make_ride(park, "Low", height="20 m", speed="140 km/h", inversions=0)
    make_ride(park, "High", height="310 ft", speed="90 km/h", inversions=5)
    make_ride(park, "Higher but gone", height="120 m", status="demolished")
    make_ride(park, "Tower", height="100 m", category="flat")
    make_ride(
        park, "Only a wish", height="200 m", status="proposed", change_source="Plans"
    )

    assert titles("tallest-coasters") == ["High", "Low"]
    assert titles("fastest-coasters") == ["Low", "High"]
    assert titles("most-inversions") == ["High"]
    assert titles("tallest-other-rides") == ["Tower"]
    assert titles("tallest-coasters-ever") == ["Higher but gone", "High", "Low"]


def test_comings_and_goings_are_told_by_status_and_dates(park: Any) -> None:
    soon = (timezone.localdate() + timedelta(days=60)).isoformat()
    make_ride(park, "Old", opened="c. 1902")
    make_ride(park, "Fresh", opened="2024-05")
    make_ride(park, "Closed", status="closed", opened="2001")
    make_ride(park, "Coming", status="under_construction", opened="2025")
    leaving = RidePage(title="Leaving")
    leaving.status_periods = [
        RideStatusPeriod(status="operating", began="1990", ended=soon)
    ]
    published(leaving, parent=park)

    assert titles("oldest-operating")[0] == "Old"
    assert titles("newest")[0] == "Fresh"
    assert titles("opening-soon") == ["Coming"]
    assert titles("closing-soon") == ["Leaving"]
    assert "Coming" not in titles("oldest-operating")


def test_what_opens_or_closes_soon_says_on_which_day(park: Any, client: Client) -> None:
    year = timezone.localdate().year + 1
    coming, leaving = RidePage(title="Coming"), RidePage(title="Leaving")
    coming.status_periods = [
        RideStatusPeriod(status="under_construction", began="2025"),
        RideStatusPeriod(status="operating", began=f"{year}-07"),
    ]
    leaving.status_periods = [
        RideStatusPeriod(status="operating", began="1990", ended=f"{year}-10-31")
    ]
    for ride in (coming, leaving):
        published(ride, parent=park)

    front, opening, closing = (
        client.get(path).content.decode()
        for path in ("/", "/lists/opening-soon/", "/lists/closing-soon/")
    )

    card = card_of_list(BY_SLUG["closing-soon"], PublicPages())
    assert f"July {year}" in front
    assert f"July {year}" in opening
    assert f"31 October {year}" in front
    assert f"31 October {year}" in closing
    assert card.figures[0].text == f"31 October {year}"


def test_what_needs_help_is_what_lacks_the_fact(park: Any) -> None:
    make_ride(park, "Known", height="30 m", opened="1990")
    make_ride(park, "Unknown", opened="")

    assert titles("without-figures") == ["Unknown"]
    assert titles("without-opening-date") == ["Unknown"]
    assert titles("without-source") == ["Known", "Unknown"]


def test_every_list_answers_also_when_nothing_is_on_it(
    home: HomePage, client: Client
) -> None:
    index = client.get("/lists/").content.decode()

    for kind in LISTS:
        response = client.get(f"/lists/{kind.slug}/")
        assert response.status_code == 200
        assert "Nothing is on this list" in response.content.decode()
        assert f"/lists/{kind.slug}/" in index


def test_a_private_park_keeps_its_rides_off_every_list(
    park: Any, client: Client
) -> None:
    make_ride(park, "Secret Swing", height="30 m")
    PageViewRestriction.objects.create(page=park, restriction_type="login")

    for kind in LISTS:
        shown = client.get(f"/lists/{kind.slug}/").content.decode()
        assert "Secret Swing" not in shown, kind.slug


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=abc", "page=" + "9" * 30])
def test_a_page_that_does_not_exist_is_not_found(
    home: HomePage, client: Client, query: str
) -> None:
    assert client.get(f"/lists/newest/?{query}").status_code == 404
    assert client.get("/lists/no-such-list/").status_code == 404
    assert client.post("/lists/newest/").status_code == 405


def test_a_list_costs_the_same_for_ten_times_the_rides(
    park: Any, client: Client
) -> None:
    def cost() -> int:
        client.get("/lists/tallest-coasters/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/lists/tallest-coasters/")
        return len(queries)

    make_ride(park, "First", height="10 m")
    for_one = cost()
    for number in range(9):
        make_ride(park, f"Ride {number}", height=f"{20 + number} m")

    assert cost() == for_one <= 7

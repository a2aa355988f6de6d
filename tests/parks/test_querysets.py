"""Parks and rides by what a visitor asks."""

from typing import Any

import pytest

from parks.models import CompanyPage, ParkPage, RidePage, RideStay
from tests.factories.pages import make_company, make_park, make_ride

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def titles(pages: Any) -> list[str]:
    return [page.title for page in pages]


def test_operating_rides_are_those_visitors_can_ride() -> None:
    park = make_park()
    for status in ("operating", "soft_opening", "sbno", "closed", "proposed"):
        ride = make_ride(park, status, publish=status != "proposed")
        RidePage.objects.filter(pk=ride.pk).update(status=status)

    rides = RidePage.objects.by_name()

    assert titles(rides.operating()) == ["operating", "soft_opening"]
    assert titles(rides.defunct()) == ["closed"]
    assert titles(rides.counted()) == ["closed", "operating", "sbno", "soft_opening"]


def test_a_ride_that_moved_on_is_found_at_both_parks() -> None:
    before, now = make_park("Before"), make_park("Now")
    ride = make_ride(now, "Wanderer")
    ride.stays = [RideStay(park=before, ended="1990"), RideStay(park=now, began="1990")]
    ride.save_revision().publish()
    make_ride(before, "Stayer")

    assert titles(RidePage.objects.at_park(now)) == ["Wanderer"]
    assert titles(RidePage.objects.at_park(before)) == ["Stayer"]
    assert titles(RidePage.objects.once_at_park(before)) == ["Wanderer"]
    assert titles(RidePage.objects.once_at_park(now)) == []


def test_rides_are_ranked_by_their_best_track_and_unknown_ones_come_last() -> None:
    park = make_park()
    make_ride(park, "Unknown")
    make_ride(park, "Small", height="30 ft", speed="90 km/h")
    make_ride(park, "Tall", height="94.5 m", speed="50 mph")

    assert titles(RidePage.objects.tallest_first()) == ["Tall", "Small", "Unknown"]
    assert titles(RidePage.objects.fastest_first()) == ["Small", "Tall", "Unknown"]


def test_rides_are_ordered_by_opening_however_vaguely_it_is_known() -> None:
    park = make_park()
    openings = {
        "Before 1907": "../1907",
        "A day of 1907": "1907-05-12",
        "Some day in 1907": "1907",
        "About 1902": "1902~",
        "Not known": "",
    }
    for title, opened in openings.items():
        make_ride(park, title, opened=opened)

    rides = RidePage.objects.all()

    assert titles(rides.oldest_first()) == [
        *("About 1902", "Before 1907", "Some day in 1907", "A day of 1907"),
        "Not known",
    ]
    assert titles(rides.newest_first())[-1] == "Not known"


def test_questions_can_be_put_together() -> None:
    maker, park = make_company(), make_park()
    make_ride(park, "Ours", maker=maker, height="50 m")
    make_ride(park, "Ours too", maker=maker, height="60 m")
    make_ride(park, "Theirs", height="70 m")

    rides = RidePage.objects.live().operating().credited_to(maker).tallest_first()

    assert titles(rides) == ["Ours too", "Ours"]


def test_a_company_credited_twice_is_counted_once() -> None:
    maker = make_company(is_designer=True)
    ride = make_ride(make_park(), maker=maker)
    credit = ride.credits.get()
    ride.credits = [credit, type(credit)(company=maker, role="designer")]
    ride.save_revision().publish()

    assert RidePage.objects.credited_to(maker).count() == 1


def test_parks_are_found_by_country_and_status() -> None:
    make_park("Efteling", country="NL")
    make_park("Holiday Park", country="DE")
    make_park("Spreepark", country="DE", status="closed")

    parks = ParkPage.objects.by_name()

    assert titles(parks.in_country("DE")) == ["Holiday Park", "Spreepark"]
    assert titles(parks.operating().in_country("DE")) == ["Holiday Park"]


def test_companies_are_found_by_what_they_do() -> None:
    make_company("Maker")
    make_company("Runner", is_manufacturer=False, is_operator=True)
    make_company("Owner", is_manufacturer=False, is_owner=True)

    companies = CompanyPage.objects.order_by("title")

    assert titles(companies.manufacturers()) == ["Maker"]
    assert titles(companies.operators()) == ["Owner", "Runner"]


def test_a_list_of_rides_costs_the_same_for_three_as_for_one(
    django_assert_num_queries: Any,
) -> None:
    park, maker = make_park(), make_company()
    for number in range(3):
        make_ride(park, f"Ride {number}", maker=maker)

    with django_assert_num_queries(4):
        for ride in RidePage.objects.for_lists():
            assert [credit.company.title for credit in ride.credits.all()]
            assert ride.tracks.all()

"""Statuses turn by themselves on the day their periods name."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from history.models import PageVersion
from parks.actions.statuses import bring_up_to_date
from parks.models import ParkPage, RidePage, RideStatusPeriod
from parks.tasks import bring_statuses_up_to_date
from tests.factories.pages import make_park, make_ride

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

SPRING = datetime(2026, 3, 1, 9, tzinfo=UTC)
OPENING_DAY = datetime(2026, 5, 12, 0, 30, tzinfo=UTC)


def ride_with(*periods: tuple[str, str, str]) -> RidePage:
    """A ride published in spring with (status, from, until)."""
    with time_machine.travel(SPRING, tick=False):
        ride = make_ride(make_park())
        ride.status_periods = [
            RideStatusPeriod(status=status, began=began, ended=ended)
            for status, began, ended in periods
        ]
        ride.save_revision().publish()
    return RidePage.objects.get(pk=ride.pk)


def on(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def status_of(ride: RidePage) -> str:
    return RidePage.objects.get(pk=ride.pk).status


COMING = (("under_construction", "2025", ""), ("operating", "2026-05-12", ""))


def test_a_ride_opens_on_the_day_its_period_begins_and_not_before() -> None:
    ride = ride_with(*COMING)

    with on(datetime(2026, 5, 11, 23, 59, tzinfo=UTC)):
        assert bring_up_to_date() == 0
    assert status_of(ride) == "under_construction"
    with on(OPENING_DAY):
        assert bring_up_to_date() == 1
    assert status_of(ride) == "operating"


def test_a_turned_ride_knows_when_it_opened() -> None:
    ride = ride_with(*COMING)

    with on(OPENING_DAY):
        bring_up_to_date()

    turned = RidePage.objects.get(pk=ride.pk)
    assert str(turned.opened) == "2026-05-12"
    assert turned.opened_lower == OPENING_DAY.date()


def test_turning_twice_changes_nothing_more() -> None:
    ride_with(*COMING)

    with on(OPENING_DAY):
        assert [bring_up_to_date(), bring_up_to_date()] == [1, 0]


def test_a_ride_closes_the_day_after_its_last() -> None:
    ride = ride_with(("operating", "1999", "2026-05-11"))

    with on(datetime(2026, 5, 11, 12, tzinfo=UTC)):
        assert bring_up_to_date() == 0
    with on(OPENING_DAY):
        assert bring_up_to_date() == 1

    assert status_of(ride) == "closed"


@pytest.mark.parametrize("began", ["2026-05", "2026", "2026-05-10~", "2026-21"])
def test_a_date_vaguer_than_a_day_waits_for_an_editor(began: str) -> None:
    # 2026 has begun when the page is published, so start from a year that has not.
    with time_machine.travel(datetime(2025, 6, 1, tzinfo=UTC), tick=False):
        ride = make_ride(make_park(), opened="1999-05-12")
        ride.status_periods.add(RideStatusPeriod(status="closed", began=began))
        ride.save_revision().publish()

    with on(OPENING_DAY):
        turned = bring_up_to_date()

    assert (turned, status_of(ride)) == (0, "operating")


def test_a_day_that_comes_is_no_edit() -> None:
    ride = ride_with(*COMING)
    before = PageVersion.objects.count()
    revision = ride.latest_revision_id

    with on(OPENING_DAY):
        bring_up_to_date()

    turned = RidePage.objects.get(pk=ride.pk)
    assert PageVersion.objects.count() == before
    assert turned.latest_revision_id == revision
    assert not turned.has_unpublished_changes


def test_a_waiting_draft_neither_turns_nor_is_lost() -> None:
    ride = ride_with(*COMING)
    draft = ride.get_latest_revision_as_object()
    draft.search_description = "Not published yet"
    draft.save_revision()

    with on(OPENING_DAY):
        bring_up_to_date()

    turned = RidePage.objects.get(pk=ride.pk)
    assert (turned.status, turned.search_description) == ("operating", "")
    waiting = turned.get_latest_revision_as_object()
    assert waiting.search_description == "Not published yet"


def test_a_page_that_is_not_live_is_left_alone() -> None:
    ride = ride_with(*COMING)
    ride.unpublish()

    with on(OPENING_DAY):
        assert bring_up_to_date() == 0


def test_parks_turn_too() -> None:
    with on(SPRING):
        park = make_park(opened="2026-05-12")

    with on(OPENING_DAY):
        bring_statuses_up_to_date()

    assert ParkPage.objects.get(pk=park.pk).status == "operating"


def test_pages_with_nothing_due_are_not_even_loaded(
    django_assert_max_num_queries: Any,
) -> None:
    park = make_park()
    for number in range(3):
        make_ride(park, f"Ride {number}")

    with django_assert_max_num_queries(2):
        bring_up_to_date()

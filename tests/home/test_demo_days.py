"""What the demo announces is still to come on whatever day it is loaded."""

from datetime import date

import pytest

from home.demo.building import fill_ride
from home.demo.reading import dated
from tests.home.test_demo import WORLD, world_in_memory


def test_days_told_from_today_are_read_as_days() -> None:
    facts = {"text": "in 2 days it opens", "rows": [{"on": "in 2 days"}, "3 days ago"]}

    assert dated(facts, date(2026, 1, 1)) == {
        "text": "in 2 days it opens",
        "rows": [{"on": "2026-01-03"}, "2025-12-29"],
    }


# As above: a page looks its content type up.
@pytest.mark.django_db
def test_some_rides_open_and_some_close_within_half_a_year() -> None:
    built = world_in_memory()
    coming, going = [], []
    for key, facts in WORLD.rides.items():
        fill_ride(built.rides[key], facts, built)
        built.rides[key].derive()
        ride = built.rides[key]
        last = ride.status_periods.all()[-1:]
        if ride.status in ("announced", "under_construction"):
            coming.append(key)
        elif last and last[0].ended and last[0].ended.upper >= date.today():
            going.append(key)

    assert len(coming) >= 2
    assert len(going) >= 2

"""The file that the importer was made for, where the machine has it."""

import os
from pathlib import Path

from wagtail.models import Page

import pytest

from history.models import ObjectHead, PageVersion
from home.models import HomePage
from parks.importing.chronicle import RideRecord, write_record
from parks.importing.notes import Level, messages_at
from parks.importing.parsing import parse_row
from parks.importing.places import place_rows
from parks.importing.reading import read_file
from parks.importing.relocation import Kinship, group_rows, joined_moves
from parks.importing.running import import_file

REAL_FILE = os.environ.get("COASTER_CSV", "")

pytestmark = pytest.mark.skipif(
    not REAL_FILE, reason="COASTER_CSV does not name a copy of the coaster file"
)


@pytest.fixture(scope="module")
def records() -> list[RideRecord]:
    rows = [parse_row(raw) for raw in read_file(Path(REAL_FILE)).rows]
    kept = [row for row in rows if not row.is_rejected]
    return [write_record(group) for group in joined_moves(group_rows(place_rows(kept)))]


def test_at_least_95_rows_in_100_are_imported_and_the_rest_say_why() -> None:
    rows = [parse_row(raw) for raw in read_file(Path(REAL_FILE)).rows]
    rejected = [row for row in rows if row.is_rejected]

    assert len(rows) == 1087
    assert len(rejected) <= len(rows) * 0.05
    assert all(messages_at(Level.REJECTED, row.notes) for row in rejected)


def test_each_row_belongs_to_one_ride(records: list[RideRecord]) -> None:
    numbers = [row.number for record in records for row in record.rows]

    assert sorted(numbers) == list(range(2, 1089))


def test_clones_stay_seven_rides(records: list[RideRecord]) -> None:
    clones = [
        r for r in records if r.name == "Batman: The Ride" and r.row.length == "2693 ft"
    ]

    assert len(clones) == 7


def test_a_coaster_that_moved_keeps_one_record(records: list[RideRecord]) -> None:
    moved = [
        record
        for record in records
        if record.name == "Corkscrew" and record.place.name.startswith("Silverwood")
    ]

    assert [record.kinship for record in moved] == [Kinship.MOVED]
    assert moved[0].stays[0].place.name == "Knott's Berry Farm"


def test_years_never_become_days(records: list[RideRecord]) -> None:
    dates = [span.began for record in records for span in record.periods]

    assert not [text for text in dates if text.endswith("-01-01")]


def test_most_parks_have_a_country(records: list[RideRecord]) -> None:
    places = {record.place for record in records}
    known = [place for place in places if place.region.country != "ZZ"]

    assert len(known) > len(places) * 0.8


@pytest.mark.once
def test_the_whole_file_comes_in_once_and_not_twice(home: HomePage) -> None:
    first = import_file(Path(REAL_FILE)).counts()
    again = import_file(Path(REAL_FILE)).counts()

    assert first["new"] + first["duplicate"] >= 1087 * 0.95
    assert (again["new"], again["changed"]) == (0, 0)
    assert not any(Page.find_problems())
    assert PageVersion.objects.count() == ObjectHead.objects.count()

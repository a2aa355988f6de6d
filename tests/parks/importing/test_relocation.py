"""One ride in several rows, and several rides that look alike."""

from collections.abc import Callable

from parks.choices import RideStatus
from parks.importing.chronicle import RideRecord
from parks.importing.notes import Level, messages_at
from parks.importing.relocation import Kinship

RecordAll = Callable[..., list[RideRecord]]

LOST = {"Location": "Other", "opening_date_clean": "", "Status": ""}


def lived(record: RideRecord) -> list[tuple[RideStatus, str, str]]:
    return [(span.status, span.began, span.ended) for span in record.periods]


def named(record: RideRecord) -> list[tuple[str, str, str]]:
    return [(span.text, span.began, span.ended) for span in record.names]


def test_a_row_of_its_own_is_a_ride_of_its_own(record_all: RecordAll) -> None:
    [record] = record_all({})

    assert record.kinship is Kinship.ALONE
    assert lived(record) == [(RideStatus.OPERATING, "1999-05-12", "")]
    assert [(stay.place.name, stay.began) for stay in record.stays] == [
        ("Seaside Park", "1999-05-12")
    ]


def test_a_ride_that_left_before_it_began_elsewhere_moved(
    record_all: RecordAll,
) -> None:
    [record] = record_all(
        {
            **LOST,
            "coaster_name": "Comet (Old Park)",
            "year_introduced": "1975",
            "Closing date": "1989",
        },
        {
            **LOST,
            "coaster_name": "Comet (New Park)",
            "year_introduced": "1990",
            "Closing date": "1989",
        },
    )

    assert record.kinship is Kinship.MOVED
    assert [(s.place.name, s.began, s.ended) for s in record.stays] == [
        ("Old Park", "1975", "1989"),
        ("New Park", "1990", ""),
    ]
    assert lived(record) == [
        (RideStatus.OPERATING, "1975", "1989"),
        (RideStatus.CLOSED, "1989", "1990"),
        (RideStatus.OPERATING, "1990", ""),
        (RideStatus.UNKNOWN, "", ""),
    ]
    assert messages_at(Level.SUSPICIOUS, record.notes)


def test_a_return_under_one_name_is_one_ride(record_all: RecordAll) -> None:
    [record] = record_all(
        {**LOST, "year_introduced": "1985", "Closing date": "2014", "Name": "Meteor"},
        {**LOST, "year_introduced": "2015", "Closing date": "2014", "Name": "Meteor"},
    )

    assert record.kinship is Kinship.MOVED
    assert [name for name, *_ in named(record)] == ["Meteor", "Comet"]
    assert len(record.stays) == 1


def test_clones_that_run_at_once_stay_apart(record_all: RecordAll) -> None:
    records = record_all(
        *[{**LOST, "year_introduced": str(year)} for year in range(1992, 1999)]
    )

    assert len(records) == 7
    assert "may be clones" in messages_at(Level.SUSPICIOUS, records[0].notes)[0]


def test_rides_of_a_model_stay_apart(record_all: RecordAll) -> None:
    records = record_all(
        {
            **LOST,
            "Status": "In Production",
            "year_introduced": "1985",
            "Closing date": "1989",
        },
        {
            **LOST,
            "Status": "In Production",
            "year_introduced": "1990",
            "Closing date": "1989",
        },
    )

    assert len(records) == 2


def test_overlapping_years_are_no_move(record_all: RecordAll) -> None:
    records = record_all(
        {
            **LOST,
            "coaster_name": "Comet (Old Park)",
            "year_introduced": "1975",
            "Closing date": "1999",
        },
        {
            **LOST,
            "coaster_name": "Comet (New Park)",
            "year_introduced": "1990",
            "Closing date": "1999",
        },
    )

    assert len(records) == 2


def test_one_name_at_one_park_is_one_ride_whatever_its_years(
    record_all: RecordAll,
) -> None:
    [record] = record_all(
        {**LOST, "coaster_name": "Comet (Big Park)", "year_introduced": "1985"},
        {**LOST, "coaster_name": "Comet (Big Park)", "year_introduced": "1988"},
    )

    assert len(record.rows) == 2
    assert "1985, 1988" in messages_at(Level.SUSPICIOUS, record.notes)[0]


def test_rows_about_a_park_are_never_one_ride(record_all: RecordAll) -> None:
    about_the_park = {
        "Location": "Cleveland, Ohio, United States",
        "Opened": "1895",
        "Length": "",
        "height_value": "",
        "Manufacturer": "",
        "opening_date_clean": "",
        "Status": "Operating",
    }
    records = record_all(
        {**about_the_park, "coaster_name": "Comet"},
        {**about_the_park, "coaster_name": "Racer"},
    )

    assert len(records) == 2
    assert records[0].periods[-1].status is RideStatus.UNKNOWN


def test_rides_described_apart_are_joined_when_one_follows_the_other(
    record_all: RecordAll,
) -> None:
    [record] = record_all(
        {
            "Location": "Old Park",
            "Status": "Removed",
            "Closing date": "2003",
            "year_introduced": "1990",
            "opening_date_clean": "1/1/1990",
        },
        {
            "Location": "New Park",
            "year_introduced": "2005",
            "opening_date_clean": "5/12/2005",
        },
    )

    assert record.kinship is Kinship.MOVED
    assert [stay.place.name for stay in record.stays] == ["Old Park", "New Park"]
    assert record.periods[-1].status is RideStatus.OPERATING


def test_rides_that_only_share_a_name_stay_apart(record_all: RecordAll) -> None:
    records = record_all(
        {
            "Location": "Old Park",
            "Status": "Removed",
            "Closing date": "2003",
            "Length": "900 ft (270 m)",
        },
        {
            "Location": "New Park",
            "year_introduced": "2005",
            "opening_date_clean": "5/12/2005",
        },
    )

    assert len(records) == 2


def test_rows_with_few_figures_are_not_taken_for_one_ride(
    record_all: RecordAll,
) -> None:
    few = {"Length": "", "speed1": ""}
    records = record_all(
        {**few, "coaster_name": "Comet"}, {**few, "coaster_name": "Racer"}
    )

    assert len(records) == 2

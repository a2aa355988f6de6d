"""The life of a ride as its rows tell it."""

from collections.abc import Callable

from parks.choices import NameKind, RideStatus
from parks.importing.chronicle import RideRecord
from parks.importing.notes import Level, messages_at

RecordAll = Callable[..., list[RideRecord]]

LOST = {"Location": "Other", "opening_date_clean": "", "Status": ""}


def lived(record: RideRecord) -> list[tuple[RideStatus, str, str]]:
    return [(span.status, span.began, span.ended) for span in record.periods]


def named(record: RideRecord) -> list[tuple[str, str, str]]:
    return [(span.text, span.began, span.ended) for span in record.names]


def test_names_in_one_park_follow_on_each_other(record_all: RecordAll) -> None:
    [record] = record_all(
        {"coaster_name": "Comet", "year_introduced": "1999"},
        {"coaster_name": "Meteor", "year_introduced": "2004"},
    )

    assert named(record) == [("Comet", "1999-05-12", "2004"), ("Meteor", "2004", "")]
    assert record.name == "Meteor"
    assert record.opened == "1999-05-12"
    assert len(record.stays) == 1


def test_a_name_listed_for_the_first_year_too_begins_with_its_own(
    record_all: RecordAll,
) -> None:
    [record] = record_all(
        {"coaster_name": "Meteor", "year_introduced": "1999"},
        {"coaster_name": "Comet", "year_introduced": "1999"},
        {"coaster_name": "Meteor", "year_introduced": "2004"},
    )

    assert [name for name, *_ in named(record)] == ["Comet", "Meteor"]


def test_two_names_of_one_year_are_a_doubt(record_all: RecordAll) -> None:
    [record] = record_all({"coaster_name": "Meteor"}, {"coaster_name": "Comet"})

    assert record.name == "Meteor"
    assert record.names[0].kind is NameKind.FORMER
    assert "same year" in messages_at(Level.SUSPICIOUS, record.notes)[0]


def test_a_rebuilt_ride_opened_when_it_first_did(record_all: RecordAll) -> None:
    [record] = record_all(
        {"coaster_name": "Comet", "year_introduced": "1990"},
        {"coaster_name": "Wicked Comet", "year_introduced": "1999"},
    )

    assert record.opened == "1990"
    assert named(record)[1] == ("Wicked Comet", "1999-05-12", "")


def test_a_closing_before_the_opening_is_left_out(record_all: RecordAll) -> None:
    [record] = record_all({**LOST, "year_introduced": "1998", "Closing date": "1997"})

    assert lived(record)[0] == (RideStatus.OPERATING, "1998", "")
    assert "before the opening" in messages_at(Level.SUSPICIOUS, record.notes)[0]


def test_a_closing_of_a_ride_that_operates_is_left_out(record_all: RecordAll) -> None:
    [record] = record_all({"Closing date": "2010"})

    assert lived(record) == [(RideStatus.OPERATING, "1999-05-12", "")]
    assert messages_at(Level.SUSPICIOUS, record.notes)


def test_a_closed_ride_keeps_its_source_word(record_all: RecordAll) -> None:
    [record] = record_all({"Status": "Removed", "Closing date": "2010"})

    assert lived(record)[-1] == (RideStatus.CLOSED, "2010", "")
    assert record.periods[-1].note == "Source: Removed"


def test_a_ride_with_a_closing_and_no_status_is_closed(record_all: RecordAll) -> None:
    [record] = record_all({"Status": "", "Closing date": "2010"})

    assert lived(record)[-1] == (RideStatus.CLOSED, "2010", "")


def test_a_ride_being_built_has_not_opened(record_all: RecordAll) -> None:
    [record] = record_all(
        {
            "Status": "Under construction",
            "year_introduced": "2022",
            "opening_date_clean": "1/1/2022",
        }
    )

    assert lived(record) == [(RideStatus.UNDER_CONSTRUCTION, "", "")]
    assert record.opened == ""


def test_a_soft_opening_comes_before_the_opening(record_all: RecordAll) -> None:
    [record] = record_all({"Soft opening date": "6-May-99"})

    assert lived(record) == [
        (RideStatus.SOFT_OPENING, "1999-05-06", "1999-05-12"),
        (RideStatus.OPERATING, "1999-05-12", ""),
    ]


def test_a_soft_opening_years_before_is_of_another_ride(record_all: RecordAll) -> None:
    [record] = record_all({"Soft opening date": "6-May-95"})

    assert lived(record) == [(RideStatus.OPERATING, "1999-05-12", "")]


def test_an_opening_long_before_the_year_is_a_doubt(record_all: RecordAll) -> None:
    [record] = record_all({"year_introduced": "2010"})

    assert record.opened == "1999-05-12"
    assert messages_at(Level.SUSPICIOUS, record.notes)

"""Dates out of cells: never more precise than their source."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parks.importing.dates import (
    is_certainly_before,
    read_date,
    read_reckoned_day,
    year_of,
)
from parks.importing.notes import Level, NoteTaker


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("September\xa016,\xa02007", "2007-09-16"),
        ("27 January 2001", "2001-01-27"),
        ("1 September 2019[1]", "2019-09-01"),
        ("May 28, 1999; 22 years ago", "1999-05-28"),
        ("July 4, 1926 (95 years)", "1926-07-04"),
        ("December 2019", "2019-12"),
        ("1997", "1997"),
        ("1930s", "193X"),
        ("", ""),
    ],
)
def test_written_dates_keep_their_precision(cell: str, read: str) -> None:
    notes = NoteTaker()

    assert read_date(cell, "Closing date", notes) == read
    assert notes.notes == []


@pytest.mark.parametrize(
    ("cell", "not_before", "read"),
    [
        ("2-Sep-46", 1927, "1946-09-02"),
        ("28-Sep-19", 1927, "2019-09-28"),
        ("Nov-57", 1930, "1957-11"),
        ("30-Oct-05", 2010, "2005-10-30"),
    ],
)
def test_a_year_of_two_digits_follows_the_opening(
    cell: str, not_before: int, read: str
) -> None:
    assert read_date(cell, "x", NoteTaker(), not_before=not_before) == read


def test_a_year_of_two_digits_is_the_one_nearest_to_the_ride() -> None:
    assert read_date("29-Apr-05", "x", NoteTaker(), near_year=2006) == "2005-04-29"


@pytest.mark.parametrize("cell", ["8-Sep", "soon", "31 February 2001", "May 0, 1999"])
def test_what_is_no_date_is_left_out_with_a_doubt(cell: str) -> None:
    notes = NoteTaker()

    assert read_date(cell, "Closing date", notes) == ""
    assert [note.level for note in notes.notes] == [Level.SUSPICIOUS]


def test_of_two_dates_run_together_the_first_is_used_with_a_doubt() -> None:
    notes = NoteTaker()

    assert read_date("31 October 20042007", "Closing date", notes) == "2004-10-31"
    assert "first date" in notes.notes[0].message


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("1/1/1999", "1999"),
        ("5/1/1994", "1994-05"),
        ("5/23/1938", "1938-05-23"),
        ("1884-06-16", "1884-06-16"),
        ("1895-01-01", "1895"),
    ],
)
def test_a_first_that_may_stand_in_for_unknown_is_not_believed(
    cell: str, read: str
) -> None:
    assert read_reckoned_day(cell, "opening_date_clean", NoteTaker()) == read


@given(st.dates(date(1800, 1, 1), date(2030, 12, 31)))
def test_a_reckoned_day_is_never_sharpened(day: date) -> None:
    cell = f"{day.month}/{day.day}/{day.year}"

    read = read_reckoned_day(cell, "opening_date_clean", NoteTaker())

    assert day.isoformat().startswith(read)


@given(st.text(max_size=60))
def test_no_text_makes_reading_fail(text: str) -> None:
    read = read_date(text, "Closing date", NoteTaker(), near_year=1999)

    assert read == "" or year_of(read)


def test_only_certain_orders_count_as_before() -> None:
    assert is_certainly_before("1998", "1999-05-12")
    assert not is_certainly_before("1999", "1999-05-12")
    assert not is_certainly_before("", "1999")

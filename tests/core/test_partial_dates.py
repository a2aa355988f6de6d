from contextlib import suppress
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.partial_dates import (
    InvalidPartialDate,
    PartialDate,
    Precision,
    Qualifier,
    parse_partial_date,
)

YEARS = st.integers(1700, 2030)
WRITTEN = st.one_of(
    st.dates(date(1700, 1, 1), date(2030, 12, 31)).map(date.isoformat),
    st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{:04}-{}".format, YEARS, st.integers(21, 24)),
    YEARS.map(str),
    st.integers(170, 202).map("{}X".format),
)
TEXTS = st.builds(str.format, st.sampled_from(("{}", "{}~", "../{}", "{}/..")), WRITTEN)
DATES = TEXTS.map(PartialDate.parse)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1999", "1999"),
        ("12 May 1999", "1999-05-12"),
        ("12th May, 1999", "1999-05-12"),
        ("May 12, 1999", "1999-05-12"),
        ("Sept. 3 1999", "1999-09-03"),
        ("May 1999", "1999-05"),
        ("12\u00a0May\u202f1999", "1999-05-12"),
        ("  1999 ", "1999"),
        ("29 February 2000", "2000-02-29"),
        ("c. 1902", "1902~"),
        ("c.1902", "1902~"),
        ("circa 1902", "1902~"),
        ("ca 1902", "1902~"),
        ("about 1902", "1902~"),
        ("1902~", "1902~"),
        ("before 1907", "../1907"),
        ("../1907", "../1907"),
        ("After 1907", "1907/.."),
        ("1907/..", "1907/.."),
        ("summer 1999", "1999-22"),
        ("Fall 2004", "2004-23"),
        ("2026-21", "2026-21"),
        ("1980s", "198X"),
        ("198x", "198X"),
    ],
)
def test_what_editors_type_becomes_one_canonical_text(typed: str, text: str) -> None:
    assert str(PartialDate.parse(typed)) == text


@pytest.mark.parametrize(
    ("typed", "lower", "upper"),
    [
        ("1999-05-12", "1999-05-12", "1999-05-12"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("winter 1999", "1999-01-01", "1999-12-31"),
        ("1902", "1902-01-01", "1902-12-31"),
        ("1980s", "1980-01-01", "1989-12-31"),
        ("before 1907", "", "1906-12-31"),
        ("after 1907", "1908-01-01", ""),
        ("before summer 1907", "", "1907-12-30"),
        ("after summer 1907", "1907-01-02", ""),
        ("c. 1902", "1900-01-01", "1904-12-31"),
        ("c. February 2000", "1998-02-01", "2002-02-28"),
        ("c. 1980s", "1970-01-01", "1999-12-31"),
        ("c. 12 May 1999", "1999-04-12", "1999-06-11"),
    ],
)
def test_bounds_hold_every_day_the_date_can_be(
    typed: str, lower: str, upper: str
) -> None:
    parsed = PartialDate.parse(typed)

    assert (parsed.lower, parsed.upper) == (day(lower), day(upper))


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("31 Feb 1999", "There is no 31 February 1999"),
        ("1999-02-29", "There is no 29 February 1999"),
        ("2025-02-30", "There is no 30 February 2025"),
        ("May 0, 1999", "There is no 0 May 1999"),
        ("5/6/1999", "1999-05-12"),
        ("05.06.1999", "1999-05-12"),
        ("5-6-99", "1999-05-12"),
        ("0000-00-00", "between 1700 and 2041"),
        ("1699", "between 1700 and 2041"),
        ("2042", "between 1700 and 2041"),
        ("after 9999", "between 1700 and 2041"),
        ("99999-01-01", "Write 12 May 1999"),
        ("1999-13", "Months run from 01 to 12"),
        ("1999-00", "Months run from 01 to 12"),
        ("12 summer 1999", "Months run from 01 to 12"),
        ("19\x0099", "Write 12 May 1999"),
        ("1999\x00", "Write 12 May 1999"),
        ("before c. 1902", "Write 12 May 1999"),
        ("1902?", "Write 12 May 1999"),
        ("soon", "Write 12 May 1999"),
        ("", "Write 12 May 1999"),
        ("1" * 41, "at most 40 characters"),
        ("\uff11\uff19\uff19\uff19", "digits 0 to 9"),
        ("١٩٩٩", "digits 0 to 9"),
        ("1999²", "digits 0 to 9"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_advice(typed: str, advice: str) -> None:
    with pytest.raises(InvalidPartialDate) as refusal:
        PartialDate.parse(typed, today=date(2026, 7, 1))

    assert advice in str(refusal.value)


def test_the_last_year_moves_with_the_calendar() -> None:
    assert PartialDate.parse("2042", today=date(2027, 1, 1)).precision is Precision.YEAR


@given(st.text(max_size=50))
def test_no_text_does_worse_than_being_refused(text: str) -> None:
    with suppress(InvalidPartialDate):
        PartialDate.parse(text)


def test_blank_text_is_an_unknown_date() -> None:
    assert parse_partial_date(" \u00a0") is None


def test_a_year_never_becomes_the_first_of_january() -> None:
    year = PartialDate.parse("1902")

    shown = (str(year), year.display(), year.schema_org(), year.iso_or_none())
    assert shown == ("1902", "1902", "1902", None)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1999-05-12", "12 May 1999"),
        ("1999-05", "May 1999"),
        ("1999-22", "summer 1999"),
        ("199X", "1990s"),
        ("1902~", "c. 1902"),
        ("1999-22~", "c. summer 1999"),
        ("../1907", "before 1907"),
        ("1907-05-12/..", "after 12 May 1907"),
    ],
)
def test_dates_are_shown_in_words(typed: str, shown: str) -> None:
    assert PartialDate.parse(typed).display() == shown


@pytest.mark.parametrize(
    ("text", "exported"),
    [
        ("1999-05-12", "1999-05-12"),
        ("1999-05", "1999-05"),
        ("1999-22", None),
        ("199X", None),
        ("1902~", None),
        ("1999-05-12~", None),
        ("../1907", None),
        ("1907/..", None),
    ],
)
def test_structured_data_says_no_more_than_is_known(
    text: str, exported: str | None
) -> None:
    assert PartialDate.parse(text).schema_org() == exported


def test_only_an_exact_day_is_an_iso_date() -> None:
    texts = ("1999-05-12", "1999-05-12~", "../1999-05-12", "1999-05")

    isos = [PartialDate.parse(text).iso_or_none() for text in texts]

    assert isos == ["1999-05-12", None, None, None]


def test_precision_and_qualifier_are_read_from_the_text() -> None:
    parsed = PartialDate.parse("c. May 1999")

    assert (parsed.precision, parsed.qualifier) == (Precision.MONTH, Qualifier.CIRCA)


def test_dates_sort_by_day_and_then_by_how_much_is_known() -> None:
    in_order = (
        "before 1907, 1 January 1907, January 1907, 1907, c. 1907, 1907-21, 1907-22,"
        "1907-23, 1907-24, before 1908, after 1907, 1908"
    )
    dates = [PartialDate.parse(text) for text in in_order.split(",")]
    shuffled = dates[::-1]

    assert sorted(shuffled) == dates


@given(TEXTS)
def test_canonical_text_reads_back_as_the_same_date(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@given(DATES)
def test_displayed_words_read_back_as_the_same_date(shown: PartialDate) -> None:
    assert PartialDate.parse(shown.display()) == shown


@given(DATES)
def test_the_lower_bound_is_never_after_the_upper(any_date: PartialDate) -> None:
    assume(any_date.lower and any_date.upper)

    assert any_date.lower <= any_date.upper  # type: ignore[operator]  # assumed


@given(DATES, st.dates(date(1690, 1, 1), date(2045, 1, 1)))
def test_a_date_contains_the_days_between_its_bounds(
    any_date: PartialDate, some_day: date
) -> None:
    from_lower = any_date.lower is None or any_date.lower <= some_day
    to_upper = any_date.upper is None or some_day <= any_date.upper

    assert any_date.contains(some_day) == (from_lower and to_upper)


@given(DATES, DATES)
def test_exactly_one_of_before_equal_and_after_holds(
    one: PartialDate, other: PartialDate
) -> None:
    assert [one < other, one == other, one > other].count(True) == 1


@given(DATES, DATES)
def test_what_is_certainly_earlier_sorts_earlier(
    one: PartialDate, other: PartialDate
) -> None:
    if one.is_certainly_before(other):
        assert one < other


@given(DATES, DATES)
def test_what_is_certain_is_possible_and_its_reverse_is_not(
    one: PartialDate, other: PartialDate
) -> None:
    if one.is_certainly_before(other):
        assert one.is_possibly_before(other)
        assert not other.is_possibly_before(one)


@pytest.mark.parametrize(
    ("one", "other", "certain", "possible"),
    [
        ("1998", "1999", True, True),
        ("1999", "1999-05-12", False, True),
        ("1999-05-12", "1999", False, True),
        ("1999-05-12", "1999-05-12", False, False),
        ("1999", "1998", False, False),
        ("c. 1902", "1904", False, True),
        ("c. 1902", "1905", True, True),
        ("before 1907", "1907", True, True),
        ("1907", "after 1907", True, True),
        ("1908", "before 1907", False, False),
        ("after 1907", "before 1950", False, True),
        ("autumn 1999", "spring 1999", False, True),
    ],
)
def test_before_is_certain_possible_or_neither(
    one: str, other: str, certain: bool, possible: bool
) -> None:
    earlier, later = PartialDate.parse(one), PartialDate.parse(other)

    answers = (earlier.is_certainly_before(later), earlier.is_possibly_before(later))

    assert answers == (certain, possible)

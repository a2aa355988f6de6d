"""Ranges of figures and dates, as addresses and people write them."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures import System
from search.finder.facets import FigureFacet
from search.finder.offered import FACETS
from search.finder.ranges import (
    InvalidRange,
    Scale,
    Span,
    offered_in,
    read_span,
    scale_for,
    span_between,
)
from search.finder.years import Years, decades, read_years, years_between

TODAY = date(2026, 11, 28)
FIGURES = [facet for facet in FACETS.values() if isinstance(facet, FigureFacet)]
SCALES = [(facet, scale) for facet in FIGURES for scale in facet.scales]
NUMBERS = st.decimals(min_value=0, max_value=999_999, places=2, allow_nan=False)
YEARS = st.integers(min_value=1700, max_value=2041)


def scales(key: str) -> tuple[Scale, ...]:
    facet = FACETS[key]
    assert isinstance(facet, FigureFacet)
    return facet.scales


@given(
    st.sampled_from(SCALES),
    st.lists(NUMBERS, min_size=2, max_size=2),
    st.sampled_from(["both", "low", "high"]),
    st.sampled_from(System),
)
def test_what_an_address_says_is_read_back_whoever_reads(
    of: tuple[FigureFacet, Scale], ends: list[Decimal], which: str, system: System
) -> None:
    facet, scale = of
    low, high = sorted(ends)
    span = Span(
        low if which != "high" else None, high if which != "low" else None, scale
    )

    read = read_span(span.text, facet.scales, system)

    assert read.bounds() == span.bounds()
    assert read.text == span.text
    if scale.suffix:
        assert read.scale == scale


@given(st.text(max_size=60))
def test_any_text_is_a_range_or_is_refused(text: str) -> None:
    with suppress(InvalidRange):
        low, high = read_span(text, scales("height"), System.METRIC).bounds()
        assert low <= high


@given(st.text(max_size=90))
def test_any_text_is_a_range_of_dates_or_is_refused(text: str) -> None:
    with suppress(InvalidRange):
        years = read_years(text, today=TODAY)
        assert read_years(years.text, today=TODAY) == years


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("60..90m", (60, 90)),
        ("200..ft", (60.96, float("inf"))),
        ("..1,500 ft", (-float("inf"), 457.2)),
        ("0.0..0.3 m", (0, 0.3)),
        ("30m", (30, 30)),
    ],
)
def test_a_range_is_compared_in_the_units_of_the_column(
    text: str, bounds: tuple[float, float]
) -> None:
    assert read_span(text, scales("height"), System.METRIC).bounds() == bounds


def test_a_ride_of_200_feet_is_in_a_range_from_200_feet() -> None:
    low, _ = read_span("200..ft", scales("height"), System.METRIC).bounds()

    assert low == float(Decimal("60.960"))


def test_a_number_without_a_unit_is_in_the_units_of_its_reader() -> None:
    assert read_span("60..90", scales("height"), System.IMPERIAL).text == "60..90ft"
    assert read_span("60..90", scales("height"), System.METRIC).text == "60..90m"


def test_the_unit_beside_the_fields_is_what_bare_numbers_mean() -> None:
    span = span_between("60", "", scales("height"), System.METRIC, "ft")

    assert span.text == "60..ft"
    assert span_between("60 m", "90", scales("height"), System.METRIC, "ft").text == (
        "60..90m"
    )


def test_minutes_and_seconds_are_a_duration() -> None:
    assert read_span("1:30..2:00", scales("duration"), System.METRIC).text == "90..120s"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "..",
            "..ft",
            "m",
            "1e5",
            "NaN",
            "inf",
            "-5..10m",
            "60...90m",
            "9" * 5000,
        ),
        *(
            "1234567m",
            "60..90kg",
            "60m..90ft",
            "60..90..100m",
            "\u0666\u0660m",
            "1:30m",
            "0x10",
        ),
    ],
)
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(InvalidRange):
        read_span(text, scales("height"), System.METRIC)


def test_a_reversed_range_is_refused_with_the_right_order() -> None:
    with pytest.raises(InvalidRange, match="60 to 90"):
        read_span("90..60m", scales("height"), System.METRIC)
    with pytest.raises(InvalidRange, match="1980 to 1990"):
        read_years("1990..1980", today=TODAY)


def test_words_say_the_range_to_a_reader() -> None:
    words = {
        text: read_span(text, scales("height"), System.METRIC).words
        for text in ("60..90m", "200..ft", "..1500m", "5m")
    }

    assert list(words.values()) == [
        "60–90\u00a0m",
        "from 200\u00a0ft",
        "up to 1,500\u00a0m",
        "5\u00a0m",
    ]
    assert read_span("80..", scales("angle"), System.METRIC).words == "from 80°"


def test_every_range_offered_reads_and_has_a_scale_for_each_reader() -> None:
    for facet, scale in SCALES:
        offered = offered_in(scale)
        assert [span.scale for span in offered] == [scale] * len(scale.offers)
        assert {scale_for(facet.scales, system) for system in System} <= set(
            facet.scales
        )


@given(YEARS, YEARS)
def test_years_cover_their_first_and_last_day(one: int, other: int) -> None:
    first, last = sorted((one, other))

    years = years_between(str(first), str(last), today=TODAY)

    assert years.bounds() == (
        date(first, 1, 1).toordinal(),
        date(last, 12, 31).toordinal(),
    )


@pytest.mark.parametrize(
    ("typed", "text", "words"),
    [
        ("1985", "1985", "1985"),
        ("1980s..1999", "1980s..1999", "1980s–1999"),
        ("..1906", "..1906", "up to 1906"),
        ("May 2001..", "2001-05..", "from May 2001"),
        (
            "1999-05-12..12 May 2000",
            "1999-05-12..2000-05-12",
            "12 May 1999–12 May 2000",
        ),
    ],
)
def test_dates_are_as_vague_as_they_are_written(
    typed: str, text: str, words: str
) -> None:
    years = read_years(typed, today=TODAY)

    assert (years.text, years.words) == (text, words)


@pytest.mark.parametrize("text", ["", "..", "c. 1902", "summer 1999", "1699", "2042"])
def test_dates_that_say_too_little_or_lie_too_far_off_are_refused(text: str) -> None:
    with pytest.raises(InvalidRange):
        read_years(text, today=TODAY)


def test_the_decades_offered_leave_no_day_out() -> None:
    offered: list[Years] = list(decades(today=TODAY))

    for before, after in pairwise(offered):
        assert before.bounds()[1] + 1 == after.bounds()[0]
    assert offered[-1].bounds()[0] > TODAY.toordinal()

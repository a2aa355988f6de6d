"""Dates and figures as each language says them."""

from decimal import Decimal

from django.template import engines
from django.utils.translation import override

import pytest
from hypothesis import given

from core.measures import Dimension, Measure
from core.partial_dates import PartialDate, Precision
from core.wording import (
    date_words,
    in_a_sentence,
    measure_words,
    number_words,
    span_in_years,
    span_words,
    year_words,
)
from tests.core.test_partial_dates import DATES

LANGUAGES = ("en-gb", "de")


@given(DATES)
def test_english_words_of_a_date_are_those_an_editor_may_type(
    known: PartialDate,
) -> None:
    with override("en-gb"):
        assert date_words(known) == known.display()


@given(DATES)
def test_no_language_makes_a_date_more_precise(known: PartialDate) -> None:
    for language in LANGUAGES:
        with override(language):
            words = date_words(known)

        assert str(known.nominal.year)[:3] in words
        if known.precision is not Precision.DAY:
            numbers = [word for word in words.split() if word.rstrip(".").isdigit()]
            assert numbers in ([], [str(known.nominal.year)]), words
        if known.precision in (Precision.YEAR, Precision.DECADE):
            assert "1 January" not in words
            assert "Januar" not in words


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("1978-06-17", "17 June 1978", "17. Juni 1978"),
        ("1978-06-17~", "c. 17 June 1978", "um den 17. Juni 1978"),
        ("../1978-06-17", "before 17 June 1978", "vor dem 17. Juni 1978"),
        ("1978-06-17/..", "after 17 June 1978", "nach dem 17. Juni 1978"),
        ("1978-06", "June 1978", "Juni 1978"),
        ("1978-22", "summer 1978", "Sommer 1978"),
        ("1978-21", "spring 1978", "Frühjahr 1978"),
        ("1902", "1902", "1902"),
        ("1902~", "c. 1902", "um 1902"),
        ("../1907", "before 1907", "vor 1907"),
        ("1907/..", "after 1907", "nach 1907"),
        ("196X", "1960s", "1960er"),
        ("196X~", "c. 1960s", "um die 1960er"),
        ("../196X", "before 1960s", "vor den 1960ern"),
        ("196X/..", "after 1960s", "nach den 1960ern"),
    ],
)
def test_every_precision_has_its_words(text: str, english: str, german: str) -> None:
    known = PartialDate.parse(text)

    with override("en-gb"):
        assert date_words(known) == english
    with override("de"):
        assert date_words(known) == german


@pytest.mark.parametrize(
    ("began", "ended", "english", "german"),
    [
        ("1998", "", "since 1998", "seit 1998"),
        ("1902~", "", "since c. 1902", "seit ca. 1902"),
        ("196X", "", "since 1960s", "seit den 1960ern"),
        ("", "2004-05", "until May 2004", "bis Mai 2004"),
        ("", "196X", "until 1960s", "bis in die 1960er"),
        ("1998", "2004-05", "1998 – May 2004", "1998 – Mai 2004"),
        ("1998", "1998", "1998", "1998"),
        ("", "", "", ""),
    ],
)
def test_spans_are_said_in_the_language(
    began: str, ended: str, english: str, german: str
) -> None:
    first = PartialDate.parse(began) if began else None
    last = PartialDate.parse(ended) if ended else None

    with override("en-gb"):
        assert span_words(first, last) == english
    with override("de"):
        assert span_words(first, last) == german


def test_years_of_a_span_stay_short() -> None:
    first, last = PartialDate.parse("1998-05-02"), PartialDate.parse("2004~")

    with override("de"):
        assert year_words(first) == "1998"
        assert span_in_years(first, last) == "1998 – ca. 2004"
        assert span_in_years(first, first) == "1998"


def test_figures_have_the_signs_of_the_language() -> None:
    height = Measure.parse("62.5 m", Dimension.LENGTH)
    length = Measure.parse("2,693 ft", Dimension.LENGTH)

    with override("de"):
        assert measure_words(height) == "62,5\u00a0m"
        assert measure_words(length) == "2.693\u00a0ft"
        assert number_words(Decimal("1234.50")) == "1.234,5"
    with override("en-gb"):
        assert measure_words(height) == "62.5\u00a0m"
        assert number_words(Decimal("1234.50")) == "1,234.5"
        assert number_words(Decimal(100)) == "100"


def test_german_keeps_the_capitals_of_its_nouns() -> None:
    with override("de"):
        assert in_a_sentence("Achterbahn") == "Achterbahn"
    with override("en-gb"):
        assert in_a_sentence("Roller coaster") == "roller coaster"


def test_months_of_a_season_are_named_in_the_language() -> None:
    template = engines["django"].from_string(
        "{% month_letters as all %}{% for first, rest in all %}{{ first }}{{ rest }} "
        "{% endfor %}"
    )

    with override("en-gb"):
        assert template.render().split()[:3] == ["Jan", "Feb", "Mar"]
    with override("de"):
        assert template.render().split()[2] == "Mär"

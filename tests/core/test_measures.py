from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures import (
    Dimension,
    InvalidMeasure,
    Measure,
    System,
    Unit,
    parse_measure,
)

LENGTH, SPEED = Dimension.LENGTH, Dimension.SPEED
UNITS = st.sampled_from(list(Unit))
VALUES = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(0, 999_999),
    st.integers(0, 3),
)
MEASURES = st.builds(Measure, VALUES, UNITS)


@pytest.mark.parametrize(
    ("typed", "dimension", "text"),
    [
        ("310 ft", LENGTH, "310 ft"),
        ("310ft", LENGTH, "310 ft"),
        ("310 Feet", LENGTH, "310 ft"),
        ("2,693 ft", LENGTH, "2693 ft"),
        ("1,234,567.5 m", LENGTH, "1234567.5 m"),
        ("94.5 m", LENGTH, "94.5 m"),
        ("94.5\u202fm", LENGTH, "94.5 m"),
        ("94.5\u00a0metres", LENGTH, "94.5 m"),
        ("70.0 ft", LENGTH, "70.0 ft"),
        ("48 in.", LENGTH, "48 in"),
        ("122 cm", LENGTH, "122 cm"),
        ("93 mph", SPEED, "93 mph"),
        ("150 km/h", SPEED, "150 km/h"),
        ("150kmh", SPEED, "150 km/h"),
        ("41.7 m/s", SPEED, "41.7 m/s"),
    ],
)
def test_what_editors_type_keeps_its_unit_and_digits(
    typed: str, dimension: Dimension, text: str
) -> None:
    assert str(Measure.parse(typed, dimension)) == text


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("310", "with its unit: 310 ft, 94.5 m"),
        ("93 mph", "with its unit: 310 ft, 94.5 m"),
        ("3 furlongs", "with its unit: 310 ft, 94.5 m"),
        ("1,5 m", "Use a point for decimals"),
        ("6 ft 2 in", "Use one unit"),
        ("6'2\"", "Use one unit"),
        ("6\u2019 2\u201d", "Use one unit"),
        ("-1 m", "cannot be negative"),
        ("\u22121 m", "cannot be negative"),
        ("NaN m", "not a length"),
        ("Infinity m", "not a length"),
        ("1e309 m", "not a length"),
        ("1e309", "not a length"),
        (".5 m", "not a length"),
        ("5\x00 m", "not a length"),
        ("", "not a length"),
        ("99999999999999999999 m", "at most 10 digits"),
        ("1.2345 m", "at most 3 decimals"),
        ("9999999999 mi", "larger than anything we can keep"),
        ("١٢ m", "digits 0 to 9"),
        ("\uff11\uff12 m", "digits 0 to 9"),
        ("1" * 60 + " m", "too long"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_advice(typed: str, advice: str) -> None:
    with pytest.raises(InvalidMeasure) as refusal:
        Measure.parse(typed, LENGTH)

    assert advice in str(refusal.value)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1"])
def test_no_measure_is_negative_or_endless(value: str) -> None:
    with pytest.raises(InvalidMeasure):
        Measure(Decimal(value), Unit.METRE)


@given(st.text(max_size=60), st.sampled_from(list(Dimension)))
def test_no_text_does_worse_than_being_refused(text: str, dimension: Dimension) -> None:
    with suppress(InvalidMeasure):
        Measure.parse(text, dimension)


def test_blank_text_is_an_unknown_measure() -> None:
    assert parse_measure(" \u00a0", LENGTH) is None


@pytest.mark.parametrize(
    ("typed", "dimension", "si"),
    [
        ("310 ft", LENGTH, "94.488"),
        ("48 in", LENGTH, "1.219"),
        ("1 mi", LENGTH, "1609.344"),
        ("122 cm", LENGTH, "1.220"),
        ("1.5 km", LENGTH, "1500.000"),
        ("93 mph", SPEED, "149.669"),
        ("10 m/s", SPEED, "36.000"),
    ],
)
def test_measures_compare_in_metres_and_kilometres_per_hour(
    typed: str, dimension: Dimension, si: str
) -> None:
    assert str(Measure.parse(typed, dimension).si) == si


@pytest.mark.parametrize(
    ("typed", "dimension", "metric", "imperial"),
    [
        ("310 ft", LENGTH, "94.5 m", "310 ft"),
        ("310.5 ft", LENGTH, "94.64 m", "310.5 ft"),
        ("94.5 m", LENGTH, "94.5 m", "310 ft"),
        ("94 m", LENGTH, "94 m", "308 ft"),
        ("48 in", LENGTH, "122 cm", "48 in"),
        ("122 cm", LENGTH, "122 cm", "48 in"),
        ("1 km", LENGTH, "1 km", "0.6 mi"),
        ("93 mph", SPEED, "150 km/h", "93 mph"),
        ("93.5 mph", SPEED, "150.5 km/h", "93.5 mph"),
        ("150 km/h", SPEED, "150 km/h", "93 mph"),
        ("41.7 m/s", SPEED, "41.7 m/s", "93.3 mph"),
        ("0.1 m", LENGTH, "0.1 m", "0.3 ft"),
    ],
)
def test_readers_of_the_other_system_see_a_sensible_rounding(
    typed: str, dimension: Dimension, metric: str, imperial: str
) -> None:
    measure = Measure.parse(typed, dimension)

    shown = (str(measure.in_system("metric")), str(measure.in_system("imperial")))

    assert shown == (metric, imperial)


def test_seventy_feet_are_never_shown_as_69_9() -> None:
    assert Measure.parse("70 ft", LENGTH).display("imperial") == "70\u00a0ft"


def test_thousands_get_a_comma_on_the_page() -> None:
    assert Measure.parse("2693 ft", LENGTH).display() == "2,693\u00a0ft"


@given(MEASURES)
def test_canonical_text_reads_back_to_the_digit(measure: Measure) -> None:
    assert str(Measure.parse(str(measure), measure.unit.dimension)) == str(measure)


@given(MEASURES)
def test_displayed_text_reads_back_to_the_digit(measure: Measure) -> None:
    again = Measure.parse(measure.display(), measure.unit.dimension)

    assert str(again) == str(measure)


@given(MEASURES)
def test_the_system_of_the_source_is_verbatim(measure: Measure) -> None:
    assert measure.in_system(measure.unit.system) is measure


@given(MEASURES, st.sampled_from(list(System)))
def test_something_is_never_shown_as_nothing(measure: Measure, system: System) -> None:
    if measure.si >= Decimal("0.01"):
        assert measure.in_system(system).value > 0


@given(VALUES, VALUES, UNITS)
def test_more_of_a_unit_is_never_less_in_metric(
    one: Decimal, other: Decimal, unit: Unit
) -> None:
    less, more = sorted((one, other))

    assert Measure(less, unit).si <= Measure(more, unit).si

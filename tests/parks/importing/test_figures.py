"""Measures and counts: the first value, in the unit it was given in."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures import Dimension
from parks.importing.figures import (
    Span,
    read_capacity,
    read_count,
    read_duration,
    read_measure,
    read_number,
    read_span,
    read_speed,
)
from parks.importing.notes import Level, NoteTaker


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("3,500\xa0ft (1,100\xa0m)", "3500 ft"),
        ("285 m (935 ft)", "285 m"),
        ("1,040[2] ft (320 m)", "1040 ft"),
        ("2769.02 ft (844.00 m)", "2769.02 ft"),
        ("3559.7 ft", "3559.7 ft"),
        ("", ""),
    ],
)
def test_a_length_stays_in_the_unit_named_first(cell: str, read: str) -> None:
    notes = NoteTaker()

    assert read_measure(cell, Dimension.LENGTH, "Length", notes) == read
    assert notes.notes == []


@pytest.mark.parametrize(
    "cell",
    [
        "2,693 or 2,700 ft (821 or 823 m)",
        "2,693–2,798 ft (841–853 m)",
        "2,693 ft (821 m) (here)3,291 ft (1,003 m) (there)",
    ],
)
def test_of_several_lengths_the_first_is_used_with_a_doubt(cell: str) -> None:
    notes = NoteTaker()

    assert read_measure(cell, Dimension.LENGTH, "Length", notes) == "2693 ft"
    assert [note.level for note in notes.notes] == [Level.SUSPICIOUS]


def test_a_length_in_words_is_left_out_with_a_doubt() -> None:
    notes = NoteTaker()

    assert read_measure("quite long", Dimension.LENGTH, "Length", notes) == ""
    assert notes.notes


def test_speeds_that_agree_but_for_rounding_raise_no_doubt() -> None:
    notes = NoteTaker()

    assert read_speed("50 mph ", "80 km/h", "speed1", notes) == "50 mph"
    assert notes.notes == []


def test_speeds_that_disagree_keep_the_first_with_a_doubt() -> None:
    notes = NoteTaker()

    assert read_speed("70 mph ", "110 km/h", "speed1", notes) == "70 mph"
    assert "disagree" in notes.notes[0].message


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("48 in (122 cm)", Span("48 in")),
        ("52–78 in (132–198 cm)", Span("52 in", "78 in")),
        ("140–195[2] cm (4 ft 7 in–6 ft 5 in)", Span("140 cm", "195 cm")),
        ("", Span()),
    ],
)
def test_a_rider_height_has_a_least_and_perhaps_a_greatest(
    cell: str, span: Span
) -> None:
    assert read_span(cell, "Height restriction", NoteTaker()) == span


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("2:30", 150),
        ("~3:00", 180),
        ("1:32 minutes", 92),
        ("79 seconds", 79),
        ("1 min 40 sec", 100),
        ("1 minute and 25 seconds", 85),
        ("2 minutes", 120),
        ("approx. 1 minute", 60),
    ],
)
def test_durations_are_seconds(cell: str, seconds: int) -> None:
    notes = NoteTaker()

    assert read_duration(cell, notes) == seconds
    assert notes.notes == []


@pytest.mark.parametrize("cell", ["66", "2.10 minutes", "under two minutes"])
def test_an_ambiguous_duration_is_left_out_with_a_doubt(cell: str) -> None:
    notes = NoteTaker()

    assert read_duration(cell, notes) is None
    assert notes.notes


@pytest.mark.parametrize(
    ("cell", "riders"),
    [
        ("1200 riders per hour", 1200),
        ("1,200 riders per hour", 1200),
        ("max. 1600 riders per hour", 1600),
        ("1400[1] riders per hour", 1400),
        ("3 cars - 8 riders each - 720 riders per hour", 720),
    ],
)
def test_a_capacity_counts_riders_in_an_hour(cell: str, riders: int) -> None:
    notes = NoteTaker()

    assert read_capacity(cell, notes) == riders
    assert notes.notes == []


@pytest.mark.parametrize(
    ("cell", "riders"), [("1280–1400 riders per hour", 1280), ("155000", None)]
)
def test_a_doubtful_capacity_says_so(cell: str, riders: int | None) -> None:
    notes = NoteTaker()

    assert read_capacity(cell, notes) == riders
    assert notes.notes


def test_an_angle_loses_its_footnote_and_degree_sign() -> None:
    assert read_number("120.5[4]°", "angle", NoteTaker()) == Decimal("120.5")


def test_a_count_is_a_whole_number() -> None:
    notes = NoteTaker()

    assert read_count("3.5", "Inversions_clean", notes) is None
    assert notes.notes


@given(st.text(max_size=80))
def test_no_text_makes_reading_fail(text: str) -> None:
    notes = NoteTaker()

    read_measure(text, Dimension.LENGTH, "Length", notes)
    read_speed(text, text, "speed1", notes)
    read_span(text, "Height restriction", notes)
    read_number(text, "angle", notes)
    read_duration(text, notes)
    read_capacity(text, notes)


@given(st.decimals(1, 9999, places=1, allow_nan=False), st.sampled_from(["ft", "m"]))
def test_a_measure_is_never_converted(value: Decimal, unit: str) -> None:
    text = f"{value} {unit} (1 m)"

    assert (
        read_measure(text, Dimension.LENGTH, "Length", NoteTaker()) == f"{value} {unit}"
    )

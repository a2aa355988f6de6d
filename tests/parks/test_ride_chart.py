"""The bars of a park's timeline: what dates make of their edges and signs."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given

from core.partial_dates import PartialDate, parse_partial_date
from home.styleguide.things import ride as listed_ride
from home.styleguide.things import seen
from parks.choices import RideCategory, RideStatus
from parks.ride_chart import ChartRide, Life, life_of
from parks.ride_chart_drawing import LEFT, RIGHT, WIDTH, Bar, chart_of
from tests.parks.test_timeline import Spell, lives, spell

TODAY = date(2026, 6, 15)


def ride(
    *spells: Spell, title: str = "Gemini", category: str = "flat", **facts: Any
) -> ChartRide:
    status = RideStatus(spells[-1].status) if spells else RideStatus.UNKNOWN
    page = SimpleNamespace(title=title, category=category)
    shown = replace(listed_ride(title), ride=page, seen=seen(title, status))
    return ChartRide(shown, spells, **facts)


def life(*spells: Spell, **facts: Any) -> Life:
    found = life_of(ride(*spells, **facts), TODAY)
    assert found is not None
    return found


def bar(*spells: Spell, **facts: Any) -> Bar:
    chart = chart_of([ride(*spells, **facts)], TODAY)
    assert chart is not None
    return chart.bands[0].bars[0]


def stay(began: str = "", ended: str = "") -> Any:
    return SimpleNamespace(
        began=parse_partial_date(began), ended=parse_partial_date(ended)
    )


def test_a_day_makes_a_hard_edge() -> None:
    pieces = bar(spell("operating", "1978-06-17")).pieces

    assert [(piece.kind, piece.soft) for piece in pieces] == [("open", "")]


@pytest.mark.parametrize(
    ("opened", "first", "last"),
    [
        ("1978", date(1978, 1, 1), date(1978, 12, 31)),
        ("1970s", date(1970, 1, 1), date(1979, 12, 31)),
        ("c. 1978", date(1976, 1, 1), date(1980, 12, 31)),
        ("before 1978", date(1973, 1, 1), date(1977, 12, 31)),
    ],
)
def test_an_edge_is_as_soft_as_the_date_is_vague(
    opened: str, first: date, last: date
) -> None:
    began = life(spell("operating", opened)).stretches[0].began
    pieces = bar(spell("operating", opened)).pieces

    assert began.last == last
    assert abs((began.first - first).days) <= 2  # leap days, where a fade is drawn
    assert [piece.soft for piece in pieces] == ["in", ""]


def test_a_decade_is_softer_than_a_year() -> None:
    rides = [
        ride(spell("operating", opened), title=opened) for opened in ("1970s", "1978")
    ]
    chart = chart_of(rides, TODAY)
    assert chart is not None

    decade, year = (drawn.pieces[0].width for drawn in chart.bands[0].bars)

    assert decade == pytest.approx(10 * year, rel=0.05)


def test_an_opening_nobody_knows_fades_in() -> None:
    pieces = bar(spell("operating", "", "1985-09-01"), spell("closed", "1985-09-01"))

    assert [(piece.kind, piece.soft) for piece in pieces.pieces] == [("was", "in")]
    assert pieces.end is not None


def test_a_closing_nobody_knows_fades_out() -> None:
    pieces = bar(spell("operating", "1950-05-01"), spell("demolished")).pieces

    assert [(piece.kind, piece.soft) for piece in pieces] == [("was", "out")]


def test_a_ride_of_one_vague_year_may_have_stood_for_any_part_of_it() -> None:
    pieces = bar(spell("operating", "1904", "1904"), spell("closed", "1904")).pieces

    assert [piece.soft for piece in pieces] == ["all"]


def test_what_is_open_today_looks_other_than_what_was_and_what_stood_still() -> None:
    found = life(
        spell("under_construction", "2002-09-01", "2003-05-04"),
        spell("operating", "2003-05-04", "2021-08-15"),
        spell("sbno", "2021-08-15", "2025-05-24"),
        spell("operating", "2025-05-24"),
    )

    assert [stretch.kind for stretch in found.stretches] == [
        *("coming", "was", "idle", "open")
    ]
    assert found.end is None


def test_an_opening_still_to_come_is_only_hinted_at() -> None:
    drawn = bar(spell("under_construction", "2025-10-01"), spell("operating", "2027"))
    chart = chart_of([ride(spell("operating", "2027-05"))], TODAY)
    assert chart is not None

    assert {piece.kind for piece in drawn.pieces} == {"coming"}
    assert chart.today < chart.bands[0].bars[0].pieces[0].x


def test_a_ride_that_is_gone_ends_with_a_sign() -> None:
    gone = life(spell("operating", "1991", "2016-09-16"), spell("demolished", "2016"))

    assert gone.end is not None
    assert gone.end.first == date(2016, 9, 16)


def test_a_ride_that_moved_here_begins_with_its_stay() -> None:
    whole_life = spell("operating", "1921")

    here = life(whole_life, stay=stay("1967-05-01"))

    assert here.begins == date(1967, 5, 1)
    assert here.stretches[0].kind == "open"


def test_a_ride_that_moved_away_ends_with_its_stay_and_is_not_open_here() -> None:
    left = life(spell("operating", "1990-05-01"), stay=stay("", "1999"), has_moved=True)

    assert [stretch.kind for stretch in left.stretches] == ["was"]
    assert left.end is not None
    assert left.end.last == date(1999, 12, 31)
    assert left.ride.tone == "gone"


def test_a_ride_without_a_date_is_named_beside_the_chart() -> None:
    known, unknown = ride(spell("operating", "1978")), ride(spell("closed"))

    chart = chart_of([known, unknown], TODAY)

    assert chart is not None
    assert list(chart.undated) == [unknown]
    assert chart.rides == [known, unknown]
    assert chart_of([unknown], TODAY) is None


def test_rides_stand_by_category_and_from_the_oldest_on() -> None:
    rides = [
        ride(spell("operating", "1990"), title="B", category="water"),
        ride(spell("operating", "2001"), title="A", category="roller_coaster"),
        ride(spell("operating", "1970"), title="C", category="water"),
    ]

    chart = chart_of(rides, TODAY)

    assert chart is not None
    assert [
        (band.heading, [drawn.label for drawn in band.bars]) for band in chart.bands
    ] == [("Roller coasters", ["A"]), ("Water rides", ["C", "B"])]
    assert RideCategory.values.index("roller_coaster") < RideCategory.values.index(
        "water"
    )


def test_a_long_name_is_shortened_for_the_drawing_by_how_wide_it_is() -> None:
    latin = bar(spell("operating", "1990"), title="x" * 60).label
    wide = bar(spell("operating", "1990"), title="絶" * 60).label

    assert latin.endswith("…")
    assert len(latin) == 25
    assert len(wide) < 14


@given(lives())
def test_whatever_the_dates_say_the_chart_stays_on_its_paper(
    spells: list[Spell],
) -> None:
    chart = chart_of([ride(*spells)], TODAY)
    drawn = [bar for band in chart.bands for bar in band.bars] if chart else []

    for piece in (piece for bar in drawn for piece in bar.pieces):
        assert piece.x >= LEFT
        assert piece.x + piece.width <= WIDTH - RIGHT + 2
        assert piece.width > 0


def test_a_date_open_to_both_sides_cannot_be_made() -> None:
    assert all(
        PartialDate.parse(text).lower or PartialDate.parse(text).upper
        for text in ("before 1907", "after 1907", "c. 1907", "1907", "190X")
    )

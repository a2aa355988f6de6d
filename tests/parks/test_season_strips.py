"""Seasons drawn as strips of a calendar."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from parks.season_strips import strips_of


def season(year: int, opens: str = "", closes: str = "", label: str = "") -> Any:
    return SimpleNamespace(
        year=year,
        label=label,
        opens_on=date.fromisoformat(opens) if opens else None,
        closes_on=date.fromisoformat(closes) if closes else None,
    )


def test_the_newest_year_comes_first_and_its_seasons_in_their_order() -> None:
    strips = strips_of(
        [
            season(2024, "2024-03-16", "2024-11-03"),
            season(2025, "2025-10-03", "2025-11-02", "Halloween"),
            season(2025, "2025-03-15", "2025-11-02", "Summer"),
        ]
    )

    assert [strip.year for strip in strips] == [2025, 2024]
    assert [one.label for one in strips[0].seasons] == ["Summer", "Halloween"]


def test_a_whole_year_fills_its_strip_in_a_leap_year_too() -> None:
    (strip,) = strips_of([season(2024, "2024-01-01", "2024-12-31")])

    (bar,) = strip.bars
    assert (bar.x, bar.width) == (0, 366)
    assert strip.days == 366


def test_a_season_over_new_years_eve_is_drawn_up_to_it() -> None:
    (strip,) = strips_of([season(2025, "2025-12-01", "2026-01-10")])

    (bar,) = strip.bars
    assert bar.x + bar.width == 365


def test_where_one_end_is_not_recorded_the_bar_fades() -> None:
    (strip,) = strips_of(
        [season(2025, "2025-04-01", "", "A"), season(2025, "", "2025-11-01", "B")]
    )

    assert [bar.soft for bar in strip.bars] == ["out", "in"]


def test_a_season_without_dates_has_words_and_no_bar() -> None:
    (strip,) = strips_of([season(2025, label="Jubilee")])

    assert not strip.bars
    assert [one.label for one in strip.seasons] == ["Jubilee"]

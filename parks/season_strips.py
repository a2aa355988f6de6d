"""The seasons of a park as strips of calendar, a year each. Needs no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

# What fades where only one end of a season is known.
FADE_DAYS = 30


@dataclass(frozen=True, slots=True)
class SeasonBar:
    """A season in days from New Year's Day; `soft` says where nothing is recorded."""

    x: int
    width: int
    soft: str = ""


@dataclass(frozen=True, slots=True)
class YearStrip:
    """The seasons of one year; those without any date have no bar."""

    year: int
    days: int
    seasons: Sequence[Any]
    bars: Sequence[SeasonBar]


def strips_of(seasons: Iterable[Any]) -> list[YearStrip]:
    """One strip for each year that has a season, the newest first."""
    ordered = sorted(seasons, key=lambda season: (-season.year, _opening(season)))
    return [
        _strip(year, list(ours))
        for year, ours in groupby(ordered, key=attrgetter("year"))
    ]


def _opening(season: Any) -> str:
    return str(season.opens_on or season.closes_on or "")


def _strip(year: int, seasons: Sequence[Any]) -> YearStrip:
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    bars = [bar for season in seasons if (bar := _bar(season, year, days))]
    return YearStrip(year, days, seasons, bars)


def _bar(season: Any, year: int, days: int) -> SeasonBar | None:
    opens, closes = season.opens_on, season.closes_on
    if opens is None and closes is None:
        return None
    soft = "in" if opens is None else "out" if closes is None else ""
    new_year = date(year, 1, 1)
    first = (opens - new_year).days if opens else (closes - new_year).days - FADE_DAYS
    last = (closes - new_year).days + 1 if closes else first + FADE_DAYS
    # A winter season that runs over New Year's Eve is drawn up to it.
    first, last = min(max(first, 0), days), min(max(last, 0), days)
    return SeasonBar(first, last - first, soft) if last > first else None

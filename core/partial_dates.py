"""Dates as the world knows them: a day, a summer, "c. 1902", "before 1907".

A date is stored as a small subset of EDTF text and never gains precision on the
way: "1902" does not become the first of January.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache, total_ordering
from typing import NamedTuple

from django.utils.translation import gettext

MAX_LENGTH = 40
EARLIEST_YEAR = 1700
YEARS_AHEAD = 15
# What can be typed, in the one language that is read.
EXAMPLES = (
    "12 May 1999, May 1999, summer 1999, 1999, 1990s, c. 1902, before 1907, after 1907"
)

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# EDTF season number -> the word we show, and the month it is sorted under.
SEASONS = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}

ONE_DAY = timedelta(days=1)
CIRCA_DAYS = timedelta(days=30)
CIRCA_YEARS = 2
CIRCA_DECADE_YEARS = 10


class InvalidPartialDate(ValueError):
    """The text is not a date we keep; the message tells the editor what to write."""


class Precision(IntEnum):
    """How much of the date is known, from the most to the least."""

    DAY = 1
    MONTH = 2
    SEASON = 3
    YEAR = 4
    DECADE = 5
    UNKNOWN = 6


class Qualifier(StrEnum):
    """What the source says about the date that is written."""

    EXACT = "exact"
    CIRCA = "circa"
    BEFORE = "before"
    AFTER = "after"


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to some precision, with the closed day interval it can lie in.

    A bound of None is open. Seasons fall in different months on the two halves of
    the globe, so a season may be any day of the year it is written with. "Circa"
    widens by our own rule: 30 days for a day, 10 years for a decade, otherwise 2
    years, on both sides. The bounds are wide on purpose: a contradiction between
    them is then a certain one.

    `nominal` is the first day the written date names. It orders and shows the date
    and is not a claim about the day. Make instances with `parse`.
    """

    text: str
    lower: date | None
    upper: date | None
    precision: Precision
    qualifier: Qualifier
    nominal: date

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> "PartialDate":
        """Read stored EDTF text or what an editor types.

        Raises InvalidPartialDate for anything else, and for years before 1700 or
        more than 15 years after `today`.
        """
        return _parse(text, (today or date.today()).year + YEARS_AHEAD)

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: "PartialDate") -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self.sort_key() < other.sort_key()

    def sort_key(self) -> tuple[date, int, Precision, str]:
        """Order by day, then precision; "before X" comes just before X."""
        match self.qualifier:
            case Qualifier.BEFORE:
                return (self.nominal, -2, self.precision, self.text)
            case Qualifier.AFTER:
                start = max(self.lower or self.nominal, self.nominal + ONE_DAY)
                return (start, -1, self.precision, self.text)
        return (self.nominal, 0, self.precision, self.text)

    def is_certainly_before(self, other: "PartialDate") -> bool:
        """True when every day this can be is earlier than every day `other` can be."""
        if self.upper is None or other.lower is None:
            return False
        return self.upper < other.lower

    def is_possibly_before(self, other: "PartialDate") -> bool:
        """True when some day this can be is earlier than some day `other` can be."""
        if self.lower is None or other.upper is None:
            return True
        return self.lower < other.upper

    def contains(self, day: date) -> bool:
        """True when the date can be this day."""
        return (self.lower is None or self.lower <= day) and (
            self.upper is None or day <= self.upper
        )

    def display(self) -> str:
        """The date in English words, which `parse` reads back to the same date."""
        prefix = {Qualifier.EXACT: "", Qualifier.CIRCA: "c. "}
        return prefix.get(self.qualifier, f"{self.qualifier} ") + self._words()

    def iso_or_none(self) -> str | None:
        """The ISO date when the very day is known, else None."""
        if self.precision is Precision.DAY and self.qualifier is Qualifier.EXACT:
            return self.text
        return None

    def schema_org(self) -> str | None:
        """ISO 8601 text for structured data, or None when it would say too much."""
        plain = (Precision.DAY, Precision.MONTH, Precision.YEAR)
        if self.precision in plain and self.qualifier is Qualifier.EXACT:
            return self.text
        return None

    def _words(self) -> str:
        day = self.nominal
        match self.precision:
            case Precision.DAY:
                return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
            case Precision.MONTH:
                return f"{MONTHS[day.month - 1]} {day.year}"
            case Precision.SEASON:
                word = next(
                    word for word, month in SEASONS.values() if month == day.month
                )
                return f"{word} {day.year}"
            case Precision.DECADE:
                return f"{day.year}s"
        return str(day.year)


def parse_partial_date(text: str, *, today: date | None = None) -> PartialDate | None:
    """As PartialDate.parse, but blank text is an unknown date: None."""
    return PartialDate.parse(text, today=today) if text.strip() else None


class _Written(NamedTuple):
    """The date as written, before "circa", "before" or "after" is applied."""

    text: str
    precision: Precision
    first: date
    last: date
    nominal: date


# Month and season words as editors write them -> EDTF number.
_WORDS = {
    **{word.lower(): number for number, word in enumerate(MONTHS, start=1)},
    **{word[:3].lower(): number for number, word in enumerate(MONTHS, start=1)},
    **{word: number for number, (word, _) in SEASONS.items()},
    "sept": 9,
    "fall": 23,
}
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WORD = r"(?P<word>[a-z]+)\.?"
_SHAPES = (
    re.compile(r"(?P<year>\d{4})(?:-(?P<number>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII),
    re.compile(rf"(?:{_DAY} )?{_WORD},? (?P<year>\d{{4}})", re.ASCII),
    re.compile(rf"{_WORD} {_DAY},? (?P<year>\d{{4}})", re.ASCII),
    re.compile(r"(?P<decade>\d{3})(?:x|0s)", re.ASCII),
)
_QUALIFIED = (
    (Qualifier.BEFORE, re.compile(r"(?:\.\./|before )(.+)")),
    (Qualifier.AFTER, re.compile(r"(.+)/\.\.")),
    (Qualifier.AFTER, re.compile(r"after (.+)")),
    (Qualifier.CIRCA, re.compile(r"(.+)~")),
    (
        Qualifier.CIRCA,
        re.compile(r"(?:circa|about|around|approximately|approx\.?|ca\.?|c\.?) ?(.+)"),
    ),
)
_TEMPLATES = {
    Qualifier.EXACT: "{}",
    Qualifier.CIRCA: "{}~",
    Qualifier.BEFORE: "../{}",
    Qualifier.AFTER: "{}/..",
}
_ALL_NUMBERS = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", re.ASCII)


@lru_cache(maxsize=8192)
def _parse(text: str, last_year: int) -> PartialDate:
    typed = _tidy(text)
    qualifier, body = _split_qualifier(typed)
    written = _read(body, typed, last_year)
    lower, upper = _bounds(written, qualifier)
    return PartialDate(
        text=_TEMPLATES[qualifier].format(written.text),
        lower=lower,
        upper=upper,
        precision=written.precision,
        qualifier=qualifier,
        nominal=written.nominal,
    )


def _tidy(text: str) -> str:
    """Lower case with single plain spaces; refuses what no date contains."""
    if len(text) > MAX_LENGTH:
        raise InvalidPartialDate(
            gettext("A date has at most %(max_length)s characters. Write %(examples)s.")
            % {"max_length": MAX_LENGTH, "examples": EXAMPLES}
        )
    if any(char.isnumeric() and not char.isascii() for char in text):
        raise InvalidPartialDate(gettext("Write the date with the digits 0 to 9."))
    # str.split also splits at no-break and narrow spaces pasted from other sites.
    return " ".join(text.split()).lower()


def _split_qualifier(typed: str) -> tuple[Qualifier, str]:
    for qualifier, pattern in _QUALIFIED:
        if match := pattern.fullmatch(typed):
            return qualifier, match[1]
    return Qualifier.EXACT, typed


def _read(body: str, typed: str, last_year: int) -> _Written:
    found = next((m for shape in _SHAPES if (m := shape.fullmatch(body))), None)
    if found is None:
        raise InvalidPartialDate(_refusal(typed))
    parts = found.groupdict()
    year = int(parts["year"]) if "year" in parts else int(parts["decade"]) * 10
    if not EARLIEST_YEAR <= year <= last_year:
        raise InvalidPartialDate(
            gettext("The year must lie between %(earliest_year)s and %(last_year)s.")
            % {"earliest_year": EARLIEST_YEAR, "last_year": last_year}
        )
    if "decade" in parts:
        first, last = date(year, 1, 1), date(year + 9, 12, 31)
        return _Written(f"{year // 10}X", Precision.DECADE, first, last, first)
    number = parts.get("number") or _WORDS.get(parts.get("word", ""))
    if number is None and "word" in parts:
        raise InvalidPartialDate(_refusal(typed))
    if number is None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        return _Written(str(year), Precision.YEAR, first, last, first)
    day = int(parts["day"]) if parts["day"] else None
    return _read_within_year(year, int(number), day)


def _read_within_year(year: int, number: int, day: int | None) -> _Written:
    """A season, month or day; `number` is the EDTF month or season."""
    if number in SEASONS and day is None:
        nominal = date(year, SEASONS[number][1], 1)
        first, last = date(year, 1, 1), date(year, 12, 31)
        return _Written(f"{year}-{number}", Precision.SEASON, first, last, nominal)
    if not 1 <= number <= 12:
        raise InvalidPartialDate(
            gettext("Months run from 01 to 12; a season is written like summer 1999.")
        )
    last_day = monthrange(year, number)[1]
    if day is None:
        first, last = date(year, number, 1), date(year, number, last_day)
        return _Written(f"{year}-{number:02}", Precision.MONTH, first, last, first)
    if not 1 <= day <= last_day:
        raise InvalidPartialDate(
            gettext("There is no %(day)s %(months)s %(year)s.")
            % {"day": day, "months": MONTHS[number - 1], "year": year}
        )
    exact = date(year, number, day)
    return _Written(exact.isoformat(), Precision.DAY, exact, exact, exact)


def _bounds(written: _Written, qualifier: Qualifier) -> tuple[date | None, date | None]:
    # A season's own edges are not known, so "before" one can reach into its year.
    is_season = written.precision is Precision.SEASON
    match qualifier:
        case Qualifier.BEFORE:
            return None, (written.last if is_season else written.first) - ONE_DAY
        case Qualifier.AFTER:
            return (written.first if is_season else written.last) + ONE_DAY, None
        case Qualifier.CIRCA:
            return _widen(written)
    return written.first, written.last


def _widen(written: _Written) -> tuple[date, date]:
    if written.precision is Precision.DAY:
        return written.first - CIRCA_DAYS, written.last + CIRCA_DAYS
    is_decade = written.precision is Precision.DECADE
    years = CIRCA_DECADE_YEARS if is_decade else CIRCA_YEARS
    last_year, last_month = written.last.year + years, written.last.month
    last_day = monthrange(last_year, last_month)[1]
    return (
        written.first.replace(year=written.first.year - years),
        date(last_year, last_month, last_day),
    )


def _refusal(typed: str) -> str:
    if _ALL_NUMBERS.fullmatch(typed):
        return gettext(
            "“%(typed)s” does not say which number is the month. Write 12 May "
            "1999 or, as year-month-day, 1999-05-12."
        ) % {"typed": typed}
    return gettext("This is not a date we can keep. Write %(examples)s.") % {
        "examples": EXAMPLES
    }

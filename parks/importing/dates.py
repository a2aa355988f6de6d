"""Reads dates out of cells, and never makes one more precise than its source."""

import re

from core.partial_dates import InvalidPartialDate, PartialDate
from parks.importing.cells import clean, shortened
from parks.importing.notes import NoteTaker

# A date at the beginning of a cell; what follows it is looked at separately.
_MONTH = r"[A-Z][a-z]{2,8}\.?"
_WRITTEN = re.compile(
    rf"(?:c\. ?|circa )?(?:{_MONTH} \d{{1,2}}, ?\d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}"
    rf"|{_MONTH} \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{3}}0s|\d{{4}})",
)
_SHORT_YEAR = re.compile(r"(?:(\d{1,2})-)?([A-Z][a-z]{2})-(\d\d)$")
_NO_YEAR = re.compile(r"\d{1,2}-[A-Z][a-z]{2}$")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")
# "; 13 years ago" and "(95 years)" are reckoned from the date and say nothing new.
_REMARK = re.compile(r"^[;,]? ?\(?\d+ years?(?: ago)?\)?$")


def read_date(
    text: str,
    column: str,
    notes: NoteTaker,
    *,
    near_year: int | None = None,
    not_before: int | None = None,
) -> str:
    """The date as EDTF text, "" when there is none that can be read.

    A year of two digits ("29-Apr-05") is the first one from `not_before` on, else
    the one closest to `near_year`.
    """
    cell = clean(text)
    if not cell:
        return ""
    if short := _SHORT_YEAR.match(cell):
        day, month, digits = short.groups()
        year = _full_year(int(digits), near_year, not_before)
        return _checked(f"{day or ''} {month} {year}".strip(), column, notes)
    written = _WRITTEN.match(cell)
    if written is None or _NO_YEAR.match(cell):
        notes.suspicious(column, f"“{shortened(cell)}” could not be read as a date.")
        return ""
    rest = cell[written.end() :].strip()
    if rest and not _REMARK.match(rest):
        notes.suspicious(
            column, f"Only the first date of “{shortened(cell)}” was used."
        )
    return _checked(written[0], column, notes)


def read_reckoned_day(text: str, column: str, notes: NoteTaker) -> str:
    """A date from a column which fills what it does not know with a first.

    In "5/1/1994" the day, and in "1/1/1994" the month too, may stand for "not
    known": they are read as May 1994 and as 1994. Firsts are three times as common
    there as other days.
    """
    cell = clean(text)
    if not cell:
        return ""
    if found := _SLASHED.match(cell):
        month, day, year = map(int, found.groups())
    elif found := _ISO_DAY.match(cell):
        year, month, day = map(int, found.groups())
    else:
        return read_date(text, column, notes)
    if day != 1:
        return _checked(f"{year:04}-{month:02}-{day:02}", column, notes)
    if month != 1:
        notes.info(column, f"“{cell}” was read as a month: the first may stand in.")
        return _checked(f"{year:04}-{month:02}", column, notes)
    notes.info(column, f"“{cell}” was read as a year: 1 January stands in for it.")
    return _checked(f"{year:04}", column, notes)


def year_of(text: str) -> int | None:
    """The year a date names, None for a date that is not known."""
    return PartialDate.parse(text).nominal.year if text else None


def is_certainly_before(earlier: str, later: str) -> bool:
    """True when both dates are known and cannot be the other way round."""
    if not earlier or not later:
        return False
    return PartialDate.parse(earlier).is_certainly_before(PartialDate.parse(later))


def _full_year(digits: int, near_year: int | None, not_before: int | None) -> int:
    years = [century + digits for century in (1800, 1900, 2000)]
    later = [year for year in years if not_before is not None and year >= not_before]
    if later:
        return later[0]
    return min(years, key=lambda year: abs(year - (near_year or not_before or 2000)))


def _checked(text: str, column: str, notes: NoteTaker) -> str:
    try:
        return PartialDate.parse(text).text
    except InvalidPartialDate as problem:
        notes.suspicious(column, f"“{text}” is no date we can keep: {problem}")
        return ""

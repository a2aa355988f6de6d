"""Reads measures and counts, keeping the number and unit the source gave first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from core.measures import Dimension, InvalidMeasure, Measure
from parks.importing.cells import clean, shortened
from parks.importing.notes import NoteTaker

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"ft|m|cm|in|mph|km/h"
# "2,693 or 2,700 ft (821 or 823 m)", "54–78 in (137–198 cm)", "4 ft (122 cm)"
_MEASURE = re.compile(
    rf"(?P<first>{_NUMBER})(?: ?(?P<link>or|to|–|-) ?(?P<last>{_NUMBER}))? ?"
    rf"(?P<unit>{_UNIT})\b(?: ?\((?P<other>[^)]*)\))?(?P<rest>.*)$"
)
_PLAIN = re.compile(rf"(?P<first>{_NUMBER}) ?(?P<unit>{_UNIT})$")
# A conversion is rounded; one unit in the last place of a speed is never suspicious.
_TOLERATED_SPEED = Decimal(1)
_MINUTES = re.compile(
    r"^\D*?(?P<minutes>\d+) ?(?:min(?:utes?|s)?\.?,?)(?: and)? ?"
    r"(?:(?P<seconds>\d+) ?s(?:ec(?:onds?)?)?\.?)?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"^\D*?(?P<seconds>\d+) ?s(?:ec(?:onds?)?)?\b", re.IGNORECASE)
_CLOCK = re.compile(r"^\D{0,12}?(?P<minutes>\d{1,2}):(?P<seconds>[0-5]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """A lower and an upper measure; each "" when not given."""

    low: str = ""
    high: str = ""


def read_measure(text: str, dimension: Dimension, column: str, notes: NoteTaker) -> str:
    """The first measure of the cell in its own unit, such as "3500 ft", or ""."""
    cell = clean(text)
    found = _MEASURE.match(cell)
    if found is None:
        if cell:
            notes.suspicious(column, f"“{shortened(cell)}” could not be read.")
        return ""
    if found["link"] or found["rest"]:
        notes.suspicious(
            column, f"Only the first value of “{shortened(cell)}” was used."
        )
    return _kept(found["first"], found["unit"], dimension, column, notes)


def read_span(text: str, column: str, notes: NoteTaker) -> Span:
    """The least and greatest height of a rider: "52–78 in" or only "48 in"."""
    cell = clean(text)
    found = _MEASURE.match(cell)
    if found is None or found["link"] in {None, "or"}:
        return Span(read_measure(text, Dimension.LENGTH, column, notes))
    if found["rest"]:
        notes.suspicious(column, f"Only the beginning of “{shortened(cell)}” was used.")
    low, high = (
        _kept(found[end], found["unit"], Dimension.LENGTH, column, notes)
        for end in ("first", "last")
    )
    return Span(low, high)


def read_speed(first: str, second: str, column: str, notes: NoteTaker) -> str:
    """The speed in the unit named first; a second that disagrees is noted."""
    speed = read_measure(first, Dimension.SPEED, column, notes)
    other = _PLAIN.match(clean(second))
    if not speed or other is None:
        return speed
    claimed = Measure.parse(other[0], Dimension.SPEED)
    exact = Measure.parse(speed, Dimension.SPEED).si
    if abs(exact - claimed.si) / claimed.unit.size > _TOLERATED_SPEED:
        notes.suspicious(column, f"{speed} and {claimed} are given and disagree.")
    return speed


def read_number(text: str, column: str, notes: NoteTaker) -> Decimal | None:
    """The first number in the cell, None when the cell is empty."""
    cell = clean(text).rstrip("°")
    if not cell:
        return None
    found = re.match(r"-?\d[\d,]*(?:\.\d+)?", cell)
    if found is None:
        notes.suspicious(column, f"“{shortened(cell)}” is no number.")
        return None
    if found.end() < len(cell):
        notes.suspicious(
            column, f"Only the first number of “{shortened(cell)}” was used."
        )
    try:
        return Decimal(found[0].replace(",", ""))
    except InvalidOperation:
        return None


def read_count(text: str, column: str, notes: NoteTaker) -> int | None:
    """A whole number, None when the cell is empty or holds a fraction."""
    number = read_number(text, column, notes)
    if number is None:
        return None
    if number != number.to_integral_value():
        notes.suspicious(column, f"{number} is not a whole number.")
        return None
    return int(number)


def read_capacity(text: str, notes: NoteTaker) -> int | None:
    """Riders per hour out of "1,200 riders per hour" or "max. 1600 riders per hour"."""
    cell = clean(text)
    if not cell:
        return None
    numbers = list(_capacities(cell))
    if not numbers:
        notes.suspicious("Capacity", f"“{shortened(cell)}” could not be read.")
        return None
    if len(numbers) > 1:
        notes.suspicious(
            "Capacity", f"Only the first value of “{shortened(cell)}” was used."
        )
    elif "riders per hour" not in cell:
        notes.suspicious("Capacity", f"“{shortened(cell)}” does not say “per hour”.")
        return None
    return numbers[0]


def read_duration(text: str, notes: NoteTaker) -> int | None:
    """Seconds out of "2:30", "79 seconds" or "1 min 40 sec"."""
    cell = clean(text)
    if not cell:
        return None
    for pattern in (_CLOCK, _MINUTES, _SECONDS):
        if re.match(r"^\d+[.-]\d", cell):
            break  # "2.10 minutes" is two minutes ten or 2.1 minutes: not ours to say
        if found := pattern.match(cell):
            _note_second_duration(cell[found.end() :], cell, notes)
            parts = found.groupdict()
            return int(parts.get("minutes") or 0) * 60 + int(parts["seconds"] or 0)
    notes.suspicious("Duration", f"“{shortened(cell)}” could not be read.")
    return None


def _note_second_duration(rest: str, cell: str, notes: NoteTaker) -> None:
    if re.search(r"\d", rest):
        notes.suspicious(
            "Duration", f"Only the first value of “{shortened(cell)}” was used."
        )


def _capacities(cell: str) -> Iterator[int]:
    """Each number that counts riders in an hour, and no number of cars or trains."""
    counted = re.sub(r"\d+ (?:cars?|trains?|riders each|rockets?)\b", "", cell)
    for found in re.finditer(r"\d[\d,]*", counted):
        yield int(found[0].replace(",", ""))


def _kept(
    number: str, unit: str, dimension: Dimension, column: str, notes: NoteTaker
) -> str:
    try:
        measure = Measure.parse(f"{number.replace(',', '')} {unit}", dimension)
    except InvalidMeasure as problem:
        notes.suspicious(column, str(problem))
        return ""
    return str(measure)

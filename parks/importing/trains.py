"""Reads the sentence that describes a coaster's trains."""

import re
from dataclasses import dataclass

from parks.importing.cells import clean, shortened
from parks.importing.notes import NoteTaker

COLUMN = "Trains"
_WORDS = {
    "a": 1,
    "single": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "inline": 1,
}
_NUMBER = r"\d{1,2}|a single|single|" + "|".join(_WORDS)
_TRAINS = re.compile(
    rf"^({_NUMBER})\b(?! or\b).{{0,60}}?(?<!car )\btrains?\b", re.IGNORECASE
)
_CARS = re.compile(rf"\b({_NUMBER})(?: separate)? cars?\b", re.IGNORECASE)
_ACROSS = re.compile(rf"\b({_NUMBER}) across|\b(inline)\b", re.IGNORECASE)
_ROWS = re.compile(rf"\bin ({_NUMBER}) rows?\b", re.IGNORECASE)
_TOTAL = re.compile(r"total of (\d+) riders per (train|car)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trains:
    """How riders sit; None for what the sentence does not say."""

    trains: int | None = None
    cars_per_train: int | None = None
    rows_per_car: int | None = None
    seats_per_row: int | None = None


def read_trains(text: str, notes: NoteTaker) -> Trains:
    """What "3 trains with 8 cars, 4 across in a single row" says."""
    cell = clean(text)
    if not cell:
        return Trains()
    if re.search(r"\) or \w+ \(", cell):
        notes.suspicious(COLUMN, "The trains of several parks are described at once.")
        return Trains()
    read = Trains(
        trains=_first(_TRAINS, cell),
        cars_per_train=_first(_CARS, cell),
        rows_per_car=_first(_ROWS, cell),
        seats_per_row=_first(_ACROSS, cell),
    )
    if read == Trains():
        notes.suspicious(COLUMN, f"“{shortened(cell)}” could not be read.")
    _compare_with_total(read, cell, notes)
    return read


def _first(pattern: re.Pattern[str], cell: str) -> int | None:
    found = pattern.search(cell)
    if found is None:
        return None
    word = next(filter(None, found.groups())).lower().removeprefix("a ")
    return int(word) if word.isdigit() else _WORDS[word]


def _compare_with_total(read: Trains, cell: str, notes: NoteTaker) -> None:
    total = _TOTAL.search(cell)
    cars = read.cars_per_train if total and total[2].lower() == "train" else 1
    if not (total and cars and read.rows_per_car and read.seats_per_row):
        return
    seats = cars * read.rows_per_car * read.seats_per_row
    if seats != int(total[1]):
        notes.suspicious(
            COLUMN,
            f"The seats make {seats} riders, and {total[1]} are given.",
        )

"""Decides what a file may change on a page. Needs no database.

A page is seen as units: a figure, the cost with its currency, the list of statuses.
The wiki's own edits win over a file that says nothing new, and a file never erases.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Units = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Merge:
    """The units to write, and those in which the page differs and is kept."""

    changes: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, tuple[Any, Any]] = field(default_factory=dict)


def merge(wanted: Units, present: Units, remembered: Units | None) -> Merge:
    """Compare what a file says with a page and with what the file said last time.

    `remembered` is what this importer read for the page before, None if never.
    """
    result = Merge()
    for unit, value in wanted.items():
        there = present.get(unit)
        before = None if remembered is None else remembered.get(unit)
        if is_blank(value) or value == there:
            continue
        if remembered is not None and value == before:
            continue  # nothing new in the file: an edit made since stands
        if is_blank(there) or (remembered is not None and there == before):
            result.changes[unit] = value
        else:
            result.kept[unit] = (there, value)
    return result


def is_blank(value: Any) -> bool:
    """True for a unit that says nothing."""
    return value is None or value == "" or value == []

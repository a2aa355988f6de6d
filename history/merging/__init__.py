"""Merging two changes of one content: pure functions, no database.

    result = merge(schema_of(ParkPage), base, ours, theirs)
    if result.conflicts:
        result = resolve(result, {result.conflicts[0].key: Side.THEIRS})

Contents are those of history.reading, the schema is the one of comparisons.
"""

from history.merging.conflicts import (
    Conflict,
    ConflictKind,
    NoSuchConflict,
    Own,
    Pick,
    Result,
    Side,
    UnfitChoice,
)
from history.merging.merging import merge, resolve

__all__ = [
    "Conflict",
    "ConflictKind",
    "NoSuchConflict",
    "Own",
    "Pick",
    "Result",
    "Side",
    "UnfitChoice",
    "merge",
    "resolve",
]

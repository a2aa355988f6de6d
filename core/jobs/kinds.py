"""The kinds of work there are. Each room registers its own when the wiki starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Takes the turn (core/jobs/turns.py) and returns the report. It is called again after
# a crash, so it finds out from the data what is left to do.
Work = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work; of all kinds with one slot only one job is active at a time.

    Nobody waits for the end of what `is_bulk`, so nothing else waits behind it.
    """

    name: str
    label: str
    slot: str
    work: Work
    is_bulk: bool = False


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind of work known under its name."""
    KINDS[kind.name] = kind

"""Rides of one layout, and where their figures drift apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.measures import Measure
from parks.rides_shown import ListedRide

FIGURES = ("height", "speed", "length", "inversions")
# Sources round, and convert what others have rounded: that much is no difference.
ALIKE_WITHIN = 0.01


@dataclass(frozen=True, slots=True)
class Clone:
    """A ride of the same layout, with the names of the figures that differ."""

    shown: ListedRide
    differs: frozenset[str]


def clones_of(one: ListedRide, others: Iterable[ListedRide]) -> list[Clone]:
    """The others with what tells them from the one. Unknown figures do not differ."""
    return [
        Clone(
            other,
            frozenset(
                name
                for name in FIGURES
                if _differ(getattr(one, name), getattr(other, name))
            ),
        )
        for other in others
    ]


def _differ(one: Any, other: Any) -> bool:
    if one is None or other is None:
        return False
    sizes = [float(f.si) if isinstance(f, Measure) else float(f) for f in (one, other)]
    return abs(sizes[0] - sizes[1]) > ALIKE_WITHIN * max(map(abs, sizes))

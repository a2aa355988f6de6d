"""Ranks: rides of an equal figure share theirs, and the next ones stand behind both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.measures import Measure
from parks.rides_shown import ListedRide


@dataclass(frozen=True, slots=True)
class Ranked:
    """A ride with its rank; `share` is its figure in hundredths of the greatest."""

    shown: ListedRide
    rank: int
    figure: Any
    share: int


def ranked(
    rides: Sequence[ListedRide], fact: str, *, first: int = 1, greatest: Any = None
) -> list[Ranked]:
    """Rides in the order of their figures, numbered from `first`.

    `greatest` is the figure of the very first ride of the list, where these are of a
    later page. A rank shared across two pages is counted anew on the second.
    """
    result: list[Ranked] = []
    size = _size(greatest) if greatest is not None else None
    for place, shown in enumerate(rides, start=first):
        figure = getattr(shown, fact)
        value = _size(figure)
        size = value if size is None else size
        before = result[-1] if result else None
        is_equal = before is not None and _size(before.figure) == value
        rank = before.rank if before is not None and is_equal else place
        share = round(100 * value / size) if size else 0
        result.append(Ranked(shown, rank, figure, share))
    return result


def _size(figure: Any) -> float:
    return float(figure.si if isinstance(figure, Measure) else figure or 0)

"""Rides side by side: one row per fact, with the greatest figure told."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from core.measures import Measure
from core.wording import Words
from parks.ride_contents import TRACK_FIGURES
from parks.rides_shown import ListedRide

# Where more is neither better nor worse, no figure stands out.
UNRANKED = frozenset({"rider_height_min", "rider_height_max"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One ride's figure; `share` is its part of the greatest in hundredths.

    A figure that is alone has none: there is nothing to draw it against.
    """

    figure: Any
    share: int = 0
    is_best: bool = False


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of every ride in the order of the rides; None where not recorded."""

    heading: Words
    suffix: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Compared:
    """A ride with the rows of its tracks."""

    shown: ListedRide
    tracks: Sequence[Any]


def figure_rows(rides: Sequence[Compared]) -> list[FigureRow]:
    """The figures that at least one of the rides has, the best of all its tracks."""
    rows = []
    for heading, attribute, suffix in TRACK_FIGURES:
        best = [_best(ride.tracks, attribute) for ride in rides]
        if any(track is not None for track in best):
            rows.append(FigureRow(heading, suffix, _entries(best, attribute)))
    return rows


def _entries(best: Sequence[Any], attribute: str) -> list[Entry]:
    sizes = [_size(track, attribute) for track in best]
    known = [size for size in sizes if size is not None]
    greatest = max(known)
    figures = [getattr(track, attribute, None) for track in best]
    if attribute in UNRANKED or greatest <= 0 or len(known) < 2:
        return [Entry(figure) for figure in figures]
    # All alike is no reason to let one stand out.
    is_contest = len(set(known)) > 1
    return [
        Entry(
            figure,
            share=round(100 * max(size, 0) / greatest) if size is not None else 0,
            is_best=is_contest and size == greatest,
        )
        for figure, size in zip(figures, sizes, strict=True)
    ]


def _best(tracks: Sequence[Any], attribute: str) -> Any:
    """The track with the greatest figure; None where none is known."""
    sized = [(_size(track, attribute), track) for track in tracks]
    known = [(size, track) for size, track in sized if size is not None]
    return max(known, key=itemgetter(0))[1] if known else None


def _size(track: Any, attribute: str) -> float | None:
    # A duration is shown as minutes and seconds.
    name = "duration_s" if attribute == "duration" else attribute
    figure = getattr(track, name, None)
    if figure is None:
        return None
    return float(figure.si if isinstance(figure, Measure) else figure)

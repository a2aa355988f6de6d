"""The lives of a park's rides as bars over the years. Needs no database.

A bar says no more than the dates do. Where only a year or a decade is known its edge is
soft over all of it, and where nothing is known it fades away.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from core.partial_dates import ONE_DAY, PartialDate
from parks.choices import NOT_YET_OPEN, OPEN_TO_VISITORS, RideStatus, tone_of
from parks.rides_shown import ListedRide
from parks.timeline import in_order

# How far a bar fades into what nobody knows.
FADE = timedelta(days=5 * 365)
# Statuses in which the ride itself lies somewhere.
KEPT = frozenset({RideStatus.IN_STORAGE, RideStatus.RELOCATING})
IDLE = frozenset({RideStatus.TEMPORARILY_CLOSED, RideStatus.SBNO})


class Edge(NamedTuple):
    """The days between which something happened, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """One status of a ride: how it is drawn, when it began and when it ended."""

    kind: str
    began: Edge
    ended: Edge


@dataclass(frozen=True, slots=True)
class ChartRide:
    """A ride with what its bar is drawn from.

    `stay` is its stay in the park if the ride has stood elsewhere as well.
    """

    shown: ListedRide
    periods: Sequence[Any]
    stay: Any = None
    has_moved: bool = False

    @property
    def tone(self) -> str:
        return "gone" if self.has_moved else tone_of(self.shown.seen.status)


@dataclass(frozen=True, slots=True)
class Life:
    """A ride with its stretches in order, and the day it ended here, if it did."""

    ride: ChartRide
    stretches: Sequence[Stretch]
    end: Edge | None

    @property
    def begins(self) -> date:
        return self.stretches[0].began.first


def life_of(ride: ChartRide, today: date) -> Life | None:
    """What is known of a ride's life here; None where no date at all is."""
    ordered: list[Any] = list(in_order(ride.periods))
    stretches = [
        stretch
        for period, after in pairwise([*ordered, None])
        if (stretch := _stretch(period, after, today))
    ]
    end = None
    if ordered and _is_end(ordered[-1].status):
        end = stretches[-1].ended if stretches else _edge_or_none(ordered[-1].began)
    elif stretches and ordered[-1].ended is not None:
        end = stretches[-1].ended if stretches[-1].ended.first < today else None
    if ride.stay is not None:
        stretches = _within(stretches, ride.stay)
        if ride.stay.ended is not None:
            end = edge_of(ride.stay.ended)
    if not stretches:
        return None
    return Life(ride, stretches, end)


def edge_of(moment: PartialDate) -> Edge:
    """The days a date can mean; open to one side it reaches as far as a fade."""
    first, last = moment.lower, moment.upper
    if first is None and last is None:
        return Edge(moment.nominal, moment.nominal)
    return Edge(first or _shifted(last, -FADE), last or _shifted(first, FADE))


def _edge_or_none(moment: PartialDate | None) -> Edge | None:
    return edge_of(moment) if moment is not None else None


def _stretch(period: Any, after: Any, today: date) -> Stretch | None:
    kind = _kind(period, after, today)
    if not kind:
        return None
    began = _edge_or_none(period.began)
    ended = _edge_or_none(period.ended)
    if ended is None and after is not None:
        ended = _edge_or_none(after.began)
    if ended is None:
        ended = _until_now(began, today) if after is None else None
    if ended is None:
        # It ended, and nobody knows when.
        if began is None:
            return None
        ended = Edge(began.last, _shifted(began.last, FADE))
    if began is None:
        began = Edge(_shifted(ended.first, -FADE), ended.first)
    return Stretch(kind, began, ended)


def _until_now(began: Edge | None, today: date) -> Edge:
    """The end of what still lasts; what is still to begin is only hinted at."""
    if began is not None and began.last > today:
        return Edge(began.last, _shifted(began.last, timedelta(days=365)))
    return Edge(today, today)


def _kind(period: Any, after: Any, today: date) -> str:
    status = period.status
    if status in NOT_YET_OPEN:
        return "coming"
    if status in IDLE:
        return "idle"
    if status in KEPT:
        return "kept"
    if status not in OPEN_TO_VISITORS:
        return ""
    first = period.began.lower if period.began is not None else None
    if first is not None and first > today:
        return "coming"
    return "open" if after is None and period.ended is None else "was"


def _is_end(status: str) -> bool:
    others = NOT_YET_OPEN | OPEN_TO_VISITORS | IDLE | KEPT | {RideStatus.UNKNOWN}
    return status not in others


def _within(stretches: Iterable[Stretch], stay: Any) -> list[Stretch]:
    """The part of a life that a stay covers."""
    began, ended = _edge_or_none(stay.began), _edge_or_none(stay.ended)
    found = []
    for stretch in stretches:
        if began is not None and stretch.ended.last <= began.first:
            continue
        if ended is not None and stretch.began.first >= ended.last:
            continue
        starts = began is not None and stretch.began.first < began.first
        stops = ended is not None and stretch.ended.last > ended.last
        found.append(
            Stretch(
                stretch.kind if not stops or stretch.kind != "open" else "was",
                began if began is not None and starts else stretch.began,
                ended if ended is not None and stops else stretch.ended,
            )
        )
    return found


def _shifted(day: date | None, by: timedelta) -> date:
    """A day moved within what a calendar holds."""
    if day is None:
        raise TypeError("A date without both bounds has no edge.")
    if by < timedelta() and day - date.min < -by:
        return date.min + ONE_DAY
    return day + by

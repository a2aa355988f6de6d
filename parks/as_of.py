"""What partial dates say about a day in the past: certainly, possibly or not.

A day may be vague itself: "1999" is some day of that year. Needs no database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from core.partial_dates import PartialDate
from parks.choices import OPEN_TO_VISITORS, NameKind, RideStatus
from parks.timeline import in_order, life_on

# Working titles and nicknames never stand at the head of a page.
HEAD_NAMES = frozenset({NameKind.OFFICIAL, NameKind.FORMER, NameKind.SPONSORED})


class Certainty(IntEnum):
    """How sure it is; the lesser of two is the certainty of both together."""

    NO = 0
    POSSIBLY = 1
    CERTAINLY = 2


def opposite(certainty: Certainty) -> Certainty:
    """How sure it is that it was not so."""
    return Certainty(Certainty.CERTAINLY - certainty)


def begun(moment: PartialDate | None, day: PartialDate) -> Certainty:
    """Whether it had begun on the day; without a date it had."""
    if moment is None:
        return Certainty.CERTAINLY
    first, last = _bounds(day)
    if moment.upper is not None and moment.upper <= first:
        return Certainty.CERTAINLY
    if moment.lower is not None and last < moment.lower:
        return Certainty.NO
    return Certainty.POSSIBLY


def over(moment: PartialDate | None, day: PartialDate) -> Certainty:
    """Whether it had ended before the day; without a date it had not."""
    if moment is None:
        return Certainty.NO
    first, last = _bounds(day)
    if moment.upper is not None and moment.upper < first:
        return Certainty.CERTAINLY
    if moment.lower is not None and last <= moment.lower:
        return Certainty.NO
    return Certainty.POSSIBLY


def during(row: Any, day: PartialDate) -> Certainty:
    """Whether the day lies between `began` and `ended` of a row."""
    return min(begun(row.began, day), opposite(over(row.ended, day)))


@dataclass(frozen=True, slots=True)
class LifeThen:
    """A life on a day. `others` are statuses the dates known do not rule out."""

    status: str
    others: tuple[str, ...]
    there: Certainty
    opened: PartialDate | None
    closed: PartialDate | None

    @property
    def is_certain(self) -> bool:
        return self.there is Certainty.CERTAINLY and not self.others


def life_as_of(day: PartialDate, periods: Iterable[Any]) -> LifeThen:
    """The life a series of status periods describes, seen on a vague day."""
    ordered: list[Any] = list(in_order(periods))
    if not ordered:
        return LifeThen(RideStatus.UNKNOWN, (), Certainty.POSSIBLY, None, None)
    there = begun(ordered[0].began, day)
    possible = [status for status, _ in _possible_statuses(ordered, day)]
    known = life_on(_bounds(day)[1], ordered)
    return LifeThen(
        status=possible[0] if possible else RideStatus.UNKNOWN,
        others=tuple(dict.fromkeys(s for s in possible[1:] if s != possible[0])),
        there=there,
        opened=known.opened if there else None,
        closed=known.closed,
    )


def _possible_statuses(
    ordered: Sequence[Any], day: PartialDate
) -> list[tuple[str, Certainty]]:
    """Statuses the day can have, in their order; one alone if that is certain."""
    found = []
    following = [*ordered[1:], None]
    since = begun(ordered[0].began, day)
    for period, successor in zip(ordered, following, strict=True):
        until = _replaced(period, successor, day)
        lasts = min(since, opposite(until))
        if period.status in OPEN_TO_VISITORS:
            ended = over(period.ended, day)
            found.append((period.status, min(lasts, opposite(ended))))
            found.append((RideStatus.CLOSED, min(lasts, ended)))
        else:
            found.append((period.status, lasts))
        since = until
    certain = [pair for pair in found if pair[1] is Certainty.CERTAINLY]
    return certain[-1:] or [pair for pair in found if pair[1]]


def _replaced(period: Any, successor: Any, day: PartialDate) -> Certainty:
    """Whether the next period had taken this one's place."""
    if successor is None:
        return Certainty.NO
    if successor.began is None:
        return over(period.ended, day) if period.ended else Certainty.POSSIBLY
    return begun(successor.began, day)


def name_as_of(day: PartialDate, names: Iterable[Any]) -> tuple[Any, tuple[Any, ...]]:
    """The name on a day, None when none fits, and others it may have been.

    An official name of today without a beginning follows the names that have ended.
    """
    heads = [name for name in names if name.kind in HEAD_NAMES]
    ends = [name.ended for name in heads if name.ended is not None]
    latest_end = max(ends, default=None)
    found = []
    for name in heads:
        began = name.began or (latest_end if name.is_current_official else None)
        if began is None and name.ended is None and not name.is_current_official:
            continue
        certainty = min(begun(began, day), opposite(over(name.ended, day)))
        if certainty:
            found.append((certainty, began, name))
    certain = [entry for entry in found if entry[0] is Certainty.CERTAINLY]
    if certain:
        # Of two names of one time the later says more about the day.
        return max(certain, key=lambda entry: _order(entry[1]))[2], ()
    found.sort(key=lambda entry: _order(entry[1]))
    possible = [name for _, _, name in found]
    return (possible[0], tuple(possible[1:])) if possible else (None, ())


def stays_as_of(day: PartialDate, stays: Iterable[Any]) -> list[tuple[Any, Certainty]]:
    """Where a ride stood on a day, in the order of time; empty when on its way."""
    ordered: list[Any] = list(in_order(stays))
    following = [*ordered[1:], None]
    found = []
    for stay, successor in zip(ordered, following, strict=True):
        left = Certainty.NO
        if successor is not None and successor.began is not None:
            left = begun(successor.began, day)
        certainty = min(during(stay, day), opposite(left))
        if certainty:
            found.append((stay, certainty))
    return found


def _order(moment: PartialDate | None) -> tuple[bool, Any]:
    return (moment is not None, moment.sort_key() if moment else ())


def _bounds(day: PartialDate) -> tuple[Any, Any]:
    """First and last day of what was asked for; both are known (viewpoint.py)."""
    return day.lower, day.upper

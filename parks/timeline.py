"""What a series of status periods says about a day. Needs no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.partial_dates import PartialDate
from parks.choices import GONE, NOT_YET_OPEN, OPEN_TO_VISITORS, RideStatus


class Period(Protocol):
    """A status between two dates, either of which may be open."""

    @property
    def status(self) -> str: ...

    @property
    def began(self) -> PartialDate | None: ...

    @property
    def ended(self) -> PartialDate | None: ...


@dataclass(frozen=True, slots=True)
class Life:
    """The status on a day and the dates readers ask for first."""

    status: str
    opened: PartialDate | None
    closed: PartialDate | None


def in_order(periods: Iterable[Period]) -> list[Period]:
    """Periods by the day they began; those of unknown beginning keep their place.

    Of these, one whose end is known stands before whatever began after that end.
    """
    ordered: list[Period] = []
    for period in periods:
        place = len(ordered)
        while place and _precedes(period, ordered[place - 1]):
            place -= 1
        ordered.insert(place, period)
    return ordered


def life_on(day: date, periods: Iterable[Period]) -> Life:
    """The life a series of periods describes, seen on one day."""
    begun = [period for period in in_order(periods) if has_begun(period, day)]
    if not begun:
        planned = [p for p in in_order(periods) if p.status not in NOT_YET_OPEN]
        status = RideStatus.ANNOUNCED if planned else RideStatus.UNKNOWN
        return Life(status, _first_opening(planned), None)
    return Life(_status_of(begun, day), _opening(periods, begun), _closing(begun, day))


def has_begun(period: Period, day: date) -> bool:
    """Whether the period may have begun: a vague date counts from its first day."""
    if period.began is None:
        return True
    first = period.began.lower or period.began.upper
    return first is None or first <= day


def is_over(period: Period, day: date) -> bool:
    """Whether the period has certainly ended before the day."""
    ended = period.ended
    if ended is None:
        return False
    last = ended.upper or ended.lower
    return last is not None and last < day


def turns_by_itself(periods: Iterable[Period], day: date) -> bool:
    """Whether the status of the day began on a date known to the day.

    A vaguer date, such as a month, waits for an editor to say that it has come.
    """
    begun = [period for period in in_order(periods) if has_begun(period, day)]
    if not begun:
        return False
    last = begun[-1]
    moment = last.ended if _has_closed(last, day) else last.began
    return moment is not None and moment.iso_or_none() is not None


def _precedes(period: Period, other: Period) -> bool:
    if period.began is not None and other.began is not None:
        return period.began < other.began
    if period.began is None and period.ended is not None and other.began is not None:
        return period.ended.is_certainly_before(other.began)
    return False


def _has_closed(period: Period, day: date) -> bool:
    return is_over(period, day) and period.status in OPEN_TO_VISITORS


def _status_of(begun: Sequence[Period], day: date) -> str:
    last = begun[-1]
    return RideStatus.CLOSED if _has_closed(last, day) else last.status


def _opening(periods: Iterable[Period], begun: Sequence[Period]) -> PartialDate | None:
    if begun[-1].status in NOT_YET_OPEN:
        return _first_opening(in_order(periods))
    return _first_opening(begun)


def _first_opening(periods: Iterable[Period]) -> PartialDate | None:
    for period in periods:
        if period.status in OPEN_TO_VISITORS:
            return period.began
    return None


def _closing(begun: Sequence[Period], day: date) -> PartialDate | None:
    last_open = None
    for place, period in enumerate(begun):
        if period.status in OPEN_TO_VISITORS:
            last_open = place
    if last_open is None:
        return None
    period, after = begun[last_open], begun[last_open + 1 :]
    gone = next((p for p in after if p.status in GONE), None)
    if gone is None and not (is_over(period, day) and not after):
        return None
    return period.ended or (gone.began if gone else None)

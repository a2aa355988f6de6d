"""Ranges of days, written as far as they are known: "1985", "1980s..1999", "..1906".

A ride's own date may be vague as well. It lies in a range certainly when no day it can
be is outside, and possibly when some day it can be is inside. Needs no database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.partial_dates import (
    InvalidPartialDate,
    PartialDate,
    Precision,
    Qualifier,
)
from core.wording import date_words
from search.finder.ranges import EN_DASH, GAP, LONGEST_RANGE, InvalidRange

ADVICE = _("Write a year, a month or a day, such as 1985, May 1985 or the 1980s.")
FIRST_DECADE = 1800
DAWN, DUSK = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Years:
    """A range of days between two partial dates; an end of None is open, never both."""

    first: PartialDate | None
    last: PartialDate | None

    @property
    def text(self) -> str:
        """As an address writes it, which `read_years` reads back to the same range."""
        if self.first == self.last:
            return _plain(self.first)
        return f"{_plain(self.first)}{GAP}{_plain(self.last)}"

    @property
    def words(self) -> str:
        """For readers: "1985–1990", "from May 1985", "up to 1906"."""
        first = date_words(self.first) if self.first else ""
        last = date_words(self.last) if self.last else ""
        if not first:
            return gettext("up to %(last)s") % {"last": last}
        if not last:
            return gettext("from %(first)s") % {"first": first}
        return first if first == last else f"{first}{EN_DASH}{last}"

    def bounds(self) -> tuple[int, int]:
        """The first and the last day, as ordinal numbers."""
        first = self.first.lower if self.first else None
        last = self.last.upper if self.last else None
        return (
            first.toordinal() if first else DAWN,
            last.toordinal() if last else DUSK,
        )


def read_years(text: str, *, today: date) -> Years:
    """The range an address asks for. Raises InvalidRange."""
    if len(text) > 2 * LONGEST_RANGE:
        raise InvalidRange(ADVICE)
    first, gap, last = text.partition(GAP)
    return years_between(first, last if gap else first, today=today)


def years_between(first: str, last: str, *, today: date) -> Years:
    """The range between two texts, one of which may be empty. Raises InvalidRange."""
    begin, end = _date(first, today), _date(last, today)
    if begin is None and end is None:
        raise InvalidRange(ADVICE)
    found = Years(begin, end)
    from_day, to_day = found.bounds()
    if from_day > to_day:
        raise InvalidRange(
            gettext("The earlier date comes first: %(strip)s to %(strip2)s.")
            % {"strip": last.strip(), "strip2": first.strip()}
        )
    return found


def decades(*, today: date) -> Iterator[Years]:
    """The ranges offered: what came before, then decade after decade."""
    before = PartialDate.parse(str(FIRST_DECADE - 1), today=today)
    yield Years(None, before)
    for year in range(FIRST_DECADE, today.year + 10, 10):
        decade = PartialDate.parse(f"{year}s", today=today)
        yield Years(decade, decade)


def _date(typed: str, today: date) -> PartialDate | None:
    if not typed.strip():
        return None
    try:
        found = PartialDate.parse(typed, today=today)
    except InvalidPartialDate as refusal:
        raise InvalidRange(str(refusal)) from refusal
    if found.qualifier is not Qualifier.EXACT or found.precision is Precision.SEASON:
        raise InvalidRange(ADVICE)
    return found


def _plain(moment: PartialDate | None) -> str:
    if moment is None:
        return ""
    if moment.precision is Precision.DECADE:
        return f"{moment.nominal.year}s"
    return moment.text

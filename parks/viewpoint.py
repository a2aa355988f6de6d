"""The day a page is looked at for, and the day whose knowledge is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.partial_dates import (
    ONE_DAY,
    InvalidPartialDate,
    PartialDate,
    Precision,
    Qualifier,
)
from core.past import AS_OF, KNOWN_AT
from core.wording import date_words

LONGEST_DATE = 40
EXAMPLES = _("1990-07-04, 1990-07 or 1990")


class NoSuchDay(ValueError):
    """The address asks for a day that cannot be shown; the message says which."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """`as_of`: what existed then. `known_at`: what the wiki said at that day's end."""

    as_of: PartialDate | None = None
    known_at: PartialDate | None = None
    last_known_day: date | None = None

    @property
    def is_today(self) -> bool:
        return self.as_of is None and self.known_at is None

    @property
    def moment(self) -> datetime:
        """The end of the day whose knowledge is asked, in UTC."""
        if self.last_known_day is None:
            raise TypeError("This viewpoint asks for today's knowledge.")
        return datetime.combine(self.last_known_day + ONE_DAY, time.min, UTC)

    @property
    def query(self) -> str:
        """The same viewpoint as the query of an address, empty for today."""
        asked = {AS_OF: self.as_of, KNOWN_AT: self.known_at}
        given = {name: str(day) for name, day in asked.items() if day is not None}
        return f"?{urlencode(given)}" if given else ""


TODAY = Viewpoint()


@dataclass(frozen=True, slots=True)
class Travel:
    """What the form for other days shows: a viewpoint, or what was wrong with one."""

    view: Viewpoint = TODAY
    problem: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_of_text(self) -> str:
        return self.typed.get(AS_OF, str(self.view.as_of or ""))

    @property
    def known_at_text(self) -> str:
        return self.typed.get(KNOWN_AT, str(self.view.known_at or ""))

    @property
    def query(self) -> str:
        return self.view.query

    @property
    def words(self) -> str:
        """The viewpoint in words: "As it was in 1990"."""
        as_of, known_at = self.view.as_of, self.view.known_at
        parts = (
            [gettext("As it was %(when)s") % {"when": _when(as_of)}]
            if as_of is not None
            else []
        )
        if known_at is not None:
            words = (
                gettext("as the wiki knew it")
                if parts
                else gettext("As the wiki knew it")
            )
            parts.append(f"{words} {_when(known_at)}")
        return ", ".join(parts)


def viewpoint_of(query: Mapping[str, str], *, today: date) -> Viewpoint:
    """The viewpoint an address asks for. Raises NoSuchDay.

    One of the two may be empty, as a form leaves it, but not both.
    """
    texts = {name: query.get(name, "").strip() for name in (AS_OF, KNOWN_AT)}
    if not any(texts.values()):
        raise NoSuchDay(
            gettext("Give a date, such as %(examples)s.") % {"examples": EXAMPLES}
        )
    as_of = _day(texts[AS_OF], gettext("What existed on"), today)
    known_at = _day(texts[KNOWN_AT], gettext("What was known on"), today)
    if known_at is None:
        return Viewpoint(as_of)
    first, last = known_at.lower, known_at.upper
    if first is None or last is None or first > today:
        raise NoSuchDay(gettext("What was known on: that day is still to come."))
    return Viewpoint(as_of, known_at, min(last, today))


def _day(text: str, label: str, today: date) -> PartialDate | None:
    if not text:
        return None
    try:
        day = PartialDate.parse(text[: LONGEST_DATE + 1], today=today)
    except InvalidPartialDate as refusal:
        raise NoSuchDay(f"{label}: {refusal}") from refusal
    plain = (Precision.DAY, Precision.MONTH, Precision.YEAR)
    if day.precision not in plain or day.qualifier is not Qualifier.EXACT:
        raise NoSuchDay(
            gettext("%(label)s: write a day, a month or a year, like %(examples)s.")
            % {"label": label, "examples": EXAMPLES}
        )
    return day


def _when(day: PartialDate) -> str:
    is_day = day.precision is Precision.DAY
    words = gettext("on %(day)s") if is_day else gettext("in %(month_or_year)s")
    return words % {"day": date_words(day), "month_or_year": date_words(day)}

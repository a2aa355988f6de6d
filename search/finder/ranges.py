"""Ranges of figures, written with their unit: "60..90m", "200..ft", "..1500m", "3".

An address names the unit, so that a link means the same to whoever follows it. Both
ends belong to the range. Needs no database.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from core.measures import NO_BREAK_SPACE, System, Unit
from core.wording import number_words

MOST_DIGITS = 6
SI_STEP = Decimal("0.001")
EN_DASH = "–"
GAP = ".."
LONGEST_RANGE = 40

# The system of whoever reads, where the text names its unit or knows none.
_ANY = System.METRIC
_NUMBER = re.compile(r"(\d+(?:\.\d{1,3})?)(.*)", re.ASCII | re.DOTALL)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)", re.ASCII)
_MINUTES = re.compile(r"(\d{1,2}):([0-5]\d)", re.ASCII)


class InvalidRange(ValueError):
    """The text is no range; the message says beside the field what to write."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit that ranges are given in, and the ranges offered in it.

    `suffix` stands in addresses, `symbol` on pages; `size` is in units of the column.
    Scales without a `system` are for every reader.
    """

    suffix: str
    symbol: str
    offers: tuple[str, ...]
    size: Decimal = Decimal(1)
    system: System | None = None
    spellings: tuple[str, ...] = ()

    def reads(self, unit: str) -> bool:
        return unit in (self.suffix, self.symbol, *self.spellings)


def scale_of(unit: Unit, offers: str, *, per: Unit, suffix: str = "") -> Scale:
    """The scale of a unit of measure over a column kept in units `per`."""
    return Scale(
        suffix=suffix or unit.symbol,
        symbol=unit.symbol,
        offers=tuple(offers.split()),
        size=unit.size / per.size,
        system=unit.system,
    )


@dataclass(frozen=True, slots=True)
class Span:
    """A range of figures; an end of None is open, but never both."""

    low: Decimal | None
    high: Decimal | None
    scale: Scale

    @property
    def text(self) -> str:
        """As an address writes it, which `read_span` reads back to the same range."""
        if self.low == self.high:
            return f"{_plain(self.low)}{self.scale.suffix}"
        return f"{_plain(self.low)}{GAP}{_plain(self.high)}{self.scale.suffix}"

    @property
    def words(self) -> str:
        """For readers: "60–90 m", "from 200 ft", "up to 1,500 m"."""
        unit = f"{NO_BREAK_SPACE}{self.scale.symbol}".rstrip()
        if self.scale.symbol == "°":
            unit = "°"
        low, high = _grouped(self.low), _grouped(self.high)
        if self.low is None:
            return _("up to %(high)s%(unit)s") % {"high": high, "unit": unit}
        if self.high is None:
            return _("from %(low)s%(unit)s") % {"low": low, "unit": unit}
        return f"{low}{unit}" if low == high else f"{low}{EN_DASH}{high}{unit}"

    def bounds(self) -> tuple[float, float]:
        """Both ends in units of the column, to the thousandth as columns are kept."""
        low = -float("inf") if self.low is None else self._in_column(self.low)
        high = float("inf") if self.high is None else self._in_column(self.high)
        return low, high

    def _in_column(self, number: Decimal) -> float:
        return float((number * self.scale.size).quantize(SI_STEP, ROUND_HALF_UP))


def read_span(text: str, scales: Sequence[Scale], system: System) -> Span:
    """The range an address asks for. Raises InvalidRange.

    Without a unit the first scale of the reader's system is meant.
    """
    if len(text) > LONGEST_RANGE:
        raise InvalidRange(_advice(scales))
    low, gap, high = text.partition(GAP)
    return span_between(low, high if gap else low, scales, system)


def span_between(
    low: str, high: str, scales: Sequence[Scale], system: System, unit: str = ""
) -> Span:
    """The range between two texts, either of which may be empty. Raises InvalidRange.

    A unit may stand behind each number; `unit` is meant where there is none.
    """
    first, first_unit = _number(low, scales)
    last, last_unit = _number(high, scales)
    if first is None and last is None:
        raise InvalidRange(_advice(scales))
    named = [name for name in (first_unit, last_unit) if name]
    found = {_scale_named(name, scales) for name in named}
    if len(found) > 1:
        raise InvalidRange(_("Use one unit for both ends."))
    scale = found.pop() if found else _default(unit, scales, system)
    if first is not None and last is not None and first > last:
        raise InvalidRange(
            _("The smaller number comes first: %(plain)s to %(plain2)s.")
            % {"plain": _plain(last), "plain2": _plain(first)}
        )
    return Span(first, last, scale)


def offered_in(scale: Scale) -> list[Span]:
    """The ranges offered in a unit, whatever units a reader prefers."""
    return [read_span(f"{text}{scale.suffix}", (scale,), _ANY) for text in scale.offers]


def scale_for(scales: Sequence[Scale], system: System) -> Scale:
    """The scale of a reader's units."""
    return next(s for s in scales if s.system in (None, system))


def _default(unit: str, scales: Sequence[Scale], system: System) -> Scale:
    return _scale_named(unit, scales) if unit else scale_for(scales, system)


def _scale_named(unit: str, scales: Sequence[Scale]) -> Scale:
    for scale in scales:
        if scale.reads(unit):
            return scale
    raise InvalidRange(_advice(scales))


def _number(typed: str, scales: Sequence[Scale]) -> tuple[Decimal | None, str]:
    """The number and the unit behind it, each perhaps missing."""
    text = " ".join(typed.split()).lower()
    if not text:
        return None, ""
    if any(scale.suffix == "s" for scale in scales) and (
        minutes := _MINUTES.fullmatch(text)
    ):
        return Decimal(int(minutes[1]) * 60 + int(minutes[2])), ""
    text = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), text)
    if any(scale.reads(text) for scale in scales):
        return None, text  # "200..ft"
    found = _NUMBER.fullmatch(text)
    if found is None or len(found[1].partition(".")[0]) > MOST_DIGITS:
        raise InvalidRange(_advice(scales))
    return Decimal(found[1]), found[2].strip()


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _grouped(number: Decimal | None) -> str:
    return "" if number is None else number_words(number)


def _advice(scales: Sequence[Scale]) -> str:
    symbols = [scale.symbol for scale in scales if scale.symbol]
    most = _("with at most %(most_digits)s digits") % {"most_digits": MOST_DIGITS}
    if not symbols:
        return _("Write plain numbers %(most)s, such as 3.") % {"most": most}
    return _("Write plain numbers %(most)s, in %(join)s.") % {
        "most": most,
        "join": get_text_list(symbols, _("or")),
    }

"""Lengths and speeds in the unit of the source: "310 ft" stays "310 ft".

The text is the fact; the metric number beside it is only for sorting and limits.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, StrEnum
from functools import lru_cache

from django.utils.translation import gettext

MAX_LENGTH = 24
MAX_DIGITS = 10
MAX_DECIMALS = 3
SI_STEP = Decimal("0.001")
# What a DecimalField of 13 digits, 3 of them decimals, can hold.
LARGEST_SI = Decimal("9999999999.999")
NO_BREAK_SPACE = "\u00a0"
MINUS_SIGN = "\u2212"

# Exact by the international yard and pound agreement of 1959 (NIST SP 811, B.6).
METRES_PER_FOOT = Decimal("0.3048")
METRES_PER_INCH = Decimal("0.0254")
METRES_PER_MILE = Decimal("1609.344")
# One metre per second is 3,600 metres in an hour.
KMH_PER_MS = Decimal("3.6")


class InvalidMeasure(ValueError):
    """The text is not a measure we keep; the message tells the editor what to write."""


class Dimension(StrEnum):
    """What is measured; lengths are compared in metres, speeds in km/h."""

    LENGTH = "length"
    SPEED = "speed"


class System(StrEnum):
    """The units a reader prefers."""

    METRIC = "metric"
    IMPERIAL = "imperial"


class Unit(Enum):
    """A unit: symbol, dimension, system, and its size in metres or km/h."""

    METRE = ("m", Dimension.LENGTH, System.METRIC, Decimal(1))
    CENTIMETRE = ("cm", Dimension.LENGTH, System.METRIC, Decimal("0.01"))
    KILOMETRE = ("km", Dimension.LENGTH, System.METRIC, Decimal(1000))
    FOOT = ("ft", Dimension.LENGTH, System.IMPERIAL, METRES_PER_FOOT)
    INCH = ("in", Dimension.LENGTH, System.IMPERIAL, METRES_PER_INCH)
    MILE = ("mi", Dimension.LENGTH, System.IMPERIAL, METRES_PER_MILE)
    KMH = ("km/h", Dimension.SPEED, System.METRIC, Decimal(1))
    MS = ("m/s", Dimension.SPEED, System.METRIC, KMH_PER_MS)
    MPH = ("mph", Dimension.SPEED, System.IMPERIAL, METRES_PER_MILE / 1000)

    def __init__(
        self, symbol: str, dimension: Dimension, system: System, size: Decimal
    ) -> None:
        self.symbol = symbol
        self.dimension = dimension
        self.system = system
        self.size = size


# The unit `Measure.si` is in, and in which limits are given.
SI_UNIT = {Dimension.LENGTH: Unit.METRE, Dimension.SPEED: Unit.KMH}

_SPELLINGS = {
    **{unit.symbol: unit for unit in Unit},
    **dict.fromkeys(("metre", "metres", "meter", "meters"), Unit.METRE),
    **dict.fromkeys(("centimetre", "centimetres"), Unit.CENTIMETRE),
    **dict.fromkeys(("centimeter", "centimeters"), Unit.CENTIMETRE),
    **dict.fromkeys(("kilometre", "kilometres"), Unit.KILOMETRE),
    **dict.fromkeys(("kilometer", "kilometers"), Unit.KILOMETRE),
    **dict.fromkeys(("ft.", "foot", "feet"), Unit.FOOT),
    **dict.fromkeys(("in.", "inch", "inches"), Unit.INCH),
    **dict.fromkeys(("mile", "miles"), Unit.MILE),
    **dict.fromkeys(("kmh", "kph", "kmph"), Unit.KMH),
    "mi/h": Unit.MPH,
}

# Where a reader of the other system is taken: unit, decimals more (or fewer) than
# the source has, and the least decimals. A tenth of a metre is about a third of a
# foot, so metres get one decimal more than feet.
_COUNTERPARTS = {
    Unit.FOOT: (Unit.METRE, 1, 0),
    Unit.METRE: (Unit.FOOT, -1, 0),
    Unit.INCH: (Unit.CENTIMETRE, 0, 0),
    Unit.CENTIMETRE: (Unit.INCH, 0, 0),
    Unit.MILE: (Unit.KILOMETRE, 0, 1),
    Unit.KILOMETRE: (Unit.MILE, 0, 1),
    Unit.MPH: (Unit.KMH, 0, 0),
    Unit.KMH: (Unit.MPH, 0, 0),
    Unit.MS: (Unit.MPH, 0, 0),
}

_NUMBER_AND_UNIT = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?) ?(?P<unit>[a-z/]*\.?)",
    re.ASCII,
)
_DECIMAL_COMMA = re.compile(r"(?P<whole>\d+),(?P<part>\d+) ?[a-z/.]*", re.ASCII)
_TWO_UNITS = re.compile(
    r"\d+ ?(?:'|\u2019|\u2032|ft|feet|foot) ?\d+(?:\.\d+)? ?"
    r"(?:\"|\u201d|\u2033|''|in|inch|inches)?\.?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and the unit it was given in, kept to the digit.

    "70.0 ft" equals "70 ft" as a quantity but keeps its own text. Raises
    InvalidMeasure for a value that is negative or not finite; `parse` also refuses
    more than 10 digits or 3 decimals.
    """

    value: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        if not self.value.is_finite():
            raise InvalidMeasure(gettext("Write a plain number, such as 94.5 m."))
        if self.value.is_signed():
            raise InvalidMeasure(gettext("A measure cannot be negative."))

    @classmethod
    def parse(cls, text: str, dimension: Dimension) -> "Measure":
        """Read "310 ft", "2,693 ft" or "150km/h".

        Raises InvalidMeasure with a sentence for the editor.
        """
        return _parse(text, Dimension(dimension))

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit.symbol}"

    @property
    def si(self) -> Decimal:
        """Metres to the millimetre, or km/h to a thousandth; halves round up."""
        return (self.value * self.unit.size).quantize(SI_STEP, ROUND_HALF_UP)

    @property
    def decimals(self) -> int:
        """How many decimals the source gave."""
        return max(0, -int(self.value.as_tuple().exponent))

    def in_system(self, system: System | str) -> "Measure":
        """For a reader of `system`: verbatim when the source used it, else rounded."""
        if self.unit.system is System(system):
            return self
        unit, more, least = _COUNTERPARTS[self.unit]
        return self.in_unit(unit, max(least, self.decimals + more))

    def in_unit(self, unit: Unit, decimals: int) -> "Measure":
        """Converted and rounded to at least `decimals`; something never becomes 0."""
        exact = self.value * self.unit.size / unit.size
        for places in range(min(decimals, MAX_DECIMALS), MAX_DECIMALS + 1):
            rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            if rounded or not exact:
                break
        return Measure(rounded, unit)

    def display(self, system: System | str | None = None) -> str:
        """The text for a page, such as "2,693 ft", with a space that does not break."""
        shown = self if system is None else self.in_system(system)
        return f"{shown.value:,f}{NO_BREAK_SPACE}{shown.unit.symbol}"


def parse_measure(text: str, dimension: Dimension) -> Measure | None:
    """As Measure.parse, but blank text is an unknown measure: None."""
    return Measure.parse(text, dimension) if text.strip() else None


@lru_cache(maxsize=8192)
def _parse(text: str, dimension: Dimension) -> Measure:
    typed = _tidy(text, dimension)
    found = _NUMBER_AND_UNIT.fullmatch(typed)
    if found is None:
        raise InvalidMeasure(_refusal(typed, dimension))
    value = Decimal(found["number"].replace(",", ""))
    unit = _SPELLINGS.get(found["unit"])
    if unit is None or unit.dimension is not dimension:
        raise InvalidMeasure(
            gettext("Give the %(dimension)s with its unit: %(examples)s.")
            % {"dimension": dimension, "examples": _examples(dimension)}
        )
    _check_digits(value)
    measure = Measure(value, unit)
    if measure.si > LARGEST_SI:
        raise InvalidMeasure(
            gettext("%(measure)s is larger than anything we can keep.")
            % {"measure": measure}
        )
    return measure


def _tidy(text: str, dimension: Dimension) -> str:
    """Lower case with single plain spaces; refuses what no measure contains."""
    if len(text) > 2 * MAX_LENGTH:
        raise InvalidMeasure(
            gettext("That is too long. Write %(examples)s.")
            % {"examples": _examples(dimension)}
        )
    if any(char.isnumeric() and not char.isascii() for char in text):
        raise InvalidMeasure(gettext("Write the number with the digits 0 to 9."))
    # str.split also splits at no-break and narrow spaces pasted from other sites.
    return " ".join(text.split()).lower()


def _check_digits(value: Decimal) -> None:
    _, digits, exponent = value.as_tuple()
    decimals = max(0, -int(exponent))
    if max(len(digits) + max(0, int(exponent)), decimals) > MAX_DIGITS:
        raise InvalidMeasure(
            gettext("A measure has at most %(max_digits)s digits.")
            % {"max_digits": MAX_DIGITS}
        )
    if decimals > MAX_DECIMALS:
        raise InvalidMeasure(
            gettext("A measure has at most %(max_decimals)s decimals.")
            % {"max_decimals": MAX_DECIMALS}
        )


def _examples(dimension: Dimension) -> str:
    if dimension is Dimension.SPEED:
        return gettext("93 mph, 150 km/h or 41.7 m/s")
    return gettext("310 ft, 94.5 m, 122 cm, 48 in, 1.2 km or 0.9 mi")


def _refusal(typed: str, dimension: Dimension) -> str:
    if typed.startswith(("-", MINUS_SIGN)):
        return gettext("A measure cannot be negative.")
    if _TWO_UNITS.fullmatch(typed):
        return gettext(
            "Use one unit, as your source gives it: 74 in rather than 6 ft 2 in."
        )
    if comma := _DECIMAL_COMMA.fullmatch(typed):
        return gettext(
            "Use a point for decimals and a comma only between thousands: "
            "%(comma)s.%(comma2)s, not %(comma)s,%(comma2)s."
        ) % {"comma": comma["whole"], "comma2": comma["part"]}
    return gettext("This is not a %(dimension)s we can keep. Write %(examples)s.") % {
        "dimension": dimension,
        "examples": _examples(dimension),
    }

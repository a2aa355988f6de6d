"""Rides in memory, column by column, to count all facets in milliseconds.

An object holds what was read at one moment and never changes. Each ride has a place;
each value of a facet is a set of places (bits.py), each figure a sorted column.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import (
    Callable,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from itertools import compress
from math import inf, isnan
from typing import Any

from search.finder.bits import as_bits, bits_of, flags_of, from_flags
from search.finder.facets import DateFacet, Facet
from search.finder.filling import NO_DAY, Filling
from search.finder.offered import FACETS
from search.finder.years import DAWN, DUSK

# Readers may ask for any range there is; so many are remembered.
MOST_RANGES = 1000
STEPS, MOST_IN_STEP = 32, 256
# Of a smaller share of all rides the order is found by sorting them.
FEW = 1 / 8
RANKED = {
    "tallest": "height_m",
    "fastest": "speed_kmh",
    "longest": "length_m",
    "inversions": "inversions",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all it names looked up: what columns can answer.

    `codes` are values by facet, None for what is not recorded; `bounds` are ranges.
    """

    words: tuple[str, ...] = ()
    codes: Mapping[str, frozenset[Hashable]] = field(default_factory=dict)
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    certain: bool = False

    def facets(self) -> list[str]:
        return list(dict.fromkeys([*self.codes, *self.bounds]))


class SortedColumn:
    """The known values of a column in their order, with sets of all up to each step.

    A range then costs no more than the values of one step at either end.
    """

    def __init__(self, column: Sequence[float], known: list[int]) -> None:
        self._size = len(column)
        known.sort(key=column.__getitem__)
        self._places = array("I", known)
        self._values = array("d", map(column.__getitem__, known))
        self._step = max(MOST_IN_STEP, len(known) // STEPS + 1)
        flags = bytearray(self._size)
        self._up_to = [0]
        for start in range(0, len(known), self._step):
            for place in known[start : start + self._step]:
                flags[place] = 1
            self._up_to.append(from_flags(flags))

    def between(self, low: float, high: float) -> int:
        """The places of values from `low` to `high`, both included."""
        first, last = bisect_left(self._values, low), bisect_right(self._values, high)
        return self._first(last) & ~self._first(first) if last > first else 0

    def _first(self, number: int) -> int:
        steps = number // self._step
        rest = self._places[steps * self._step : number]
        return self._up_to[steps] | bits_of(rest, self._size)


class Columns:
    """What was read of some rides at one moment."""

    def __init__(self, rows: Iterable[tuple[Any, ...]] = ()) -> None:
        filling = Filling(rows)
        self.keys, self._names = filling.keys, filling.names
        self._figures, self._days = filling.figures, filling.days
        self.values = filling.values()
        self.size = len(self.keys)
        self.everything = (1 << self.size) - 1
        self._sorted: dict[str, SortedColumn] = {}
        self._ranges: dict[tuple[Any, ...], int] = {}
        self._orders: dict[str, list[int]] = {}
        self._positions: dict[str, array[int]] = {}

    def places_of(self, keys: Iterable[int]) -> int:
        """The places of the rides with these keys that are here."""
        return self._bits(place for key in keys for place in self._place_of(key))

    def flags(self, bits: int) -> bytes:
        return flags_of(bits, self.size)

    def places(self, bits: int) -> list[int]:
        return list(compress(range(self.size), self.flags(bits)))

    def matching(self, asked: Asked) -> dict[str, int]:
        """For each part of a question the rides that pass it; "" is for the words."""
        found = {key: self._passing(FACETS[key], asked) for key in asked.facets()}
        if asked.words:
            found[""] = self._named(asked.words)
        return found

    def certain(self, asked: Asked) -> int:
        """The rides whose dates certainly lie in the ranges asked for."""
        found = self.everything
        for key, (low, high) in asked.bounds.items():
            facet = FACETS[key]
            if isinstance(facet, DateFacet):
                inside = self.in_range(facet, low, high, certain=True)
                found &= inside | self._with_codes(facet, asked)
        return found

    def in_range(
        self, facet: Facet, low: float, high: float, *, certain: bool = False
    ) -> int:
        """The rides in a range, which for dates means possibly unless `certain`."""
        wanted = (facet.key, low, high, certain)
        if wanted not in self._ranges:
            if len(self._ranges) >= MOST_RANGES:
                self._ranges.clear()
            self._ranges[wanted] = self._in_range(facet, low, high, certain)
        return self._ranges[wanted]

    def unknown(self, facet: Facet) -> int:
        """The rides of which the fact is not recorded though it should be."""
        if facet.key in self.values:
            return as_bits(self.values[facet.key].get(None, 0), self.size)
        if not isinstance(facet, DateFacet):
            return self.everything & ~self.in_range(facet, -inf, inf)
        blank = self.everything & ~self.in_range(facet, DAWN, DUSK)
        if facet.of_statuses:
            blank &= self.with_any("status", facet.of_statuses)
        return blank

    def with_any(self, key: str, codes: Iterable[Hashable]) -> int:
        """The rides that have any of these values of a facet."""
        found = 0
        for code in codes:
            found |= as_bits(self.values[key].get(code, 0), self.size)
        return found

    def ordered(self, sort: str, bits: int) -> Iterator[int]:
        """The places of a set in the order of a sort."""
        order = self._order(sort)
        if bits.bit_count() < self.size * FEW:
            ranks = self._ranks(sort)
            return iter(sorted(self.places(bits), key=ranks.__getitem__))
        return compress(order, map(self.flags(bits).__getitem__, order))

    def sort_key(self, sort: str, place: int) -> tuple[Any, ...]:
        """What a place is sorted by, to be compared with places of other columns."""
        rank = self._rank(sort)(place) if sort else 0
        return (rank, *self._name_key(place))

    def _passing(self, facet: Facet, asked: Asked) -> int:
        found = self._with_codes(facet, asked)
        if facet.key in asked.bounds:
            low, high = asked.bounds[facet.key]
            found |= self.in_range(facet, low, high, certain=asked.certain)
        return found

    def _with_codes(self, facet: Facet, asked: Asked) -> int:
        codes = asked.codes.get(facet.key, frozenset())
        found = self.unknown(facet) if None in codes else 0
        return found | self.with_any(facet.key, codes - {None})

    def _in_range(self, facet: Facet, low: float, high: float, certain: bool) -> int:
        if not isinstance(facet, DateFacet):
            return self._by_size(facet.column).between(low, high)
        lower = self._by_size(f"{facet.column}_lower")
        upper = self._by_size(f"{facet.column}_upper")
        if certain:
            return lower.between(low, inf) & upper.between(-inf, high)
        return upper.between(low, inf) & lower.between(-inf, high)

    def _by_size(self, name: str) -> SortedColumn:
        if name not in self._sorted:
            self._sorted[name] = self._sort(name)
        return self._sorted[name]

    def _sort(self, name: str) -> SortedColumn:
        if name in self._days:
            days = self._days[name]
            known = [place for place, day in enumerate(days) if day != NO_DAY]
            return SortedColumn(days, known)
        figures = self._figures[name]
        known = [place for place, figure in enumerate(figures) if not isnan(figure)]
        return SortedColumn(figures, known)

    def _bits(self, places: Iterable[int]) -> int:
        return bits_of(places, self.size)

    def _place_of(self, key: int) -> Iterable[int]:
        place = bisect_left(self.keys, key)
        return (place,) if place < self.size and self.keys[place] == key else ()

    def _named(self, words: tuple[str, ...]) -> int:
        names = self._names
        places: Iterable[int] = range(self.size)
        for word in words:
            places = [place for place in places if word in names[place]]
        return self._bits(places)

    def _order(self, sort: str) -> list[int]:
        if sort not in self._orders:
            self._orders[sort] = (
                sorted(self._order(""), key=self._rank(sort))
                if sort
                else sorted(range(self.size), key=self._name_key)
            )
        return self._orders[sort]

    def _ranks(self, sort: str) -> "array[int]":
        """At which position of an order each place comes."""
        if sort not in self._positions:
            self._positions[sort] = positions = array("I", bytes(4 * self.size))
            for position, place in enumerate(self._order(sort)):
                positions[place] = position
        return self._positions[sort]

    def _name_key(self, place: int) -> tuple[str, int]:
        return (self._names[place].partition("\n")[0], self.keys[place])

    def _rank(self, sort: str) -> Callable[[int], float]:
        """How early a place comes; what is unknown comes last."""
        if sort in ("newest", "oldest"):
            lower, upper = self._days["opened_lower"], self._days["opened_upper"]
            sign = -1 if sort == "newest" else 1
            return lambda place: _day_rank(lower[place], upper[place], sign)
        column = self._figures[RANKED[sort]]
        return lambda place: inf if isnan(column[place]) else -column[place]


def _day_rank(lower: int, upper: int, sign: int) -> float:
    """By its first possible day; "before 1907" has none and goes by its last."""
    if lower == NO_DAY:
        return inf
    return sign * (upper if lower == DAWN else lower)

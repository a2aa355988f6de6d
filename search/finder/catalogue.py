"""The rides this process keeps in memory, and how they stay in step with the database.

What was read first is the stock; rides that changed since are a supplement, and hidden
in the stock. Both are immutable, so requests share them without locks. Whether anything
changed is one small query at each request (models.FinderChange).
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from threading import Lock
from typing import Any

from django.db.models import Count, Q, Sum

from parks.gathering import PublicPages
from search.finder.bits import count_in
from search.finder.columns import Asked, Columns
from search.finder.filling import read_rows
from search.finder.models import FinderChange, RideFacts

# A larger supplement is read again too often; then everything is read once.
LARGEST_SUPPLEMENT = 1000

Counts = dict[Hashable, int]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some rides in memory, and which of them are still as they were read."""

    columns: Columns
    current: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All public rides as they were at one moment."""

    stock: Columns
    supplement: Columns
    state: tuple[int, int] = (0, 0)
    seen: frozenset[int] = frozenset()
    rides: frozenset[int] = frozenset()
    parks: frozenset[int] = frozenset()
    hidden: int = 0

    def shelves(self) -> Iterator[Shelf]:
        yield Shelf(self.stock, self.stock.everything & ~self.hidden)
        if self.supplement.size:
            yield Shelf(self.supplement, self.supplement.everything)

    def with_others(
        self, *, rides: frozenset[int], parks: frozenset[int], public: PublicPages
    ) -> "Catalogue":
        """Another one, in which these rides, and all of these parks, are read again."""
        rides, parks = self.rides | rides, self.parks | parks
        again = RideFacts.objects.filter(Q(pk__in=rides) | Q(park__in=parks))
        return replace(
            self,
            supplement=Columns(read_rows(again, public)),
            rides=rides,
            parks=parks,
            hidden=_hidden(self.stock, rides, parks),
        )

    def find(self, asked: Asked) -> "Found":
        """The rides for which everything asked holds."""
        return Found([_matches(shelf, asked) for shelf in self.shelves()])


@dataclass(slots=True)
class Matches:
    """What one shelf has: who passes everything, and who passes all but one facet."""

    columns: Columns
    passing: int
    but_for: dict[str, int]
    doubtful: int
    _flags: dict[int, bytes] = field(default_factory=dict)

    def at_large(self, key: str) -> tuple[int, bytes]:
        """The rides that a facet's counts are about: its own choices left aside."""
        bits = self.but_for.get(key, self.passing)
        if bits not in self._flags:
            self._flags[bits] = self.columns.flags(bits)
        return bits, self._flags[bits]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer, shelf by shelf."""

    matches: list[Matches]

    @property
    def total(self) -> int:
        return sum(match.passing.bit_count() for match in self.matches)

    @property
    def doubtful(self) -> int:
        """How many of them match only if their vague dates lie right."""
        return sum(match.doubtful.bit_count() for match in self.matches)

    def keys(self, sort: str, start: int = 0, stop: int | None = None) -> list[int]:
        """Some of them in the order of a sort, by their primary keys."""
        stock, *supplements = self.matches
        if supplements and supplements[0].passing:
            return _merged(sort, stock, supplements[0])[start:stop]
        places = stock.columns.ordered(sort, stock.passing)
        return [stock.columns.keys[place] for place in islice(places, start, stop)]

    def doubtful_keys(self) -> set[int]:
        return {
            match.columns.keys[place]
            for match in self.matches
            for place in match.columns.places(match.doubtful)
        }

    def counts(self, key: str, *, own: bool = False) -> Counts:
        """Rides by the values of a facet, those chosen and those not.

        With `own` only the rides found are counted.
        """
        found: Counts = {}
        for match in self.matches:
            bits, flags = match.at_large("" if own else key)
            for code, members in match.columns.values[key].items():
                if number := count_in(members, bits, flags):
                    found[code] = found.get(code, 0) + number
        return found

    def count_unknown(self, facet: Any) -> int:
        return sum(
            (match.columns.unknown(facet) & match.at_large(facet.key)[0]).bit_count()
            for match in self.matches
        )

    def count_range(
        self, facet: Any, bounds: tuple[float, float], *, certain: bool
    ) -> int:
        """How many there would be with this range chosen."""
        low, high = bounds
        return sum(
            (
                match.columns.in_range(facet, low, high, certain=certain)
                & match.at_large(facet.key)[0]
            ).bit_count()
            for match in self.matches
        )


def _matches(shelf: Shelf, asked: Asked) -> Matches:
    parts = shelf.columns.matching(asked)
    passing = shelf.current
    for bits in parts.values():
        passing &= bits
    but_for = {}
    for key in asked.facets():
        others = shelf.current
        for other, bits in parts.items():
            if other != key:
                others &= bits
        but_for[key] = others
    doubtful = 0
    if asked.bounds and not asked.certain:
        doubtful = passing & ~shelf.columns.certain(asked)
    return Matches(shelf.columns, passing, but_for, doubtful)


def _merged(sort: str, stock: Matches, supplement: Matches) -> list[int]:
    """The keys of both in one order.

    The supplement has few rides, so each is put in its place among the stock.
    """
    base, other = stock.columns, supplement.columns
    places = list(base.ordered(sort, stock.passing))
    merged = [base.keys[place] for place in places]
    sort_key = partial(base.sort_key, sort)
    # From the last to the first, so that places further up stay what they are.
    for place in reversed(list(other.ordered(sort, supplement.passing))):
        at = bisect_left(places, other.sort_key(sort, place), key=sort_key)
        merged.insert(at, other.keys[place])
    return merged


class Keeper:
    """Holds the catalogue of this process and renews it when something has changed."""

    def __init__(self) -> None:
        self._catalogue: Catalogue | None = None
        self._renewing = Lock()

    def current(self, public: PublicPages) -> Catalogue:
        """The catalogue as the database stands now."""
        state = _state()
        known = self._catalogue
        if known is None or known.state != state:
            with self._renewing:
                known = self._catalogue
                if known is None or known.state != state:
                    self._catalogue = known = _renewed(known, state, public)
        return known


keeper = Keeper()


def _state() -> tuple[int, int]:
    found = FinderChange.objects.aggregate(number=Count("pk"), tokens=Sum("token"))
    return found["number"], int(found["tokens"] or 0)


def _renewed(
    known: Catalogue | None, state: tuple[int, int], public: PublicPages
) -> Catalogue:
    # Read before the rides: what is noted later will be read again, which is harmless.
    changes = list(FinderChange.objects.values_list("token", "ride_id", "park_id"))
    seen = frozenset(token for token, _, _ in changes)
    if known is None or not known.seen <= seen:
        return _read_everything(state, seen, public)
    new = [change for change in changes if change[0] not in known.seen]
    if any(ride is None and park is None for _, ride, park in new):
        return _read_everything(state, seen, public)
    renewed = known.with_others(
        rides=frozenset(ride for _, ride, _ in new if ride is not None),
        parks=frozenset(park for _, _, park in new if park is not None),
        public=public,
    )
    if renewed.supplement.size > LARGEST_SUPPLEMENT:
        return _read_everything(state, seen, public)
    return replace(renewed, state=state, seen=seen)


def _read_everything(
    state: tuple[int, int], seen: frozenset[int], public: PublicPages
) -> Catalogue:
    stock = Columns(read_rows(RideFacts.objects.all(), public))
    return Catalogue(stock, Columns(), state, seen)


def _hidden(stock: Columns, rides: frozenset[int], parks: frozenset[int]) -> int:
    """What the stock holds of rides that were read again."""
    return stock.places_of(rides) | stock.with_any("park", parks)

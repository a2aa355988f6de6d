"""Reading rides into columns, row by row, so that no process ever holds all rows."""

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from math import nan
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce

from parks.countries import NOT_KNOWN
from parks.gathering import PublicPages
from search.finder.bits import Members, members_of
from search.finder.facets import DateFacet, FigureFacet, ListFacet, NamedFacet
from search.finder.offered import FACETS
from search.finder.years import DAWN, DUSK

AT_ONCE = 2000
NO_DAY = 0

VALUED = [f for f in FACETS.values() if isinstance(f, ListFacet | NamedFacet)]
MEASURED = [f for f in FACETS.values() if isinstance(f, FigureFacet)]
DATED = [f for f in FACETS.values() if isinstance(f, DateFacet)]
DAYS = [f"{f.column}_{end}" for f in DATED for end in ("lower", "upper")]
FACT_COLUMNS = [facet.column for facet in (*VALUED, *MEASURED)]
COLUMNS = tuple(dict.fromkeys(["ride_id", "names", *FACT_COLUMNS, *DAYS]))


def read_rows(facts: Any, public: PublicPages) -> Iterator[tuple[Any, ...]]:
    """The columns of facts whose rides are public, by the keys of the rides."""
    country = Coalesce("park__country", "operator__country", Value(NOT_KNOWN))
    rows = public.through(facts, "ride").annotate(country=country).order_by("ride_id")
    return iter(rows.values_list(*COLUMNS).iterator(chunk_size=AT_ONCE))


class Filling:
    """What rows are made of: keys, names, figures, days, and places by value."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self.keys = array("q")
        self.names: list[str] = []
        self.figures = {facet.column: array("d") for facet in MEASURED}
        self.days = {name: array("i") for name in DAYS}
        self._places: dict[str, dict[Hashable, array[int]]] = {
            facet.key: defaultdict(lambda: array("I")) for facet in VALUED
        }
        for row in rows:
            self._take(dict(zip(COLUMNS, row, strict=True)))

    def values(self) -> dict[str, dict[Hashable, Members]]:
        """The places of each value by facet; None stands for what is not recorded."""
        size = len(self.keys)
        return {
            key: {code: members_of(places, size) for code, places in found.items()}
            for key, found in self._places.items()
        }

    def _take(self, row: dict[str, Any]) -> None:
        place = len(self.keys)
        self.keys.append(row["ride_id"])
        self.names.append(row["names"])
        for name, figures in self.figures.items():
            figure = row[name]
            figures.append(nan if figure is None else figure)
        for facet in DATED:
            self._take_days(facet.column, row)
        for valued in VALUED:
            found = self._places[valued.key]
            for code in _codes(valued, row[valued.column]):
                found[code].append(place)

    def _take_days(self, column: str, row: dict[str, Any]) -> None:
        """Both bounds of a date; an open one lies at the end of time."""
        lower: date | None = row[f"{column}_lower"]
        upper: date | None = row[f"{column}_upper"]
        if lower is None and upper is None:
            first = last = NO_DAY
        else:
            first = DAWN if lower is None else lower.toordinal()
            last = DUSK if upper is None else upper.toordinal()
        self.days[f"{column}_lower"].append(first)
        self.days[f"{column}_upper"].append(last)


def _codes(facet: ListFacet | NamedFacet, value: Any) -> Iterable[Hashable]:
    if facet.many:
        return value or (None,)
    turn = getattr(facet, "turn", None)
    if turn is not None:
        return (turn.get(value),)
    return (None if value == "" else value,)

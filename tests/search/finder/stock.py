"""Columns of rides that were never in a database, for tests of counting."""

from datetime import date
from typing import Any

from search.finder.catalogue import Catalogue
from search.finder.columns import Columns
from search.finder.filling import COLUMNS

BLANK: dict[str, Any] = {
    **dict.fromkeys(COLUMNS),
    "names": "",
    "category": "flat",
    "status": "operating",
    "material": "",
    "intensity": "",
    "indoor": False,
    "country": "US",
    **dict.fromkeys(
        ("manufacturers", "designers", "elements", "tags", "features", "records"), ()
    ),
}


def row(key: int, **facts: Any) -> tuple[Any, ...]:
    """What the finder reads of a ride; say only what the test is about."""
    known = {**BLANK, "ride_id": key, "names": f"ride {key:03}", **facts}
    return tuple(known[name] for name in COLUMNS)


def dated(name: str, first: str | None, last: str | None) -> dict[str, date | None]:
    """Both bounds of a date; None is an open one."""
    return {
        f"{name}_lower": date.fromisoformat(first) if first else None,
        f"{name}_upper": date.fromisoformat(last) if last else None,
    }


def catalogue(*rows: tuple[Any, ...]) -> Catalogue:
    return Catalogue(Columns(rows), Columns())

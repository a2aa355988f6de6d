"""Moving the pointers of many versions at once.

In plain SQL: for 500 rows Django takes longer to write such a statement than the
database takes to carry it out.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import connection

from history.models import ArchiveBundle, PageVersion


def point_to_bundle(bundle: UUID, entries: Mapping[int, int]) -> None:
    """Make versions cold: their text is these entries of the bundle, by their key."""
    key = ArchiveBundle._meta.pk.get_db_prep_value(bundle, connection)
    facts = "payload_id = NULL, bundle_id = %s, bundle_entry = place.column2"
    _update(facts, [key], entries)


def point_to_payloads(payloads: Mapping[int, int]) -> None:
    """Make versions hot: their text is in these rows of reversion, by their key."""
    facts = "payload_id = place.column2, bundle_id = NULL, bundle_entry = NULL"
    _update(facts, [], payloads)


def _update(facts: str, values: list[UUID | str], places: Mapping[int, int]) -> None:
    if not places:
        return
    table = connection.ops.quote_name(PageVersion._meta.db_table)
    rows, numbers = _as_rows(places)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {facts} FROM {rows}"  # noqa: S608 (all of it is written here)
            f" WHERE {table}.id = place.column1",
            [*values, *numbers],
        )


def _as_rows(places: Mapping[int, int]) -> tuple[str, list[Any]]:
    """A table `place` of two columns, and its parameters."""
    if connection.vendor == "postgresql":
        # Two parameters instead of a thousand, each of which would be looked for.
        columns = [list(places), list(places.values())]
        return "unnest(%s::bigint[], %s::bigint[]) AS place(column1, column2)", columns
    rows = ", ".join(["(%s, %s)"] * len(places))
    pairs = [number for pair in places.items() for number in pair]
    return f"(VALUES {rows}) AS place", pairs

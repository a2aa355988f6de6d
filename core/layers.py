"""Rows that lie over the stored ones, for one connection, while a page is made.

Before each table stands a view of the same name, among the temporary things that both
databases look through first. Whoever asks meanwhile, with any QuerySet, is answered
from the view; nothing that is stored is written, and no row of it locked. What is laid
over cannot be written either: the database refuses it.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models.sql import InsertQuery

# All keys of which the stored rows are out of sight, once for each set of them.
HIDDEN = "over_hidden"


class Layer:
    """What lies over the tables of this connection."""

    def __init__(self) -> None:
        self._tables: list[str] = []
        self._views: list[str] = []
        self._scopes: dict[frozenset[int], int] = {}
        self._hidden: dict[str, str] = {}
        self._is_sqlite = connection.vendor == "sqlite"

    def lay(
        self, model: Any, rows: Sequence[Any], *, instead_of: Collection[int], by: str
    ) -> None:
        """Have rows stand in place of those whose column `by` is one of these keys."""
        if not rows and all(key < 0 for key in instead_of):
            # Stored keys count from one.
            return
        table, name = model._meta.db_table, name_over(model)
        fields = [one for one in model._meta.local_concrete_fields if one.column]
        columns = ", ".join(_quoted(field.column) for field in fields)
        stored = f"main.{_quoted(table)}" if self._is_sqlite else _quoted(table)
        scope = self._scope(instead_of)
        hidden = f"SELECT key FROM {HIDDEN} WHERE scope = {scope}"  # noqa: S608 (a number)
        self._hidden[table] = hidden
        every = f"SELECT {columns} FROM {stored}"  # noqa: S608 (names of ours)
        left = f"{every} WHERE {_quoted(by)} IS NULL OR {_quoted(by)} NOT IN ({hidden})"
        if rows:
            self.make(name, every)
            self._insert(name, fields, rows)
            left += f" UNION ALL SELECT {columns} FROM {_quoted(name)}"  # noqa: S608 (too)
        # Ahead of its table from here on.
        self.execute(f"CREATE TEMPORARY VIEW {_quoted(table)} AS {left}")
        self._views.append(table)

    def lies_over(self, model: Any) -> bool:
        return model._meta.db_table in self._views

    def keys_hidden(self, model: Any) -> str:
        """The query for the keys whose stored rows are out of sight."""
        return self._hidden[model._meta.db_table]

    def make(self, name: str, shaped_like: str) -> None:
        """An empty table of temporary use with the columns of a query."""
        none = f"SELECT * FROM ({shaped_like}) AS shape WHERE 1 = 0"  # noqa: S608 (ours)
        self.execute(f"CREATE TEMPORARY TABLE {_quoted(name)} AS {none}")
        self._tables.append(name)

    def execute(self, statement: str, many: Sequence[Any] | None = None) -> None:
        with connection.cursor() as cursor:
            if many is None:
                cursor.execute(statement)
            elif many:
                cursor.executemany(statement, many)

    def drop_later(self, name: str) -> None:
        """Have a temporary table that somebody made go with the others."""
        self._tables.append(name)

    def lift(self) -> None:
        """Take away all of it."""
        self._drop("VIEW", self._views)
        self._drop("TABLE", self._tables)

    def _drop(self, kind: str, names: list[str]) -> None:
        at_once = 1 if self._is_sqlite else len(names)
        while names:
            some = [names.pop() for _ in range(at_once)]
            self.execute(f"DROP {kind} {', '.join(map(_quoted, some))}")

    def _scope(self, keys: Collection[int]) -> int:
        hidden = frozenset(keys)
        if hidden not in self._scopes:
            if not self._scopes:
                whole = "CAST(0 AS bigint)"
                self.make(HIDDEN, f"SELECT {whole} AS scope, {whole} AS key")
            self._scopes[hidden] = scope = len(self._scopes)
            rows = [(scope, key) for key in sorted(hidden)]
            self.execute(f"INSERT INTO {HIDDEN} VALUES (%s, %s)", rows)  # noqa: S608 (no input)
        return self._scopes[hidden]

    def _insert(self, name: str, fields: Sequence[Any], rows: Sequence[Any]) -> None:
        if not rows:
            return
        compiler = InsertQuery(type(rows[0])).get_compiler(connection=connection)
        columns = ", ".join(_quoted(field.column) for field in fields)
        values = ", ".join(_placeholder(field, compiler) for field in fields)
        self.execute(
            f"INSERT INTO {_quoted(name)} ({columns}) VALUES ({values})",  # noqa: S608 (names of ours)
            [[_stored(field, row) for field in fields] for row in rows],
        )


_layer: ContextVar[Layer | None] = ContextVar("layer", default=None)


def the_layer() -> Layer | None:
    """What lies over the tables while a page is made; mostly nothing."""
    return _layer.get()


@contextmanager
def laid_over() -> Iterator[Layer]:
    """A layer for as long as a page is made, and then no trace of it.

    PostgreSQL has it in a transaction, so that it goes whatever happens. A transaction
    of SQLite would keep out everybody who writes, so there it is taken away by hand.
    """
    layer = Layer()
    token = _layer.set(layer)
    try:
        if connection.vendor == "sqlite":
            yield from _by_hand(layer)
        else:
            with transaction.atomic(), _grouped_by_all_columns():
                yield layer
                layer.lift()
    finally:
        _layer.reset(token)


@contextmanager
def _grouped_by_all_columns() -> Iterator[None]:
    """A view has no primary key from which PostgreSQL could tell the other columns."""
    features: Any = connection.features
    features.allows_group_by_selected_pks = False
    try:
        yield
    finally:
        # The class has its own word on it again.
        del features.allows_group_by_selected_pks


def _by_hand(layer: Layer) -> Iterator[Layer]:
    try:
        yield layer
    finally:
        try:
            layer.lift()
        except DatabaseError:
            # The next reader has this connection: better none than one with a layer.
            connection.close()
            raise


def name_over(model: Any) -> str:
    """The table with the rows that lie over those of a model."""
    return f"over_{model._meta.db_table}"


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _stored(field: Any, row: Any) -> Any:
    value = getattr(row, field.attname)
    # Most columns of most rows say nothing, and asking them all takes long.
    return None if value is None else field.get_db_prep_save(value, connection)


def _placeholder(field: Any, compiler: Any) -> str:
    placeholder = getattr(field, "get_placeholder", None)
    return str(placeholder(None, compiler, connection)) if placeholder else "%s"

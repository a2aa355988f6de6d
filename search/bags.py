"""A bag of words in one column, and what can be asked of it.

PostgreSQL keeps it as a tsvector with a GIN index, SQLite as text with an FTS5 table
beside it (see the migration). Both are given the words as they are: neither parses,
stems or folds anything, so both find the same rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import NotSupportedError, connection, models
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup

from core.layers import Layer, name_over, the_layer

if TYPE_CHECKING:
    _Bag = models.Field[str, str]
    _Lookup = Lookup[Any]
else:
    _Bag = models.Field
    _Lookup = Lookup


@dataclass(frozen=True, slots=True)
class Term:
    """One word; with `begins`, any word that begins with it."""

    word: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of these holds. There is at least one."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these holds."""

    parts: tuple["Expression", ...]


FEW_TERMS = 8

# As the migration has it, but with the words themselves.
SIGNS = "".join(sign for sign in map(chr, range(33, 127)) if not sign.isalnum())
QUOTED_SIGNS = SIGNS.replace("'", "''").replace('"', '""')
FTS5_OVER = """
CREATE VIRTUAL TABLE temp.{name} USING fts5(
    bag, detail='none', columnsize=0, prefix='1 2 3',
    tokenize="ascii tokenchars '{signs}'"
)
"""

Expression: TypeAlias = Term | AllOf | AnyOf


def all_of(parts: Iterable[Expression]) -> Expression:
    """Every part, or the only one."""
    known = tuple(dict.fromkeys(parts))
    return known[0] if len(known) == 1 else AllOf(known)


def any_of(parts: Iterable[Expression]) -> Expression:
    """One part at least, or the only one."""
    known = tuple(dict.fromkeys(parts))
    return known[0] if len(known) == 1 else AnyOf(known)


def as_tsquery(expression: Expression) -> str:
    """The expression for PostgreSQL. Words are quoted, so nothing in them counts."""
    match expression:
        case Term(word, begins):
            quoted = word.replace("\\", "\\\\").replace("'", "''")
            return f"'{quoted}':*" if begins else f"'{quoted}'"
        case AllOf(parts):
            return f"({' & '.join(map(as_tsquery, parts))})"
        case AnyOf(parts):
            return f"({' | '.join(map(as_tsquery, parts))})"


def as_fts5(expression: Expression) -> str:
    """The expression for SQLite."""
    match expression:
        case Term(word, begins):
            quoted = '"{}"'.format(word.replace('"', '""'))
            return f"{quoted} *" if begins else quoted
        case AllOf(parts):
            return f"({' AND '.join(map(as_fts5, parts))})"
        case AnyOf(parts):
            return f"({' OR '.join(map(as_fts5, parts))})"


def holding_any(rows: Any, terms: Iterable[Term], *columns: str) -> list[Any]:
    """These columns of the rows whose bag holds at least one of many terms.

    Asked a few at a time, in one query. For all of them at once PostgreSQL would
    expect so many rows that it reads the whole table instead of the index.
    """
    known = list(terms)
    parts = [
        rows.filter(bag__holds=any_of(known[start : start + FEW_TERMS]))
        .order_by()
        .values_list(*columns)
        for start in range(0, len(known), FEW_TERMS)
    ]
    return list(parts[0].union(*parts[1:])) if parts else []


class BagField(_Bag):
    """Words parted by spaces, in no order and each once. Ask with `__holds`."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        # Without it PostgreSQL would parse the text, and have ideas of its own.
        if connection.vendor == "postgresql":
            return "array_to_tsvector(string_to_array(%s, ' '))"
        return "%s"

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        if compiler.connection.vendor == "postgresql":
            return f"array_to_string(tsvector_to_array({sql}), ' ')", params
        return sql, params

    def get_prep_value(self, value: Any) -> str:
        return " ".join(sorted(set(value.split())))


@BagField.register_lookup
class Holds(_Lookup):
    """Whether the words in a bag make an expression true."""

    lookup_name = "holds"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        bag, params = self.process_lhs(compiler, connection)
        return f"{bag} @@ %s::tsquery", [*params, as_tsquery(self.rhs)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        bag: Col = self.lhs
        model = bag.target.model
        key, params = compiler.compile(model._meta.pk.get_col(bag.alias))
        table = connection.ops.quote_name(fts_table(model))
        found = f"SELECT rowid FROM {table} WHERE {table} MATCH %s"  # noqa: S608 (a table of ours)
        asked = as_fts5(self.rhs)
        layer = the_layer()
        if layer is None or not layer.lies_over(model):
            return f"{key} IN ({found})", [*params, asked]
        over = connection.ops.quote_name(fts_table_over(model))
        found += f" AND rowid NOT IN ({layer.keys_hidden(model)})"
        found += f" UNION ALL SELECT rowid FROM {over} WHERE {over} MATCH %s"  # noqa: S608 (as above)
        return f"{key} IN ({found})", [*params, asked, asked]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        raise NotSupportedError("Search needs PostgreSQL or SQLite.")


def lay_words(layer: Layer, rows: Sequence[Any], model: Any) -> None:
    """Have the words of rows that lie over those of a model be found on SQLite."""
    if connection.vendor != "sqlite":
        return
    name = fts_table_over(model)
    layer.execute(FTS5_OVER.format(name=name, signs=QUOTED_SIGNS))
    layer.drop_later(name)
    layer.execute(
        f"INSERT INTO {name} (rowid, bag) VALUES (%s, %s)",  # noqa: S608 (a table of ours)
        [(row.pk, row.bag) for row in rows],
    )


def fts_table_over(model: Any) -> str:
    return f"{name_over(model)}_bag"


def fts_table(model: Any) -> str:
    """The FTS5 table that follows the bag of a model on SQLite."""
    return f"{model._meta.db_table}_bag"

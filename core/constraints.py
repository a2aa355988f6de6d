"""From a database's refusal to the sentence of the rule that was broken."""

from typing import Any

from django.db import IntegrityError, models

from core.rows import row_models

# The unique index on (parent, slug) made by this app's first migration.
ADDRESS_INDEX = "core_page_address_unique"


def is_address_taken(error: IntegrityError) -> bool:
    """Whether it is that two pages would have one address."""
    return ADDRESS_INDEX in str(error)


def broken_rule(model: type[models.Model], error: IntegrityError) -> str:
    """The sentence of the constraint on a page or its rows; empty if it is another.

    Two drafts may say what only one published page may say, so it is the database
    that finds out. Each constraint brings its sentence along in its model.
    """
    broken = _name_in(error)
    for owner in (model, *row_models(model).values()):
        for constraint in owner._meta.constraints:
            if broken in (constraint.name, _columns(owner, constraint)):
                return str(constraint.get_violation_error_message())
    return ""


def _name_in(error: IntegrityError) -> str:
    """What the database calls the constraint: PostgreSQL by its name, always.

    SQLite tells a unique constraint by its columns, and an index by "index 'name'".
    """
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name or ""
    _, _, said = str(error).partition("constraint failed: ")
    return said.removeprefix("index ").strip("'")


def _columns(model: type[models.Model], constraint: models.BaseConstraint) -> str:
    fields = (model._meta.get_field(name) for name in getattr(constraint, "fields", ()))
    columns = (getattr(field, "column", "") for field in fields)
    return ", ".join(f"{model._meta.db_table}.{column}" for column in columns)

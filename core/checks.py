"""Things that must hold before the wiki starts."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connections

from core.constraints import ADDRESS_INDEX

INDEXES = frozenset({ADDRESS_INDEX, "core_page_url_path"})


@register(Tags.database)
def check_page_indexes(
    *, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Error]:
    """Our indexes on Wagtail's table survive Wagtail's migrations.

    SQLite rebuilds a table to alter it and forgets indexes Django does not know.
    """
    missing = []
    for alias in databases or ():
        connection = connections[alias]
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            if "wagtailcore_page" not in tables:
                continue
            present = connection.introspection.get_constraints(
                cursor, "wagtailcore_page"
            )
        missing += sorted(INDEXES - set(present))
    return [
        Error(
            f"The index {name} on wagtailcore_page is gone.",
            hint="Run: manage.py migrate core zero && manage.py migrate core",
            id="core.E001",
        )
        for name in missing
    ]

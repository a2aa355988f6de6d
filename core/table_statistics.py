"""What the database knows of the sizes of its tables, and so how it looks for rows."""

from django.db import connection


def count_tables_anew() -> None:
    """Let PostgreSQL know its tables as they are in this transaction.

    Otherwise it learns of many new rows a minute after they are committed, and until
    then takes a large table for an empty one.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

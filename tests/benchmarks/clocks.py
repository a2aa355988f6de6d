"""CPU of this process: on a busy machine a clock measures the neighbours."""

from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from django.db import connection


def cpu_ms(deed: Callable[[], Any]) -> float:
    """Milliseconds for one deed."""
    began = process_time()
    deed()
    return (process_time() - began) * 1e3


def database_ms(deed: Callable[[], Any]) -> float:
    """Milliseconds that PostgreSQL computed for one deed."""
    before = database_cpu_ms()
    deed()
    return database_cpu_ms() - before


def cpu_ms_with_database(deed: Callable[[], Any]) -> float:
    """The same, with what the database server spent on it."""
    before = database_cpu_ms()
    return cpu_ms(deed) + database_cpu_ms() - before


def database_cpu_ms() -> float:
    """What the server's process for this connection has spent; 0 where none is seen."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    spent = Path(f"/proc/{pid}/schedstat")
    return int(spent.read_text().split()[0]) / 1e6 if spent.exists() else 0.0

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
    """Milliseconds that PostgreSQL computed for one deed.

    Its server has to run on this machine, and the connection in one process of it.
    """
    before = _computed_by_the_database()
    deed()
    return _computed_by_the_database() - before


def _computed_by_the_database() -> float:
    # A driver that speaks to a server knows which process of it answers.
    process = connection.connection.info.backend_pid
    computed_ns = Path(f"/proc/{process}/schedstat").read_text().split()[0]
    return int(computed_ns) / 1e6

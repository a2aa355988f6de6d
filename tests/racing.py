"""Several people at the same moment."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from core.refusals import Refused


def rounds(usually: int) -> int:
    """How often a race is run: RACE_ROUNDS=50 in the environment for a long look."""
    return int(os.environ.get("RACE_ROUNDS", usually))


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all of it in threads that start together; how each one ended.

    That is what it returned, "done" for nothing, or what it was refused with.
    """
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=30)
            return deed() or "done"
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))

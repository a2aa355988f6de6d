"""CPU of this process: on a busy machine a clock measures the neighbours."""

from collections.abc import Callable
from time import process_time
from typing import Any


def cpu_ms(deed: Callable[[], Any]) -> float:
    """Milliseconds for one deed."""
    began = process_time()
    deed()
    return (process_time() - began) * 1e3

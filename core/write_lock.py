"""Long work beside people who write."""

import time

from django.db import connection

# SQLite keeps no queue for its write lock: whoever waits looks again after a tenth of
# a second at most, and would find work without a pause at it every time.
BREATH_S = 0.15


def let_others_write() -> None:
    """Between two transactions of long work: give whoever waits the lock."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(BREATH_S)

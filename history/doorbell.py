"""Telling the worker after a commit that there is work; work is never lost here.

The broker is only a doorbell. Whoever does not hear it finds the work in the
database: the sweeper looks every half minute.
"""

import logging
from functools import partial
from time import monotonic

from django.db import connection, transaction

from kombu.exceptions import OperationalError

from core.faults import reach
from history.tasks import work_off_outbox

logger = logging.getLogger("thrillwiki.outbox")

# One ring is enough for everything committed until the worker gets up.
SECONDS_TO_GET_UP = 0.5
# The client of Redis tries for seconds before it gives up; whoever publishes next
# shall not wait for that again. By then the sweeper has looked.
SECONDS_UNTIL_MENDED = 30


class Doorbell:
    """Rings at most once in the time a worker takes to get up.

    A bell that is out of order is left alone for a while.
    """

    def __init__(self) -> None:
        self._heard_until = 0.0

    def ring(self) -> None:
        """Wake a worker. A broker that cannot be reached never fails the caller."""
        now = monotonic()
        if now < self._heard_until:
            return
        self._heard_until = now + SECONDS_TO_GET_UP
        try:
            work_off_outbox.apply_async(countdown=SECONDS_TO_GET_UP, retry=False)
        except (OperationalError, OSError) as error:
            self._heard_until = monotonic() + SECONDS_UNTIL_MENDED
            logger.warning("The broker does not answer, the sweeper will: %s", error)


doorbell = Doorbell()


def ring_after_commit() -> None:
    """Ring once after this transaction, however often it is asked to."""
    if not any(waiting[1] == doorbell.ring for waiting in connection.run_on_commit):
        transaction.on_commit(partial(reach, "committed"))
        transaction.on_commit(doorbell.ring)

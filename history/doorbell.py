"""Telling the worker after a commit that there is work; work is never lost here."""

from functools import partial

from django.db import connection, transaction

from core.doorbell import Doorbell
from core.faults import reach
from history.tasks import work_off_outbox

doorbell = Doorbell(work_off_outbox)


def ring_after_commit() -> None:
    """Ring once after this transaction, however often it is asked to."""
    if not any(waiting[1] == doorbell.ring for waiting in connection.run_on_commit):
        transaction.on_commit(partial(reach, "committed"))
        transaction.on_commit(doorbell.ring)

"""Work that follows a changeset: written in its transaction, done after it.

Rooms register a topic with the function that does its work. An entry and what its
function writes are one transaction, so a worker that dies leaves the entry to the
next one, and two workers never do one entry twice.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeAlias

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from history.models import ChangeSet, OutboxEntry

logger = logging.getLogger("thrillwiki.outbox")

# Told the numbers of the changesets it follows, in their order.
Handler: TypeAlias = Callable[[Sequence[int]], object]

AT_ONCE = 200
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
KEPT_WHEN_DONE = timedelta(days=7)

_handlers: dict[str, Handler] = {}


def register(topic: str, handler: Handler) -> None:
    """Have this done after every changeset from now on."""
    _handlers[topic] = handler


def write_entries(changeset: ChangeSet) -> None:
    """Write down what has to follow a changeset, in its transaction."""
    OutboxEntry.objects.bulk_create(
        OutboxEntry(changeset=changeset, topic=topic) for topic in _handlers
    )


def work_off() -> int:
    """Do what is due; returns how many entries are done now.

    An entry that fails keeps its problem and comes again, each time later.
    """
    done = 0
    for topic, handler in _handlers.items():
        while outcome := _work_off_some(topic, handler):
            done += outcome.count(True)
    return done


def sweep_done() -> int:
    """Delete entries done long ago; returns how many."""
    old = OutboxEntry.objects.filter(done_at__lt=timezone.now() - KEPT_WHEN_DONE)
    return old.delete()[0]


@transaction.atomic
def _work_off_some(topic: str, handler: Handler) -> list[bool]:
    """Whether each of the next entries is done; empty when none is due."""
    due = OutboxEntry.objects.select_for_update(skip_locked=True).filter(
        topic=topic, done_at=None, due_at__lte=timezone.now()
    )
    entries = list(due.order_by("pk")[:AT_ONCE])
    if len(entries) > 1 and _try(entries, handler):
        return [True] * len(entries)
    # One of them may fail: it does not hold up the others.
    return [_try([entry], handler) for entry in entries]


def _try(entries: list[OutboxEntry], handler: Handler) -> bool:
    rows = OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries])
    try:
        with transaction.atomic():
            handler([entry.changeset_id for entry in entries])
    except Exception as error:  # noqa: BLE001  whatever it is, it is kept and tried again
        if len(entries) == 1:
            logger.warning("%s failed: %s", entries[0], error)
            rows.update(
                attempts=F("attempts") + 1,
                problem=f"{type(error).__name__}: {error}"[:300],
                due_at=timezone.now() + _wait_after(entries[0].attempts),
            )
        return False
    rows.update(attempts=F("attempts") + 1, problem="", done_at=timezone.now())
    return True


def _wait_after(attempts: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** min(attempts, 16), LONGEST_WAIT)

"""Running the checks: none takes long, and none that fails counts as passed."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from branches.checks import (
    amounts,
    duplicates,
    links,
    photos,
    reaching,
    rules,
    statuses,
    words,
)
from branches.checks.registry import CHECKS, Check, Remark, unknown
from branches.checks.subjects import Handed, read
from branches.models import CheckResult, Proposal

logger = logging.getLogger("thrillwiki.checks")

# Their checks are registered when they are imported.
REGISTERED = (
    *(amounts, duplicates, links, photos),
    *(reaching, rules, statuses, words),
)
SECONDS = 30.0


class TookTooLong(BaseException):
    """A check did not end in its time.

    No Exception, so that a check cannot take it for something it knows.
    """


def results_of(proposal: Proposal) -> list[CheckResult]:
    """What all checks say about the newest text of a proposal, not saved."""
    # For what fills the marks of a sentence and is known in one language only.
    with override(settings.LANGUAGE_CODE):
        handed = read(proposal)
        remarks = [(one, r) for one in CHECKS.values() for r in _looked(one, handed)]
    return [
        CheckResult.of(
            proposal,
            remark.said,
            check_name=one.name,
            check_version=one.version,
            level=remark.level,
            object_uuid=remark.uuid,
            fact=remark.fact[:200],
        )
        for one, remark in remarks
    ]


def _looked(one: Check, handed: Handed) -> list[Remark]:
    try:
        # Whatever a check does to the database is undone with it.
        with within(SECONDS), transaction.atomic():
            return list(one.look(handed))
    except TookTooLong:
        logger.warning("The check %s took too long", one.name)
    except Exception:  # whatever it is, a person has to look instead
        logger.exception("The check %s failed", one.name)
    return [
        unknown(
            _("The check “%(name)s” could not be done: look for yourself."),
            params={"name": one.name},
        )
    ]


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TookTooLong when it takes longer.

    Only the main thread can be interrupted; workers do their tasks in theirs.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*unused: Any) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

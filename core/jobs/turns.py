"""Holding a job: whoever holds its lease works on it, nobody else."""

import os
import secrets
import socket
from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce, Now

from core.jobs.models import Job, JobState

LEASE = timedelta(seconds=60)

Watch = Callable[[Job], None]


class Cancelled(Exception):
    """Somebody asked for the job to be given up."""


class LeaseLost(Exception):
    """Another process holds the job now. What this one does no longer counts."""


class TurnOver(Exception):
    """This process has worked long enough; the job goes on in another turn."""


class Turn:
    """One process at work on one job, until it ends, is cancelled or dies."""

    def __init__(
        self, job: Job, *, seconds: float | None = None, watch: Watch | None = None
    ) -> None:
        self.job = job
        self._ends = None if seconds is None else monotonic() + seconds
        self._watch = watch

    def keep(self, **facts: Any) -> None:
        """Renew the lease and write down how far the job has come.

        Inside the transaction of a piece of work this makes the piece count only if
        the lease is still ours: raises LeaseLost otherwise.
        """
        held = Job.objects.filter(
            pk=self.job.pk, holder=self.job.holder, state=JobState.RUNNING
        ).update(lease_until=_lease_end(), heartbeat_at=Now(), attempts=0, **facts)
        if not held:
            raise LeaseLost(self.job)
        for name, value in facts.items():
            setattr(self.job, name, value)
        if self._watch is not None:
            self._watch(self.job)

    def go_on(self, **facts: Any) -> None:
        """Between two pieces of work: raises Cancelled or TurnOver to end here."""
        self.keep(**facts)
        if Job.objects.filter(pk=self.job.pk, cancel_requested=True).exists():
            raise Cancelled
        if self._ends is not None and monotonic() > self._ends:
            raise TurnOver

    def finish(self, state: JobState, **facts: Any) -> None:
        """End the job, unless somebody else holds it by now."""
        self._release(state=state, finished_at=Now(), **facts)

    def give_back(self) -> None:
        """Let somebody else, or this process later, go on."""
        self._release(state=JobState.QUEUED)

    def _release(self, **facts: Any) -> None:
        Job.objects.filter(
            pk=self.job.pk, holder=self.job.holder, state=JobState.RUNNING
        ).update(holder="", lease_until=None, heartbeat_at=Now(), **facts)
        self.job.refresh_from_db()


def take(pk: int) -> Job | None:
    """Take up a job that waits or was broken off; None when somebody is at it."""
    taken = Job.objects.filter(_free(), pk=pk).update(
        state=JobState.RUNNING,
        holder=f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}",
        lease_until=_lease_end(),
        heartbeat_at=Now(),
        started_at=Coalesce("started_at", Now()),
        attempts=F("attempts") + 1,
    )
    return Job.objects.get(pk=pk) if taken else None


def waiting_jobs() -> Any:
    """Jobs nobody works on: waiting, or broken off with their lease run out."""
    return Job.objects.filter(_free())


def end_lease_of_dead_process(job: Job) -> None:
    """Free a job at once whose process died on this machine.

    Without it the job waits for its lease to run out. Should the process be alive
    after all, out of our sight, it notices that its lease is lost.
    """
    host, _, rest = job.holder.rpartition(":")[0].rpartition(":")
    if job.state != JobState.RUNNING or host != socket.gethostname()[:80]:
        return
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        Job.objects.filter(pk=job.pk, holder=job.holder).update(
            lease_until=_from_now(timedelta(seconds=-1))
        )
    except (PermissionError, ValueError):
        return


def _free() -> Q:
    return Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=Now())


def _lease_end() -> ExpressionWrapper:
    return _from_now(LEASE)


def _from_now(span: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(Now() + Value(span), output_field=DateTimeField())

"""What people and clocks do with jobs: start one, cancel one."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from core.doorbell import broker
from core.jobs.kinds import KINDS
from core.jobs.models import ACTIVE, Job, JobState
from core.jobs.tasks import task_for
from core.refusals import Refused


class AlreadyActive(Refused):
    """Another job of the same slot is waiting or running."""

    def __init__(self, job: Job | None) -> None:
        self.job = job
        which = f"{job} is active" if job else "one is active"
        super().__init__(f"Only one of these jobs runs at a time, and {which}.")


class AlreadyStarted(Refused):
    """This occasion has had its job."""

    def __init__(self, occasion: str) -> None:
        super().__init__(f"The job for “{occasion}” was started before.")


class AlreadyEnded(Refused):
    """There is nothing left to cancel."""

    def __init__(self, job: Job) -> None:
        super().__init__(f"“{job}” has ended and cannot be cancelled.")


def start_job(
    *,
    kind: str,
    by: Any,
    options: dict[str, Any] | None = None,
    occasion: str = "",
    slot: str = "",
    ring: bool = True,
) -> Job:
    """Put a job in its slot. Raises AlreadyActive or AlreadyStarted.

    `slot` is another one than that of its kind, for work that only stands in the way
    of work on the same thing. Without `ring` no worker is called: the caller is about
    to run it.
    """
    slot = slot or KINDS[kind].slot
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                slot=slot,
                created_by=by,
                options=options or {},
                occasion=occasion,
            )
    except IntegrityError as error:
        if occasion and Job.objects.filter(occasion=occasion).exists():
            raise AlreadyStarted(occasion) from error
        raise AlreadyActive(active_job(slot)) from error
    if ring:
        transaction.on_commit(lambda: ring_for(job))
    return job


def active_job(slot: str) -> Job | None:
    """The job that waits or runs in a slot."""
    return Job.objects.filter(slot=slot, state__in=ACTIVE).first()


def cancel_job(*, job: Job, by: Any) -> None:
    """Give a job up: at once if it waits, after its present piece of work if it runs.

    Raises AlreadyEnded.
    """
    who = f"Cancelled by {by}."[:300]
    asked = Job.objects.filter(pk=job.pk)
    waited = asked.filter(state=JobState.QUEUED).update(
        state=JobState.CANCELLED,
        cancel_requested=True,
        finished_at=Now(),
        message=who,
    )
    running = asked.filter(state=JobState.RUNNING).update(
        cancel_requested=True, message=who
    )
    job.refresh_from_db()
    if not waited and not running:
        raise AlreadyEnded(job)


def ring_for(job: Job) -> None:
    """Call a worker. Nobody hears it while the broker is away; beat does later."""
    broker.send(task_for(job), job_id=job.pk)

"""What workers do with jobs."""

from celery import shared_task
from celery.app.task import Task

from core.jobs.kinds import KINDS
from core.jobs.models import Job, JobState
from core.jobs.running import run

# Well below the time limit of a task, which would kill the process.
TURN_SECONDS = 600


@shared_task
def run_job(*, job_id: int, **extras: object) -> None:
    """Work on a job for one turn. Running it twice at once is harmless."""
    _take_turn(job_id)


@shared_task
def run_bulk_job(*, job_id: int, **extras: object) -> None:
    """The same for a job that nobody waits for, in a queue of its own."""
    _take_turn(job_id)


def task_for(job: Job) -> Task:
    """The task that works on a job of this kind."""
    kind = KINDS.get(job.kind)
    return run_bulk_job if kind is not None and kind.is_bulk else run_job


def _take_turn(pk: int) -> None:
    job = run(pk, seconds=TURN_SECONDS)
    if job is not None and job.state == JobState.QUEUED:
        task_for(job).delay(job_id=pk)

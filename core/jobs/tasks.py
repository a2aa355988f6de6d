"""What workers do with jobs."""

from celery import shared_task

from core.jobs.models import JobState
from core.jobs.running import run

# Well below the time limit of a task, which would kill the process.
TURN_SECONDS = 600


@shared_task
def run_job(*, job_id: int, **extras: object) -> None:
    """Work on a job for one turn. Running it twice at once is harmless."""
    job = run(job_id, seconds=TURN_SECONDS)
    if job is not None and job.state == JobState.QUEUED:
        run_job.delay(job_id=job_id)

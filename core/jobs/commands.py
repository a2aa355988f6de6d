"""Doing a job at the command line, in the process of the command."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.jobs.actions import AlreadyActive, start_job
from core.jobs.models import Job, JobState
from core.jobs.running import run
from core.jobs.turns import end_lease_of_dead_process, waiting_jobs

SECONDS_BETWEEN_LINES = 1.0


class JobCommand(BaseCommand):
    """A command that does one job and shows how it gets on.

    A job of its kind that was broken off is taken up first. Exits with 1 when the job
    fails, is cancelled, or another job has the slot.
    """

    kind: str

    def do_job(self, options: dict[str, Any]) -> Job:
        """Do the job with these options, or go on with the one that was broken off."""
        try:
            job = start_job(kind=self.kind, by=None, options=options, ring=False)
        except AlreadyActive as refusal:
            job = self._broken_off(refusal)
        self._shown_at = monotonic()
        done: Job | None = run(job.pk, watch=self._show)
        if done is None:
            raise CommandError(f"Somebody else has just taken up {job}.")
        if done.state != JobState.DONE:
            raise CommandError(f"{done.get_state_display()}: {done.message}")
        return done

    def _broken_off(self, refusal: AlreadyActive) -> Job:
        job = refusal.job
        if job is None:
            raise CommandError(str(refusal)) from refusal
        end_lease_of_dead_process(job)
        if job.kind != self.kind or not waiting_jobs().filter(pk=job.pk).exists():
            raise CommandError(
                f"{refusal} If its process is dead, a worker takes it up a minute "
                f"after its last sign of life ({job.heartbeat_at:%H:%M:%S} UTC)."
                if job.heartbeat_at
                else str(refusal)
            ) from refusal
        self.stderr.write(f"Going on with {job}: {job.done} of {job.total} are done.")
        return job

    def _show(self, job: Job) -> None:
        # On standard error, so that the report can be piped.
        if job.total and monotonic() - self._shown_at >= SECONDS_BETWEEN_LINES:
            self.stderr.write(f"{job.done:,} of {job.total:,}")
            self._shown_at = monotonic()

"""Jobs that are due by time, and jobs that were broken off."""

import logging

from django.utils import timezone

from celery import shared_task

from core.jobs.actions import AlreadyActive, AlreadyStarted, ring_for, start_job
from core.jobs.turns import waiting_jobs

logger = logging.getLogger("thrillwiki.jobs")


@shared_task
def start_daily(*, kind: str, **extras: object) -> None:
    """Start today's job of a kind. Two beats start one."""
    try:
        start_job(kind=kind, by=None, occasion=f"{kind} {timezone.now():%Y-%m-%d}")
    except (AlreadyActive, AlreadyStarted) as refusal:
        logger.info("Not started: %s", refusal)


@shared_task
def resume_jobs(**extras: object) -> None:
    """Call workers for the jobs nobody is working on, once a minute."""
    for job in waiting_jobs().only("kind"):
        ring_for(job)

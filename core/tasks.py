"""The clock of the wiki: work that is due by time, not by a visitor."""

import logging

from django.core.management import call_command
from django.utils import timezone

from wagtail.models import Revision

from celery import shared_task

from core.caching.nginx import fetch_anew  # noqa: F401  found here by the worker
from core.caching.stamps import fold
from core.jobs.clock import resume_jobs, start_daily  # noqa: F401  found here
from core.jobs.tasks import run_bulk_job, run_job  # noqa: F401  found here, too
from core.mail.sending import send_mail  # noqa: F401  and this one
from core.refusals import Refused

logger = logging.getLogger("thrillwiki.scheduling")


@shared_task
def publish_scheduled(**extras: object) -> None:
    """Publish and expire what is due. Running it twice changes nothing more."""
    try:
        call_command("publish_scheduled")
    except Refused:
        # The command stops at a draft that cannot be published; the rest is due too.
        _publish_one_by_one()


@shared_task
def fold_touches(**extras: object) -> None:
    """Make the record of what was touched short again. No page is made anew for it."""
    fold()


def _publish_one_by_one() -> None:
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now())
    for revision in due.order_by("approved_go_live_at"):
        try:
            revision.publish(log_action="wagtail.publish.schedule")
        except Refused as refusal:
            logger.warning("A scheduled publish is waiting: %s", refusal)

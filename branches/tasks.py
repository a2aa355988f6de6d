"""What the worker does for proposals."""

from celery import shared_task

from branches.checks.deciding import check_now, waiting
from branches.expiring import close_idle
from branches.releases.clock import publish_due, rehearse_due


@shared_task
def run_releases(**extras: object) -> None:
    """Publish what is due and try out what soon will be. Twice at once does no harm."""
    publish_due()
    rehearse_due()


@shared_task
def check_proposal(*, proposal_id: int, **extras: object) -> None:
    """Check what was handed in. Running it twice does nothing twice."""
    check_now(proposal_id)


@shared_task
def check_waiting(**extras: object) -> None:
    """Check what no worker was called for, or what one did not live to finish."""
    for pk in waiting():
        check_now(pk)


@shared_task
def close_idle_suggestions(**extras: object) -> None:
    """Warn of what nobody goes on with, and close it a week later."""
    close_idle()

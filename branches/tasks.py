"""What beat asks of the branches."""

from celery import shared_task

from branches.releases.clock import publish_due, rehearse_due


@shared_task
def run_releases(**extras: object) -> None:
    """Publish what is due and try out what soon will be. Twice at once does no harm."""
    publish_due()
    rehearse_due()

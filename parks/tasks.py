"""Work on parks and rides that is due by time."""

from celery import shared_task

from parks.actions.statuses import bring_up_to_date


@shared_task
def bring_statuses_up_to_date(**extras: object) -> None:
    """Flip statuses whose day has come. Running it twice changes nothing more."""
    bring_up_to_date()

"""What the worker does for history after a change and by the clock."""

from celery import shared_task

from history import outbox
from history.revisions import prune_all


@shared_task
def work_off_outbox(**extras: object) -> None:
    """Do what follows the changesets there are. Running it twice does nothing twice."""
    outbox.work_off()


@shared_task
def tidy_up(**extras: object) -> None:
    """Bound the CMS's revisions everywhere and drop outbox entries done long ago."""
    prune_all()
    outbox.sweep_done()

"""What the worker does for history after a change and by the clock."""

from celery import shared_task

from history import outbox
from history.chain import seal_committed
from history.conflicts.keeping import let_go
from history.revisions import prune_all
from history.trash.emptying import empty


@shared_task
def work_off_outbox(**extras: object) -> None:
    """Do what follows the changesets there are. Running it twice does nothing twice."""
    outbox.work_off()
    while seal_committed():
        # A loader left more than one bite. Each is a short transaction of its own.
        continue


@shared_task
def tidy_up(**extras: object) -> None:
    """Bound the CMS's revisions, and drop what was done or refused long ago."""
    let_go()
    prune_all()
    outbox.sweep_done()


@shared_task
def empty_trash(**extras: object) -> None:
    """Throw away what has been in the trash for its 90 days."""
    empty()

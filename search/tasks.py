"""What the worker does for search after a change and by the clock."""

from collections.abc import Sequence

from celery import shared_task

from search.indexing import index_dependents, rebuild


@shared_task
def follow(*, lenders: Sequence[int], **extras: object) -> None:
    """Index what took words over from these pages. Running it twice changes nothing."""
    index_dependents(lenders)


@shared_task
def keep_in_step(**extras: object) -> None:
    """Look over every page, and index those that were missed."""
    for _ in rebuild():
        continue

"""Keeping the indexes in step with what is published."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from core.bulk_loading import is_indexing_paused, pages_loaded
from core.bulk_publishing import Published, pages_published
from core.changes import Action, current_action
from core.doorbell import broker
from core.page_indexes import OF_DRAFTS
from search.indexing import many_to_follow, pages_below, refresh
from search.reading import MODEL_OF
from search.tasks import follow

NOTE = "to be found"


def connect() -> None:
    """Index a page again whenever it, its place or its privacy changes."""
    for model in MODEL_OF.values():
        post_save.connect(_saved, sender=model, dispatch_uid="search.saved")
    post_page_move.connect(_moved, dispatch_uid="search.moved")
    for signal in (post_save, post_delete):
        signal.connect(
            _closed_or_opened, sender=PageViewRestriction, dispatch_uid="search.privacy"
        )
    pages_loaded.connect(_loaded, dispatch_uid="search.loaded")
    pages_published.connect(_published, dispatch_uid="search.published")
    many_to_follow.connect(_follow, dispatch_uid="search.follow")


def _saved(
    sender: Any, instance: Page, update_fields: Any = None, **kwargs: Any
) -> None:
    if update_fields is None or not OF_DRAFTS.issuperset(update_fields):
        touch({instance.pk})


def _published(sender: Any, published: list[Published], **kwargs: Any) -> None:
    touch({one.page.pk for one in published})


def _moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    touch(pages_below(instance))


def _closed_or_opened(
    sender: Any, instance: PageViewRestriction, **kwargs: Any
) -> None:
    touch(pages_below(instance.page))


def _loaded(sender: Any, pages: list[Page], **kwargs: Any) -> None:
    refresh({page.pk for page in pages})


def _follow(sender: Any, lenders: list[int], **kwargs: Any) -> None:
    # Without a broker it is left to the nightly look.
    broker.send(follow, lenders=lenders)


def touch(pages: Any) -> None:
    """Have pages indexed at the end of what is going on, in the same transaction.

    Their rows are stored by then, and many pages are read together. Outside of any
    action that is after the commit; a loader of many says when.
    """
    if is_indexing_paused():
        return
    action = current_action()
    if action is None:
        transaction.on_commit(partial(refresh, pages), robust=True)
        return
    if NOTE not in action.notes:
        action.notes[NOTE] = set()
        action.at_end.append(partial(_finish, action))
    action.notes[NOTE].update(pages)


def _finish(action: Action) -> None:
    refresh(action.notes.pop(NOTE))

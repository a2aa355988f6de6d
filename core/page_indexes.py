"""Wagtail's two indexes of a page, of words and of references, written once a save."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete

from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
)

from modelsearch.index import insert_or_update_object
from modelsearch.signal_handlers import post_delete_signal_handler

from core.models import ContentPage

# Columns of a draft: both indexes know of the live page only.
OF_DRAFTS = frozenset(
    {
        *("draft_title", "has_unpublished_changes", "latest_revision"),
        *("latest_revision_created_at", "first_published_at", "last_published_at"),
        *("locked", "locked_at", "locked_by", "numchild", "go_live_at", "expire_at"),
        "live_revision",
    }
)


def write_indexes_once() -> None:
    """Have every page do so. At start-up: Wagtail's part needs all models loaded."""
    pages: Any = ContentPage
    pages.while_saving = _written_once
    for model in apps.get_models():
        if issubclass(model, ContentPage):
            # Comes with the handler of saves, which ContentPage does without.
            post_delete.connect(post_delete_signal_handler, sender=model)


@contextmanager
def _written_once(
    page: ContentPage, update_fields: Collection[str] | None
) -> Iterator[None]:
    """Index a page when all of its rows are stored.

    Wagtail reads its words before that. It reads its references after the page itself
    and again after every row, with a dozen queries each time, and not at all after the
    last row that goes.
    """
    if getattr(reference_index_auto_update_disabled, "value", False):
        # Whoever switched it off writes them, and Wagtail's block cannot be nested.
        yield
        return
    if update_fields is not None and OF_DRAFTS.issuperset(update_fields):
        with disable_reference_index_auto_update():
            yield
        return
    rows = page.all_rows() if update_fields is None else None
    with disable_reference_index_auto_update():
        yield
    if rows is None:
        _write(type(page).objects.get(pk=page.pk))
        return
    # Saving forgets the rows, which are in hand here. What reads the page later asks
    # the database again, as after every save.
    page.put_rows(rows)
    _write(page)
    if not page.keeps_rows:
        page.forget_rows()


def _write(page: ContentPage) -> None:
    ReferenceIndex.create_or_update_for_object(page)
    insert_or_update_object(page)

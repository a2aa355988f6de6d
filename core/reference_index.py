"""Wagtail's index of what refers to what, written once for each save of a page."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
    update_reference_index_on_save,
)

from core.models import ContentPage


def write_references_once() -> None:
    """Have every page do so. At start-up: Wagtail's part needs all models loaded."""
    pages: Any = ContentPage
    pages.while_saving = _written_once


@contextmanager
def _written_once(page: ContentPage) -> Iterator[None]:
    """Read the references of a page when all of its rows are stored.

    Wagtail reads them after the page itself and again after every row, with a dozen
    queries each time, and not at all after the last row that goes.
    """
    if getattr(reference_index_auto_update_disabled, "value", False):
        # Whoever switched it off writes them, and Wagtail's block cannot be nested.
        yield
        return
    with disable_reference_index_auto_update():
        yield
    update_reference_index_on_save(page)

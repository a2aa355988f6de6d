"""Loading many pages at once: each written once and indexed once.

For management commands and loaders; single edits go the ordinary way through
`save_revision().publish()`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import Signal
from django.utils import timezone

from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published, published

from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler

from core.caching.rules import UNSEEN
from core.changes import SAID, Change, current_change, one_action
from core.models import ContentPage, VersionedSnippet


def publish_snippet(snippet: VersionedSnippet) -> None:
    """Add a new snippet and publish it in the name of the change described.

    What it leaves behind is what `publish_first` leaves of a page.
    """
    now = timezone.now()
    snippet.live = True
    snippet.first_published_at = snippet.last_published_at = now
    with one_action("publish"):
        change = current_change() or Change()
        snippet.save()
        revision = _only_revision(snippet, by=change.author or change.by)
        type(snippet)._base_manager.filter(pk=snippet.pk).update(
            latest_revision=revision, live_revision=revision
        )
        published.send(sender=type(snippet), instance=snippet, revision=revision)
        log(snippet, "wagtail.publish", user=change.by, revision=revision)


def publish_first(page: ContentPage, parent: Page, *, by: Any) -> None:
    """Add a new page below `parent` and publish it, in one transaction.

    `save_revision().publish()` would save, check and read back every page three
    times. What this leaves behind is the same: a live page, its only revision, the
    signal that writes the history, and Wagtail's log entry. Raises ValidationError,
    adding nothing, when the page breaks a rule.
    """
    now = timezone.now()
    page.live = True
    page.first_published_at = page.last_published_at = now
    page.latest_revision_created_at = now
    page.keeps_rows = True
    with one_action("publish", by=by) as action:
        action.notes[SAID] = UNSEEN
        parent.add_child(instance=page)
        page.keeps_rows = False
        # Saving may have corrected the title.
        page.draft_title = page.title
        revision = _only_revision(page, by=by)
        Page.objects.filter(pk=page.pk).update(
            draft_title=page.title, latest_revision=revision, live_revision=revision
        )
        page_published.send(sender=type(page), instance=page, revision=revision)
        log(page, "wagtail.publish", user=by, revision=revision, content_changed=True)


# Sent with `pages`, a list, when what was loaded is to be found from now on.
pages_loaded = Signal()

_paused: ContextVar[bool] = ContextVar("indexing_paused", default=False)


def is_indexing_paused() -> bool:
    """Whether a loader runs here, and will send `pages_loaded` when it is through."""
    return _paused.get()


@contextmanager
def indexing_paused() -> Iterator[None]:
    """Leave the search and reference indexes alone inside the block.

    Call `index_pages` after it, with all that was published inside. For management
    commands only: search signals are off for the whole process.
    """
    token = _paused.set(True)
    models = [m for m in get_indexed_models() if getattr(m, "search_auto_update", True)]
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        _paused.reset(token)
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)


def index_pages(pages: Iterable[ContentPage]) -> None:
    """Bring search and references up to date for these pages."""
    by_model: dict[type[ContentPage], dict[int, ContentPage]] = defaultdict(dict)
    for page in pages:
        by_model[type(page)][page.pk] = page
    for model, known in by_model.items():
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, list(known.values()))
        for page in known.values():
            ReferenceIndex.create_or_update_for_object(page)
    loaded = [page for known in by_model.values() for page in known.values()]
    pages_loaded.send(sender=None, pages=loaded)


def _only_revision(thing: Any, *, by: Any) -> Revision:
    revision = Revision.objects.create(
        content_object=thing,
        base_content_type=thing.get_base_content_type(),
        user=by,
        created_at=thing.last_published_at,
        content=thing.serializable_data(),
        object_str=str(thing),
    )
    thing.latest_revision = thing.live_revision = revision
    return revision

"""Loading many pages at once: each written once and indexed once.

For management commands and loaders; single edits go the ordinary way through
`save_revision().publish()`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone

from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler

from core.changes import change_by
from core.models import ContentPage


@transaction.atomic
def publish_first(page: ContentPage, parent: Page, *, by: Any) -> None:
    """Add a new page below `parent` and publish it, in one transaction.

    `save_revision().publish()` would save, check and read back every page three
    times. What this leaves behind is the same but for Wagtail's "published" log entry:
    a live page, its only revision, and the signal that writes the history. Raises
    ValidationError, adding nothing, when the page breaks a rule.
    """
    now = timezone.now()
    page.live = True
    page.draft_title = page.title
    page.first_published_at = page.last_published_at = now
    page.latest_revision_created_at = now
    rows = _rows_of(page)
    with change_by(by):
        parent.add_child(instance=page)
        for relation, known in rows.items():
            # Saving forgets them; what follows would read them back several times.
            getattr(page, relation).set(known)
        revision = Revision.objects.create(
            content_object=page,
            base_content_type=page.get_base_content_type(),
            user=by,
            created_at=now,
            content=page.serializable_data(),
            object_str=str(page),
        )
        page.latest_revision = page.live_revision = revision
        Page.objects.filter(pk=page.pk).update(
            latest_revision=revision, live_revision=revision
        )
        page_published.send(sender=type(page), instance=page, revision=revision)


@contextmanager
def indexing_paused() -> Iterator[None]:
    """Leave the search and reference indexes alone inside the block.

    For management commands only: search signals are off for the whole process.
    """
    models = [m for m in get_indexed_models() if getattr(m, "search_auto_update", True)]
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
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


def _rows_of(page: ContentPage) -> dict[str, list[Any]]:
    names = (relation.get_accessor_name() for relation in get_all_child_relations(page))
    return {name: list(getattr(page, name).all()) for name in names}

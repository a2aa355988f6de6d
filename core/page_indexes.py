"""Wagtail's two indexes of a page, of words and of references, written once a save."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete

from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backends
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
        write_indexes(type(page).objects.get(pk=page.pk))
        return
    # Saving forgets the rows, which are in hand here. What reads the page later asks
    # the database again, as after every save.
    page.put_rows(rows)
    write_indexes(page)
    if not page.keeps_rows:
        page.forget_rows()


def write_indexes(page: ContentPage) -> None:
    """Bring both indexes up to date; for those who switched them off while saving."""
    ReferenceIndex.create_or_update_for_object(page)
    insert_or_update_object(page)


def write_many_indexes(pages: Sequence[ContentPage]) -> None:
    """The same for many, whose rows are in memory: a few queries for all of them."""
    by_model: dict[type[ContentPage], list[ContentPage]] = defaultdict(list)
    for page in pages:
        by_model[type(page)].append(page)
    for model, some in by_model.items():
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, some)
    _write_references(pages)


def _write_references(pages: Sequence[ContentPage]) -> None:
    """What `ReferenceIndex.create_or_update_for_object` does of each of them."""
    base = ContentType.objects.get_for_model(Page)
    keys = [str(page.pk) for page in pages]
    stored = ReferenceIndex.objects.filter(base_content_type=base, object_id__in=keys)
    known: dict[str, dict[Any, int]] = defaultdict(dict)
    for one in stored:
        known[one.object_id][_told(one)] = one.pk
    new = []
    for page in pages:
        left = known[str(page.pk)]
        for reference in set(ReferenceIndex._extract_references_from_object(page)):
            if left.pop(reference, None) is None:
                new.append(_reference(page, base, reference))
    ReferenceIndex.objects.bulk_create(new, ignore_conflicts=True)
    gone = [pk for left in known.values() for pk in left.values()]
    ReferenceIndex.objects.filter(pk__in=gone).delete()


def _told(stored: ReferenceIndex) -> tuple[Any, ...]:
    return (
        *(stored.to_content_type_id, stored.to_object_id),
        *(stored.model_path, stored.content_path),
    )


def _reference(
    page: ContentPage, base: ContentType, reference: tuple[Any, ...]
) -> ReferenceIndex:
    target, key, model_path, content_path = reference
    return ReferenceIndex(
        content_type=ContentType.objects.get_for_model(page),
        base_content_type=base,
        object_id=str(page.pk),
        to_content_type_id=target,
        to_object_id=key,
        model_path=model_path,
        content_path=content_path,
        content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
    )

"""The index as it would be with what lies over the pages (core/overlay.py)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.layers import Layer, the_layer
from core.overlay import the_overlay
from search.bags import lay_words
from search.documents import Document, document_of
from search.indexing import rows_of
from search.models import Entry, Story
from search.reading import dependents_of, read_subjects

# What takes words over from a page that thousands name would take too long to read.
MOST_DEPENDENTS = 1_000
TOO_MANY = _(
    "So many pages name what is changed here that search finds them by its published "
    "name only."
)


def lay_entries() -> None:
    """Have the index say what it would if what lies over the pages were published."""
    overlay, layer = the_overlay(), the_layer()
    if overlay is None or layer is None or layer.lies_over(Entry):
        return
    changed = overlay.changed
    documents = _documents(changed)
    lenders = _lenders(changed, documents)
    followers = dependents_of(lenders) - changed if lenders else set[int]()
    if len(followers) > MOST_DEPENDENTS:
        overlay.leave_out(TOO_MANY)
        followers = set()
    _lay(layer, [*documents, *_documents(followers)], changed | followers)


def _documents(keys: Iterable[int]) -> list[Document]:
    return list(map(document_of, read_subjects(keys)))


def _lenders(keys: Iterable[int], documents: Iterable[Document]) -> set[int]:
    """Of these pages those that lend other words than the stored index has."""
    before: dict[int, str] = dict(
        Entry.objects.filter(pk__in=keys).values_list("pk", "lent")
    )
    now = {document.pk: document.lent for document in documents}
    return {key for key in keys if before.get(key, "") != now.get(key, "")}


def _lay(layer: Layer, documents: list[Document], keys: Iterable[int]) -> None:
    hidden = frozenset(keys)
    entries, stories = rows_of(documents)
    laid: tuple[tuple[Any, list[Any], str], ...] = (
        (Entry, entries, "page_id"),
        (Story, stories, "entry_id"),
    )
    for model, known, key in laid:
        layer.lay(model, known, instead_of=hidden, by=key)
        lay_words(layer, known, model)

"""Adding many pages and publishing them at once, in one action.

What this leaves behind is what `publish_first` leaves of each of them
(core/bulk_loading.py), in a number of queries that grows with the pages they shall
stand below, and not with the pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from wagtail.models import COMMENTS_RELATION_NAME, Page, PageLogEntry

from core.bulk_pages import count_below, insert_pages, place_below
from core.bulk_publishing import (
    Published,
    log_entry,
    pages_published,
    save_drafts,
)
from core.bulk_rows import AT_ONCE, write_rows
from core.caching.rules import UNSEEN
from core.drafting import full_clean_of_new
from core.models import ContentPage
from core.page_indexes import write_many_indexes
from core.refusals import NotPublishable


@dataclass(frozen=True, slots=True)
class Added:
    """A new page in memory, and the page it shall stand under as it is stored."""

    page: ContentPage
    parent: ContentPage


def add_and_publish(added: Sequence[Added], *, by: Any) -> None:
    """Add the pages, which are of nobody's draft, in this order.

    The caller holds the pages above, and what the new ones name was read together
    (core/references.py). Raises NotPublishable for a page that breaks a rule;
    IntegrityError, having done nothing, when the database has a rule against one.
    """
    pages = [one.page for one in added]
    with transaction.atomic():
        for parent, below in _by_parent(added):
            _place(parent, below)
        by_model: dict[Any, list[ContentPage]] = defaultdict(list)
        for page in pages:
            by_model[type(page)].append(page)
        for model, some in by_model.items():
            insert_pages(model, some)
            write_rows(some)
        for parent, below in _by_parent(added):
            count_below(parent, below)
        revisions = save_drafts(pages, by)
        columns = ["live_revision", "latest_revision"]
        Page.objects.bulk_update(pages, columns, batch_size=AT_ONCE)
    write_many_indexes(pages)
    published = [
        Published(page, revision, UNSEEN)
        for page, revision in zip(pages, revisions, strict=True)
    ]
    pages_published.send(sender=None, published=published)
    _log(pages, by)


def _by_parent(
    added: Iterable[Added],
) -> Iterable[tuple[ContentPage, list[ContentPage]]]:
    parents: dict[int, ContentPage] = {}
    below: dict[int, list[ContentPage]] = defaultdict(list)
    for one in added:
        parents[one.parent.pk] = one.parent
        below[one.parent.pk].append(one.page)
    return [(parents[key], pages) for key, pages in below.items()]


def _place(parent: ContentPage, pages: Sequence[ContentPage]) -> None:
    """Give pages their place and their address, and have them checked there."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    place_below(parent, pages)
    now = timezone.now()
    for page in pages:
        page._cached_parent_obj = parent
        page.slugs_beside = taken
        page.first_published_at = page.last_published_at = now
        page.latest_revision_created_at = now
        page.derive()
        try:
            full_clean_of_new(page)
        except ValidationError as error:
            raise NotPublishable(page, error.messages) from error
        page.slugs_beside = None
        taken.add(page.slug)
        # Checking may have corrected the title.
        page.draft_title = page.title
        page.set_url_path(parent)
        page._state.adding, page._state.db = False, connection.alias
        # Nobody can have commented on it.
        page.put_rows({COMMENTS_RELATION_NAME: []})


def _log(pages: Iterable[ContentPage], by: Any) -> None:
    entries = []
    for page in pages:
        entries.append(log_entry(page, "wagtail.create", page.owner))
        entries.append(
            log_entry(page, "wagtail.publish", by, revision=page.live_revision)
        )
    PageLogEntry.objects.bulk_create(entries)

"""Thousands of bare pages in a few statements, for demonstrations and measurements.

They stand in the tree and can be visited. What nobody will miss there is left out:
revisions, versions, log entries, and the indexes for searching and references. Pages
people rely on go through core/bulk_loading.py or are published one by one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone

from wagtail.models import Page

from core.models import ContentPage


@transaction.atomic
def add_bare_pages(parent: Page, pages: Sequence[ContentPage]) -> None:
    """Add live pages of one type below a page. Their slugs must be free there."""
    if pages:
        place_below(parent, pages)
        insert_pages(type(pages[0]), pages)
        count_below(parent, pages)


def count_below(parent: Page, pages: Sequence[ContentPage]) -> None:
    """Let a page know that so many more stand right below it."""
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))


def place_below(parent: Page, pages: Sequence[Any]) -> None:
    """Give pages in memory the next places below a page, and what goes with a place."""
    below = Page.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)
    last = below.aggregate(last=Max("path"))["last"]
    taken = Page._str2int(last[-Page.steplen :]) if last else 0
    now = timezone.now()
    for number, page in enumerate(pages, start=taken + 1):
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, number)
        page.numchild = 0
        page.url_path = f"{parent.url_path}{page.slug}/"
        kind = ContentType.objects.get_for_model(type(page))
        page.content_type_id, page.locale_id = kind.pk, parent.locale_id
        page.live, page.draft_title = True, page.title
        page.first_published_at = page.last_published_at = now


def insert_pages(model: type[ContentPage], pages: Sequence[Any]) -> None:
    """Write the rows of both tables for pages of one type that have their places.

    Django's bulk_create refuses models whose rows lie in two tables; this is what its
    own save() calls for each of them.
    """
    stem: Any = Page._base_manager
    columns = [field for field in Page._meta.concrete_fields if not field.primary_key]
    for some in _batches(pages, columns):
        keys = stem._insert(
            some,
            fields=columns,
            returning_fields=[Page._meta.pk],
            using=connection.alias,
        )
        for page, (key,) in zip(some, keys, strict=True):
            page.id = page.page_ptr_id = key
    own: Any = model._base_manager
    fields = list(model._meta.local_concrete_fields)
    for some in _batches(pages, fields):
        own._insert(some, fields=fields, using=connection.alias)


def _batches(pages: Sequence[Any], fields: list[Any]) -> Iterator[Sequence[Any]]:
    most = min(connection.ops.bulk_batch_size(fields, list(pages)), 1000)
    for start in range(0, len(pages), most):
        yield pages[start : start + most]

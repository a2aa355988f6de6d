"""Every route raises the same few signals; all of them end here.

All are sent inside the transaction of their action (core/publishing.py).
"""

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from core.bulk_publishing import Published, pages_published
from core.changes import current_action
from core.holders import refuse_if_named_elsewhere
from core.models import ContentPage, VersionedSnippet
from core.publishing import deleting_page
from history.content import page_models, snippet_models
from history.recording import (
    record,
    record_all,
    record_move,
    record_page_deletion,
    record_removal,
    record_unpublish,
)
from history.trash.keeping import keep


@receiver(page_published)
def record_publish(instance: Any, **kwargs: Any) -> None:
    """Record the publish, unless the page was only scheduled and is not live yet."""
    if isinstance(instance, ContentPage) and instance.live:
        record(instance)


@receiver(pages_published)
def record_publishes(published: Sequence[Published], **kwargs: Any) -> None:
    """Record many publishes at once, as versions of one change."""
    record_all([one.page for one in published])


@receiver(published)
def record_snippet_publish(instance: Any, **kwargs: Any) -> None:
    """Record the publish of a snippet that carries facts. (Pages have their own.)"""
    if isinstance(instance, VersionedSnippet) and instance.live:
        record(instance)


@receiver(page_unpublished)
def record_page_unpublish(instance: Any, **kwargs: Any) -> None:
    """Record that a page was taken from public view."""
    if isinstance(instance, ContentPage):
        record_unpublish(instance)


@receiver(unpublished)
def record_snippet_unpublish(instance: Any, **kwargs: Any) -> None:
    """Record that a snippet was taken from public view."""
    if isinstance(instance, VersionedSnippet):
        record_unpublish(instance)


@receiver(post_page_move)
def record_page_move(instance: Page, **kwargs: Any) -> None:
    """Record that a page stands elsewhere. Its place among its siblings is no fact."""
    page = instance.specific
    if isinstance(page, ContentPage):
        record_move(page)


@receiver(deleting_page)
def record_deletion(instance: Page, **kwargs: Any) -> None:
    """Record that a page goes, with everything below it, and keep it in the trash."""
    versions = record_page_deletion(instance)
    keep(instance, changeset=versions[0].changeset if versions else None)


def record_cascade(instance: Any, **kwargs: Any) -> None:
    """Record what is deleted past the action for pages: snippets, whole querysets."""
    removed = record_removal(instance)
    action = current_action()
    goes_with_page = action is not None and action.kind == "delete"
    if isinstance(instance, VersionedSnippet) and not goes_with_page:
        refuse_if_named_elsewhere([instance])
    if removed is not None and goes_with_page:
        # The CMS logs the page only.
        log(instance, "wagtail.delete", deleted=True)


# For these models alone: a receiver of everything would slow every deletion down.
for _page_model in page_models():
    pre_delete.connect(record_cascade, sender=_page_model)
for _snippet_model in snippet_models():
    pre_delete.connect(record_cascade, sender=_snippet_model)

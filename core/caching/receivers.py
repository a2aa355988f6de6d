"""The moments at which something visible changes; all end in rules.py or here.

Each is a signal sent in the transaction of the change.
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from core.bulk_publishing import Published, pages_published
from core.caching.purging import purge_after_commit
from core.caching.rules import touched_by_publish
from core.caching.stamps import touch, touch_everything
from core.changes import SAID, current_action
from core.models import ContentPage, VersionedSnippet
from core.publishing import deleting_page

# What pages show beside pages. What is new there is on no page yet.
BESIDE_PAGES = ("photos.Photo", "photos.LicenceType")
# Who may read what, and under which name the wiki is known.
OF_THE_SITE = ("wagtailcore.Site", "wagtailcore.PageViewRestriction")


@receiver(page_published)
def touch_what_a_publish_shows(instance: Page, revision: Any, **kwargs: Any) -> None:
    """Touch the neighbours of what was published, or everything."""
    if not instance.live or not isinstance(instance, ContentPage):
        return  # Only scheduled; or a page of no kind of ours.
    action = current_action()
    said = action.notes.get(SAID) if action is not None else None
    topics = touched_by_publish(instance, said, revision.content)
    touch(*topics)
    purge_after_commit(topics, instance)


@receiver(pages_published)
def touch_what_publishes_show(published: Sequence[Published], **kwargs: Any) -> None:
    """The same for many that were live before."""
    topics: set[str] = set()
    for one in published:
        topics |= touched_by_publish(one.page, one.said, one.revision.content)
    touch(*topics)
    purge_after_commit(topics, *(one.page for one in published))


@receiver(deleting_page)
def touch_what_goes(instance: Page, **kwargs: Any) -> None:
    """Anything may have shown what is gone."""
    touch_everything()
    purge_after_commit((), instance)


@receiver(page_unpublished)
def touch_what_is_taken_down(instance: Page, **kwargs: Any) -> None:
    """The same. (Each page that is deleted is taken down before.)"""
    if not _is_being_deleted():
        touch_what_goes(instance)


@receiver(post_page_move)
def touch_what_moved(instance: Page, url_path_before: str, **kwargs: Any) -> None:
    """A page has another address, and so has all that stands below it."""
    touch_everything()
    before = copy(instance)
    before.url_path = url_path_before
    purge_after_commit((), before)
    purge_after_commit((), instance)


@receiver(page_slug_changed)
def touch_what_was_renamed(
    instance: Page, instance_before: Page, **kwargs: Any
) -> None:
    """The same for a page that stays in its place. Sent after the commit."""
    touch_everything()
    purge_after_commit((), instance_before)


def touch_all(**kwargs: Any) -> None:
    """For what cannot be said to show here or there."""
    touch_everything()


def touch_all_unless_new(created: bool, **kwargs: Any) -> None:
    """The same for what nothing shows when it has just been made."""
    if not created:
        touch_everything()


def touch_all_unless_draft(update_fields: Any, **kwargs: Any) -> None:
    """The same for snippets: of a new draft only a few columns are saved."""
    if update_fields is None:
        touch_everything()


def touch_all_past_the_action(**kwargs: Any) -> None:
    """The same for what is deleted by itself, and not with a page above it."""
    if not _is_being_deleted():
        touch_everything()


def _is_being_deleted() -> bool:
    """Whether an action deletes pages at the moment; it has touched everything."""
    action = current_action()
    return action is not None and action.kind == "delete"


def connect_models() -> None:
    """Listen to the models themselves, once all are loaded."""
    when_saved: dict[type[Model], Callable[..., None]] = {
        **dict.fromkeys(map(apps.get_model, OF_THE_SITE), touch_all),
        **dict.fromkeys(map(apps.get_model, BESIDE_PAGES), touch_all_unless_new),
        **dict.fromkeys(_kinds_of(VersionedSnippet), touch_all_unless_draft),
    }
    for model, touched in when_saved.items():
        post_save.connect(touched, sender=model)
    # Pages too: whole querysets are deleted past the actions of the CMS.
    for model in (*when_saved, *_kinds_of(ContentPage)):
        post_delete.connect(touch_all_past_the_action, sender=model)
    m2m_changed.connect(touch_all, sender=PageViewRestriction.groups.through)


def _kinds_of(kind: type[Model]) -> list[type[Model]]:
    return [model for model in apps.get_models() if issubclass(model, kind)]

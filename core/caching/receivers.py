"""The moments at which something visible changes; all end in rules.py or here.

Each is a signal sent in the transaction of the change.
"""

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
    published,
    unpublished,
)

from core.caching.rules import touched_by_publish
from core.caching.stamps import touch, touch_everything
from core.changes import SAID, current_action
from core.models import ContentPage, VersionedSnippet
from core.publishing import deleting_page

# What pages show that has no versions. A new photo is on no page yet.
WITHOUT_VERSIONS = {
    "photos.Photo": "unless new",
    "photos.LicenceType": "unless new",
    "wagtailcore.Site": "always",
    "wagtailcore.PageViewRestriction": "always",
}


@receiver(page_published)
@receiver(published)
def touch_what_a_publish_shows(
    instance: Any, revision: Any, signal: Any, **kwargs: Any
) -> None:
    """Touch the neighbours of what was published, or everything."""
    if isinstance(instance, Page) and signal is published:
        return  # Pages send both.
    if not getattr(instance, "live", True):
        return  # Only scheduled.
    action = current_action()
    said = action.notes.get(SAID) if action is not None else None
    touch(*touched_by_publish(instance, said, revision.content))


def touch_all(**kwargs: Any) -> None:
    """For signals after which nothing can be said to be as before."""
    touch_everything()


def touch_all_unless_new(created: bool = False, **kwargs: Any) -> None:
    """The same for what nothing names when it has just been made."""
    if not created:
        touch_everything()


for _signal in (
    *(page_unpublished, unpublished, post_page_move, page_slug_changed),
    deleting_page,
):
    _signal.connect(touch_all)
m2m_changed.connect(touch_all, sender=PageViewRestriction.groups.through)


def connect_models() -> None:
    """Listen to the models themselves, once all are loaded."""
    for label, when in WITHOUT_VERSIONS.items():
        model = apps.get_model(label)
        saved = touch_all if when == "always" else touch_all_unless_new
        post_save.connect(saved, sender=model)
        post_delete.connect(touch_all, sender=model)
    for model in _versioned_models():
        # Past the actions of the CMS: whole querysets, commands.
        post_delete.connect(touch_all, sender=model)


def _versioned_models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, ContentPage | VersionedSnippet)
    ]

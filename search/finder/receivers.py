"""What may change the answer of the finder, by every route, in its transaction.

Publishing, unpublishing, moving and deleting send signals of their own. What else
writes a ride (a restore, a status whose day has come) is seen by its save.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import Signal

from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.bulk_loading import is_indexing_paused, pages_loaded
from core.bulk_publishing import Published, pages_published
from core.changes import current_action
from core.publishing import deleting_page
from parks.models import CompanyPage, ParkPage, RidePage
from search.finder.actions import forget, keep_in_step, note_change, note_everything
from search.finder.models import RideFacts

NOTE = "rides of the finder"
# These send a signal when their rows are stored.
TOLD_ABOUT = frozenset({"publish", "unpublish", "delete"})
COLUMNS = frozenset({"status", "live", "title", "category", "lead_photo"})


def connect() -> None:
    """Listen to all of it, once."""
    _listen(page_published, _ride_published, RidePage)
    # Also sent, while its row is still live, for what is about to be deleted.
    _listen(page_unpublished, _ride_going, RidePage)
    for signal in (page_published, page_unpublished):
        _listen(signal, _park_changed, ParkPage)
        _listen(signal, _company_changed, CompanyPage)
    _listen(post_page_move, _moved, None)
    _listen(deleting_page, _going, None)
    _listen(pre_delete, _ride_going, RidePage)
    _listen(post_save, _ride_saved, RidePage)
    for signal in (post_save, post_delete):
        _listen(signal, _access_changed, PageViewRestriction)
    _listen(pre_delete, _photo_going, get_image_model())
    _listen(pages_loaded, _loaded, None)
    _listen(pages_published, _published, None)


def _listen(signal: Signal, receiver: Any, sender: Any) -> None:
    # Weak references would let the functions go; one name each keeps them single.
    name = f"finder.{receiver.__name__}.{id(signal)}"
    signal.connect(receiver, sender=sender, weak=False, dispatch_uid=name)


def _ride_published(instance: Any, **kwargs: Any) -> None:
    if not is_indexing_paused():
        keep_in_step([instance.pk])


def _park_changed(instance: Any, **kwargs: Any) -> None:
    # Its country is read with its rides.
    if not is_indexing_paused():
        note_change(parks=[instance.pk])


def _loaded(pages: list[Page], **kwargs: Any) -> None:
    keep_in_step(page.pk for page in pages if isinstance(page, RidePage))
    # Other facts of parks and companies may be read with rides of before.
    note_everything()


def _published(published: list[Published], **kwargs: Any) -> None:
    pages = [one.page for one in published]
    keep_in_step(page.pk for page in pages if isinstance(page, RidePage))
    parks = [page.pk for page in pages if isinstance(page, ParkPage)]
    companies = [page.pk for page in pages if isinstance(page, CompanyPage)]
    touring = RideFacts.objects.filter(operator__in=companies).values_list("pk")
    note_change(parks=parks, rides=[key for (key,) in touring] if companies else ())


def _company_changed(instance: Any, **kwargs: Any) -> None:
    if instance.numchild and not is_indexing_paused():
        touring = RideFacts.objects.filter(operator=instance.pk)
        note_change(rides=touring.values_list("pk", flat=True))


def _moved(instance: Page, **kwargs: Any) -> None:
    keep_in_step(_rides_at(instance))
    if instance.numchild:
        note_everything()  # other sections may be closed to the public


def _going(instance: Page, **kwargs: Any) -> None:
    forget(_rides_at(instance))


def _ride_going(instance: Any, **kwargs: Any) -> None:
    action = current_action()
    if action is None or action.kind != "delete":
        # A deletion has told about all of them at once.
        forget([instance.pk])


def _ride_saved(
    instance: Any, update_fields: frozenset[str] | None, raw: bool, **kwargs: Any
) -> None:
    if raw or (update_fields is not None and not COLUMNS & set(update_fields)):
        return
    action = current_action()
    if action is None and update_fields is not None:
        keep_in_step([instance.pk])
    elif action is None:
        # Rows are written after the page they belong to.
        transaction.on_commit(partial(keep_in_step, [instance.pk]))
    elif action.kind not in TOLD_ABOUT:
        if NOTE not in action.notes:
            action.notes[NOTE] = set()
            action.at_end.append(lambda: keep_in_step(action.notes[NOTE]))
        action.notes[NOTE].add(instance.pk)


def _access_changed(**kwargs: Any) -> None:
    note_everything()


def _photo_going(instance: Any, **kwargs: Any) -> None:
    rides = list(
        RidePage.objects.filter(lead_photo=instance.pk).values_list("pk", flat=True)
    )
    if rides:
        transaction.on_commit(partial(keep_in_step, rides))


def _rides_at(page: Page) -> list[int]:
    rides = RidePage.objects.filter(path__startswith=page.path)
    return list(rides.values_list("pk", flat=True))

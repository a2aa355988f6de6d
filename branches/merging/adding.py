"""Writing pages that are new: those that stand equally deep together."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from wagtail.models import Page

from branches.merging.creating import new_page
from branches.merging.items import ItemPlan
from branches.models import ItemOperation
from branches.refusals import MergeRefused
from core.bulk_adding import Added, add_and_publish
from core.bulk_loading import publish_first
from core.models import ContentPage
from core.references import reading_together
from core.refusals import NotPublishable
from core.sayings import saying as _
from history.heads import heads_of
from history.reverting.publishing import FEW, Words
from history.subjects import subjects_of


def add_all(items: Sequence[ItemPlan], by: Any, words: Words) -> None:
    """Add what is new, what stands above other new pages first.

    Raises MergeRefused when a page it shall stand under is not public any more,
    NotPublishable.
    """
    added = places_of_new(items)

    def steps(item: ItemPlan) -> int:
        return steps_down(item.item.object_uuid, added)

    for _depth, level in groupby(sorted(items, key=steps), key=steps):
        some = list(level)
        if len(some) < FEW or not _add_together(some, by, words):
            for item in some:
                _add(item, by, words)


def places_of_new(items: Iterable[ItemPlan]) -> dict[UUID, UUID | None]:
    """The page that each new one shall stand under."""
    return {
        item.item.object_uuid: item.item.place_uuid
        for item in items
        if item.item.operation == ItemOperation.CREATE
    }


def steps_down(uuid: UUID, added: Mapping[UUID, UUID | None]) -> int:
    """How many pages above a new one are new themselves."""
    steps = 0
    while (above := added.get(uuid)) is not None and steps <= len(added):
        uuid, steps = above, steps + 1
    return steps


def place_for(item: ItemPlan) -> ContentPage:
    """The page it shall stand under, as it is now: its row changes with what comes.

    Nobody else changes it until the end of the transaction. Raises MergeRefused.
    """
    known = item.place or _named([item]).get(item.item.place_uuid)
    places = type(known)._base_manager if known is not None else Page.objects.none()
    found = places.select_for_update(no_key=True).filter(pk=known and known.pk)
    return _public(item, found.first())


def _public(item: ItemPlan, place: Any) -> ContentPage:
    if not isinstance(place, ContentPage) or not place.live:
        gone = place or item.place or item.item.place_uuid
        raise MergeRefused(_("“%(title)s” is not public any more.") % {"title": gone})
    return place


def _named(items: Iterable[ItemPlan], *, hold: bool = False) -> Mapping[Any, Any]:
    """The pages that these shall stand under, by uuid."""
    uuids = {item.item.place_uuid for item in items if item.item.place_uuid}
    return subjects_of(heads_of(uuids).values(), hold=hold)


def _add_together(items: Sequence[ItemPlan], by: Any, words: Words) -> bool:
    """Whether it could be done; the database may have a rule against one of them."""
    places = _named(items, hold=True)
    with reading_together((item.model, item.item.content) for item in items):
        added = [
            Added(_draft(item, words), _public(item, places.get(item.item.place_uuid)))
            for item in items
        ]
        try:
            add_and_publish(added, by=by)
        except IntegrityError:
            # Whoever goes one by one is told which of them it is.
            return False
    return True


def _add(item: ItemPlan, by: Any, words: Words) -> None:
    page = _draft(item, words)
    try:
        publish_first(page, place_for(item), by=by)
    except ValidationError as error:
        raise NotPublishable(page, error.messages) from error
    except IntegrityError as error:
        taken = _("It, or something on it, is part of another page already.")
        raise NotPublishable(page, [taken]) from error


def _draft(item: ItemPlan, words: Words) -> ContentPage:
    page = new_page(item.item)
    page.change_reason, page.change_source = words.reason, words.source
    return page

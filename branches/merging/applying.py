"""Writing what a merge has decided, object by object, inside its one action."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wagtail.actions.delete_page import DeletePageAction

from branches.merging.creating import new_page
from branches.merging.items import TEXT_ONLY, ItemPlan
from branches.merging.planning import heads_of
from branches.models import ItemOperation, Proposal
from branches.refusals import MergeRefused
from core.bulk_loading import publish_first
from core.changes import current_action
from core.drafting import make_ready
from core.models import ContentPage
from core.refusals import NotPublishable
from history.recording import MOVES_WITH_EDIT
from history.reverting.contents import Content, drafted, facts_of, stored_data
from history.reverting.publishing import Words, publish_edit, publish_edits
from history.subjects import subjects_of


def apply(items: Iterable[ItemPlan], proposal: Proposal, *, by: Any) -> None:
    """Write them, what is new first, so that what is moved there finds it.

    Approval gives the right to publish: who may approve was asked before.
    """
    words = Words(proposal.reason, proposal.source)
    ordered = in_order(items)
    texts = [item for item in ordered if item.item.operation in TEXT_ONLY]
    apart = [item for item in texts if _moves_others(item, texts)]
    together = [item for item in texts if not _moves_others(item, texts)]
    others = [item for item in ordered if item.item.operation not in TEXT_ONLY]
    for item in [one for one in others if one.item.operation not in _REMOVALS]:
        _DEEDS[ItemOperation(item.item.operation)](item, by, words)
    for item in apart:
        _edit(item, by, words)
    publish_edits(_as_they_are(together), by, words)
    for item in [one for one in others if one.item.operation in _REMOVALS]:
        _DEEDS[ItemOperation(item.item.operation)](item, by, words)


def _moves_others(item: ItemPlan, among: Iterable[ItemPlan]) -> bool:
    """Whether other objects have another address once this one is renamed."""
    subject = item.subject
    if not isinstance(subject, ContentPage) or item.after.get("slug") == subject.slug:
        return False
    return subject.numchild > 0 and any(
        other.subject.path.startswith(subject.path)
        for other in among
        if other is not item and isinstance(other.subject, ContentPage)
    )


def _as_they_are(items: Sequence[ItemPlan]) -> list[ItemPlan]:
    """The same with their objects read once more: others may have moved them."""
    versions = [item.head for item in items if item.head]
    subjects = subjects_of(versions)
    fresh = [replace(item, subject=subjects[item.item.object_uuid]) for item in items]
    for item in fresh:
        _refuse_if_hidden(item)
    make_ready([one for one in subjects.values() if isinstance(one, ContentPage)])
    return fresh


def in_order(items: Iterable[ItemPlan]) -> list[ItemPlan]:
    """What is added from the top down, what goes from the bottom up."""
    items = list(items)
    added = {
        item.item.object_uuid: item.item.place_uuid
        for item in items
        if item.item.operation == ItemOperation.CREATE
    }

    def rank(item: ItemPlan) -> tuple[int, int]:
        operation = ItemOperation(item.item.operation)
        depth = _steps_down(item.item.object_uuid, added)
        if operation in _REMOVALS and isinstance(item.subject, ContentPage):
            depth = -item.subject.depth
        return ORDER.index(operation), depth

    return sorted(items, key=rank)


def _steps_down(uuid: UUID, added: Mapping[UUID, UUID | None]) -> int:
    """How many pages above a new one are new themselves."""
    steps = 0
    while (above := added.get(uuid)) is not None and steps <= len(added):
        uuid, steps = above, steps + 1
    return steps


def _edit(item: ItemPlan, by: Any, words: Words) -> None:
    _refuse_if_hidden(item)
    publish_edit(item, by, words, skip_permission_checks=True)


def _refuse_if_hidden(item: ItemPlan) -> None:
    if not item.subject.live:
        raise MergeRefused(
            _(
                "“%(title)s” is not public at the moment, so nothing was published. "
                "Publish the page first, or reject the suggestion."
            )
            % {"title": item.item.title}
        )


def _create(item: ItemPlan, by: Any, words: Words) -> None:
    place = _place(item)
    page = new_page(item.item)
    page.change_reason, page.change_source = words.reason, words.source
    try:
        publish_first(page, place, by=by)
    except ValidationError as error:
        raise NotPublishable(page, error.messages) from error


def _move(item: ItemPlan, by: Any, words: Words) -> None:
    """Move it and edit it where it arrives: one version says both."""
    place = _place(item)
    if item.place is None:
        item = replace(item, after=_arriving(item, place))
    is_edited, action = item.before != item.after, current_action()
    model, key = type(item.subject), item.subject.pk
    if is_edited and action is not None:
        action.notes.setdefault(MOVES_WITH_EDIT, set()).add(item.item.object_uuid)
    slug = item.after.get("slug")
    if slug and slug != item.before.get("slug"):
        # The one it has may be taken where it goes.
        model._base_manager.filter(pk=key).update(slug=slug)
    page = model._base_manager.get(pk=key)
    page.move(place, pos="last-child", user=by)
    if is_edited:
        moved = model._base_manager.get(pk=key)
        _edit(replace(item, subject=moved), by, words)


def _arriving(item: ItemPlan, place: Any) -> Content:
    """What it says once it stands under a page that was added a moment ago."""
    subject = item.subject
    draft: Any = drafted(subject, stored_data(subject), item.after)
    draft.arrive(place)
    return facts_of(draft)


def _unpublish(item: ItemPlan, by: Any, words: Words) -> None:
    item.subject.unpublish(user=by, log_action=True)


def _delete(item: ItemPlan, by: Any, words: Words) -> None:
    # What stood below it may have gone a moment ago.
    subject = type(item.subject)._base_manager.get(pk=item.subject.pk)
    if isinstance(subject, ContentPage):
        DeletePageAction(subject, user=by).execute(skip_permission_checks=True)
    else:
        subject.delete()


def _place(item: ItemPlan) -> Any:
    """The page it shall stand under, as it is now: its row changes with what comes."""
    uuid = item.item.place_uuid
    known = item.place
    if known is None:
        known = subjects_of(heads_of([uuid] if uuid else []).values()).get(uuid)
    place = None
    if known is not None:
        places = type(known)._base_manager.select_for_update(no_key=True)
        place = places.filter(pk=known.pk, live=True).first()
    if place is None:
        raise MergeRefused(
            _("“%(title)s” is not public any more.") % {"title": known or uuid}
        )
    return place


_REMOVALS = (ItemOperation.UNPUBLISH, ItemOperation.DELETE)
ORDER = [
    ItemOperation.CREATE,
    ItemOperation.MOVE,
    ItemOperation.RENAME,
    ItemOperation.EDIT,
    ItemOperation.UNPUBLISH,
    ItemOperation.DELETE,
]
_DEEDS: dict[ItemOperation, Callable[[ItemPlan, Any, Words], None]] = {
    ItemOperation.CREATE: _create,
    ItemOperation.MOVE: _move,
    ItemOperation.UNPUBLISH: _unpublish,
    ItemOperation.DELETE: _delete,
}

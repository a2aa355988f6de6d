"""Writing what a merge has decided, object by object, inside its one action."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from wagtail.actions.delete_page import DeletePageAction

from branches.merging.adding import add_all, place_for, places_of_new, steps_down
from branches.merging.items import ItemPlan
from branches.models import ItemOperation, Proposal
from branches.models.items import REMOVALS, TEXT_ONLY
from core.drafting import make_ready
from core.models import ContentPage
from history.reverting.contents import Content, drafted, facts_of, stored_data
from history.reverting.publishing import (
    Words,
    keep_edit,
    publish_edit,
    publish_edits,
    publish_elsewhere,
)
from history.subjects import subjects_of


def apply(items: Iterable[ItemPlan], proposal: Proposal, *, by: Any) -> None:
    """Write them, what is new first, so that what is moved there finds it.

    Approval gives the right to publish: who may approve was asked before.
    """
    words = Words(proposal.reason, proposal.source)
    ordered = in_order(items)
    drafts = [item for item in ordered if item.becomes_draft]
    texts = [
        item
        for item in ordered
        if item.item.operation in TEXT_ONLY and not item.becomes_draft
    ]
    apart = [item for item in texts if _moves_others(item, texts)]
    together = [item for item in texts if not _moves_others(item, texts)]
    add_all(_of(ordered, ItemOperation.CREATE), by, words)
    for item in _of(ordered, ItemOperation.MOVE):
        _move(item, by, words)
    for item in drafts:
        _keep_as_draft(item, proposal.author, by, words)
    for item in apart:
        publish_edit(item, by, words, skip_permission_checks=True)
    publish_edits(_as_they_are(together), by, words)
    for item in _of(ordered, ItemOperation.UNPUBLISH):
        item.subject.unpublish(user=by, log_action=True)
    for item in _of(ordered, ItemOperation.DELETE):
        _delete(item, by)


def _of(items: Iterable[ItemPlan], operation: ItemOperation) -> list[ItemPlan]:
    return [item for item in items if item.item.operation == operation]


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
    make_ready([one for one in subjects.values() if isinstance(one, ContentPage)])
    return fresh


def in_order(items: Iterable[ItemPlan]) -> list[ItemPlan]:
    """What is added from the top down, what goes from the bottom up."""
    items = list(items)
    added = places_of_new(items)

    def rank(item: ItemPlan) -> tuple[int, int]:
        operation = ItemOperation(item.item.operation)
        depth = steps_down(item.item.object_uuid, added)
        if operation in REMOVALS and isinstance(item.subject, ContentPage):
            depth = -item.subject.depth
        return ORDER.index(operation), depth

    return sorted(items, key=rank)


def _keep_as_draft(item: ItemPlan, author: Any, by: Any, words: Words) -> None:
    """Whoever publishes the page once more publishes this with it."""
    # It may have been moved a moment ago.
    page = type(item.subject)._base_manager.get(pk=item.subject.pk)
    revision = keep_edit(replace(item, subject=page), by, words, is_checked=True)
    if revision is not None:
        revision.user = author
        revision.save(update_fields=["user"])


def _move(item: ItemPlan, by: Any, words: Words) -> None:
    """Move it and edit it where it arrives: one version says both."""
    place = place_for(item)
    if item.place is None:
        item = replace(item, after=_arriving(item, place))
    publish_elsewhere(
        item,
        place,
        by,
        words,
        with_text=not item.becomes_draft,
        skip_permission_checks=True,
    )


def _arriving(item: ItemPlan, place: Any) -> Content:
    """What it says once it stands under a page that was added a moment ago."""
    subject = item.subject
    draft: Any = drafted(subject, stored_data(subject), item.after)
    draft.arrive(place)
    return facts_of(draft)


def _delete(item: ItemPlan, by: Any) -> None:
    # What stood below it may have gone a moment ago.
    subject = type(item.subject)._base_manager.get(pk=item.subject.pk)
    if isinstance(subject, ContentPage):
        DeletePageAction(subject, user=by).execute(skip_permission_checks=True)
    else:
        subject.delete()


ORDER = [
    ItemOperation.CREATE,
    ItemOperation.MOVE,
    ItemOperation.RENAME,
    ItemOperation.EDIT,
    ItemOperation.UNPUBLISH,
    ItemOperation.DELETE,
]

"""Writing what a merge has decided, object by object, inside its one action."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from branches.merging.creating import new_page
from branches.merging.plans import ItemPlan
from branches.models import ItemOperation, Proposal
from branches.refusals import MergeRefused
from core.bulk_loading import publish_first
from core.refusals import NotPublishable
from core.wording import in_a_sentence
from history.reverting.publishing import Words, publish_edit


def apply(items: Iterable[ItemPlan], proposal: Proposal, *, by: Any) -> None:
    """Write them, what is new first, so that what is moved there finds it.

    Approval gives the right to publish: who may approve was asked before.
    """
    words = Words(proposal.reason, proposal.source)
    ordered = sorted(
        items, key=lambda item: _ORDER.index(ItemOperation(item.item.operation))
    )
    for item in ordered:
        _DEEDS[ItemOperation(item.item.operation)](item, by, words)


def _edit(item: ItemPlan, by: Any, words: Words) -> None:
    if not item.subject.live:
        raise MergeRefused(
            _(
                "“%(title)s” is not public at the moment, so nothing was published. "
                "Publish the page first, or reject the suggestion."
            )
            % {"title": item.item.title}
        )
    publish_edit(item, by, words, skip_permission_checks=True)


def _create(item: ItemPlan, by: Any, words: Words) -> None:
    # As it is now: what is added changes the row of the page above.
    places = type(item.place)._base_manager.select_for_update(no_key=True)
    place = places.filter(pk=item.place.pk, live=True).first()
    if place is None:
        raise MergeRefused(
            _("“%(title)s” is not public any more.") % {"title": item.place}
        )
    page = new_page(item.item)
    page.change_reason, page.change_source = words.reason, words.source
    try:
        publish_first(page, place, by=by)
    except ValidationError as error:
        raise NotPublishable(page, error.messages) from error


def _not_yet(item: ItemPlan, by: Any, words: Words) -> None:
    what = in_a_sentence(item.item.get_operation_display())
    raise MergeRefused(_("To %(what)s a page cannot be proposed yet.") % {"what": what})


_ORDER = [
    ItemOperation.CREATE,
    ItemOperation.MOVE,
    ItemOperation.RENAME,
    ItemOperation.EDIT,
    ItemOperation.UNPUBLISH,
    ItemOperation.DELETE,
]
_DEEDS: dict[ItemOperation, Callable[[ItemPlan, Any, Words], None]] = {
    **dict.fromkeys(ItemOperation, _not_yet),
    ItemOperation.CREATE: _create,
    ItemOperation.EDIT: _edit,
    ItemOperation.RENAME: _edit,
}

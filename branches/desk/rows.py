"""The objects of a branch as its page in the admin lists them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from branches.merging.items import ItemPlan
from branches.merging.plans import plan_merge
from branches.models import ItemOperation, Proposal, ProposalItem
from branches.refusals import MergeRefused
from branches.states import UNSETTLED
from history.heads import heads_of
from history.models import ObjectHead, Operation
from history.subjects import subjects_of

_REMOVALS = (ItemOperation.UNPUBLISH, ItemOperation.DELETE)
_GONE = (Operation.UNPUBLISH, Operation.DELETE)


@dataclass(frozen=True, slots=True)
class Row:
    """One of them: what would be done, and what stands in its way now."""

    item: ProposalItem
    place: str = ""
    has_main_moved: bool = False
    conflicts: int = 0
    problems: Sequence[str] = field(default_factory=tuple)

    @property
    def is_editable(self) -> bool:
        """Whether it has a text that could be written on."""
        return bool(self.item.model) and self.item.operation not in _REMOVALS


def rows_of(branch: Proposal, items: Sequence[ProposalItem]) -> list[Row]:
    """Some objects of a branch.

    Only those are planned whose surroundings have changed since they were put there:
    a plan reads all that is known of a page, and there may be fifty of them. Raises
    MergeRefused when a text that is needed is hidden or damaged.
    """
    places = _places(branch, items)
    plans: dict[Any, ItemPlan] = {}
    doubtful = _doubtful(items) if branch.state in UNSETTLED else []
    if doubtful:
        plan = plan_merge(branch, only=_needed(doubtful))
        plans = {planned.item.pk: planned for planned in plan.items}
    return [_row(item, plans.get(item.pk), places) for item in items]


def rows_or_bare(
    branch: Proposal, items: Sequence[ProposalItem]
) -> tuple[list[Row], MergeRefused | None]:
    """The rows, without what stands in their way where that cannot be told."""
    try:
        return rows_of(branch, items), None
    except MergeRefused as refused:
        places = _places(branch, items)
        return [_row(item, None, places) for item in items], refused


def _doubtful(items: Sequence[ProposalItem]) -> list[ProposalItem]:
    """Those in whose way something could stand by now."""
    uuids = {uuid for i in items for uuid in (i.object_uuid, i.place_uuid) if uuid}
    known = ObjectHead.objects.filter(object_uuid__in=uuids, version__isnull=False)
    heads: dict[Any, tuple[Any, str]] = {
        uuid: (version, operation)
        for uuid, version, operation in known.values_list(
            "object_uuid", "version", "version__operation"
        )
    }
    return [item for item in items if _is_doubtful(item, heads)]


def _is_doubtful(item: ProposalItem, heads: dict[Any, tuple[Any, str]]) -> bool:
    version, _last = heads.get(item.object_uuid, (None, ""))
    if item.operation == ItemOperation.EDIT:
        return bool(version != item.base_id)
    if item.operation == ItemOperation.CREATE:
        _version, last = heads.get(item.place_uuid, (None, ""))
        return version is not None or last in _GONE
    return True


def _needed(items: Sequence[ProposalItem]) -> QuerySet[ProposalItem]:
    """Them and those without which they cannot be judged: new pages they stand under,
    and what else goes where something goes."""
    needed = Q(pk__in=[item.pk for item in items]) | Q(
        operation=ItemOperation.CREATE,
        object_uuid__in=[item.place_uuid for item in items if item.place_uuid],
    )
    if any(item.operation in _REMOVALS for item in items):
        needed |= Q(operation__in=_REMOVALS)
    return ProposalItem.objects.filter(needed)


def _row(item: ProposalItem, plan: ItemPlan | None, places: dict[Any, str]) -> Row:
    place = places.get(item.place_uuid, "")
    if plan is None:
        return Row(item, place)
    return Row(
        item,
        place,
        plan.has_main_moved,
        len(plan.conflicts),
        tuple(problem.message for problem in plan.problems),
    )


def _places(branch: Proposal, items: Sequence[ProposalItem]) -> dict[Any, str]:
    """What the pages are called that something shall stand under."""
    uuids = {item.place_uuid for item in items if item.place_uuid}
    if not uuids:
        return {}
    new = ProposalItem.objects.filter(
        proposal=branch, object_uuid__in=uuids, operation=ItemOperation.CREATE
    )
    names = {
        uuid: _("%(title)s (new)") % {"title": title}
        for uuid, title in new.values_list("object_uuid", "title")
    }
    found = subjects_of(heads_of(uuids - names.keys()).values())
    return names | {uuid: str(subject) for uuid, subject in found.items()}

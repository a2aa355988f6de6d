"""What a branch would do to its pages: in words, and as a comparison with main."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from wagtail.models import Page

from branches.browsing.arranging import Arrangement
from branches.browsing.overlay import arrangement_of
from branches.merging.items import ItemPlan
from branches.merging.plans import MergePlan, plan_merge
from branches.models import ItemOperation, Proposal, ProposalItem
from branches.states import UNSETTLED
from core.models import ContentPage
from history.diff.rendering import render_comparison, render_content
from history.diff.schema import schema_of
from history.heads import heads_of
from history.merging import merge
from history.models import Operation
from history.reading import contents_of_versions
from history.reverting.contents import facts_alone

REMOVALS = (ItemOperation.UNPUBLISH, ItemOperation.DELETE)


@dataclass(frozen=True, slots=True)
class Change:
    """One page of a branch: what becomes of it, from which address to which.

    `plan` is what a merge would do now; none for a branch that is settled.
    """

    item: ProposalItem
    old: str = ""
    new: str = ""
    plan: ItemPlan | None = None
    comparison: SafeString | str = ""

    @property
    def has_new_address(self) -> bool:
        return bool(self.old and self.new and self.old != self.new)

    @property
    def removes(self) -> bool:
        return self.item.operation in REMOVALS


class Comparing:
    """A branch beside main, for one reader."""

    def __init__(self, request: HttpRequest, branch: Proposal) -> None:
        self.request = request
        self.branch = branch
        self.is_unsettled = branch.state in UNSETTLED

    @cached_property
    def arranged(self) -> Arrangement:
        return arrangement_of(self.branch)

    def changes(
        self,
        items: Iterable[ProposalItem],
        plan: MergePlan | None = None,
        *,
        with_texts: bool,
    ) -> list[Change]:
        """These items, with comparisons if asked for. Raises CannotRead."""
        items = list(items)
        planned = {one.item.pk: one for one in plan.items} if plan else {}
        bases = {} if planned or not with_texts else _bases(items)
        return [
            self._change(item, planned.get(item.pk), bases, with_texts)
            for item in items
        ]

    def _change(
        self,
        item: ProposalItem,
        plan: ItemPlan | None,
        bases: Mapping[int, dict[str, Any]],
        with_texts: bool,
    ) -> Change:
        old, new = self._addresses(item) if self.is_unsettled else ("", "")
        texts: tuple[Any, Any] | None = None
        if with_texts and item.operation not in REMOVALS:
            if plan is not None:
                texts = plan.before, plan.after
            elif not self.is_unsettled:
                texts = bases.get(item.base_id or 0, {}), item.content
        comparison = self._shown(item, *texts) if texts else ""
        return Change(item, old, new, plan, comparison)

    def _shown(self, item: ProposalItem, before: Any, after: Any) -> SafeString:
        if item.operation == ItemOperation.CREATE:
            return render_content(item.model, after, request=self.request)
        return render_comparison(item.model, before, after, request=self.request)

    def _addresses(self, item: ProposalItem) -> tuple[str, str]:
        if not issubclass(item.model, ContentPage):
            return "", ""
        spot = self.arranged.spot(item.object_uuid)
        if spot is None:
            return "", ""
        at = None if spot.is_gone else self.arranged.standing(spot)
        old = self._url(spot.published.address) if spot.published else ""
        return old, self._url(at.address) if at else ""

    def _url(self, address: str) -> str:
        return Page(url_path=address).get_url(self.request) or ""


def plan_of(branch: Proposal, items: QuerySet[ProposalItem]) -> MergePlan:
    """What a merge would do to these items, judged beside the others it needs.

    Raises MergeRefused.
    """
    keys = set(items.values_list("pk", flat=True))
    wanted = keys | _needed_by(branch, keys)
    return plan_merge(branch, only=ProposalItem.objects.filter(pk__in=wanted))


def disputed_among(items: Iterable[ProposalItem]) -> list[ProposalItem]:
    """Those that say something else than main about what main has changed as well.

    In a few queries for any number of them, since whether the outcome would be sound
    is not asked. Raises CannotRead.
    """
    items = [item for item in items if item.base and item.operation not in REMOVALS]
    heads = heads_of(item.object_uuid for item in items)
    bases = [item.base for item in items if item.base]
    contents = contents_of_versions([*bases, *heads.values()], reader=None)
    known = {pk: facts_alone(content) for pk, content in contents.items()}
    found = []
    for item in items:
        head = heads.get(item.object_uuid)
        if head is None or head.operation == Operation.DELETE:
            continue
        base, ours = known[item.base_id or 0], known[head.pk]
        mine = facts_alone(item.content)
        if merge(schema_of(item.model), base, ours=ours, theirs=mine).conflicts:
            found.append(item)
    return found


def _needed_by(branch: Proposal, keys: Collection[int]) -> set[int]:
    """Items below which some of these stand, and those that go with a removal."""
    rows = list(
        branch.items.filter(Q(operation__in=REMOVALS) | Q(operation="create"))
        .order_by()
        .values_list("pk", "object_uuid", "operation")
    )
    chosen = branch.items.filter(pk__in=keys)
    places = set(chosen.values_list("place_uuid", flat=True))
    removes = chosen.filter(operation__in=REMOVALS).exists()
    found = {pk for pk, uuid, operation in rows if uuid in places}
    if removes:
        found |= {pk for pk, _, operation in rows if operation in REMOVALS}
    return found


def _bases(items: Iterable[ProposalItem]) -> dict[int, dict[str, Any]]:
    versions = {item.base_id: item.base for item in items if item.base}
    contents = contents_of_versions(versions.values(), reader=None)
    return {pk: facts_alone(content) for pk, content in contents.items()}

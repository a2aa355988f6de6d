"""Bringing a branch up to date with what main has published since it was begun."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from branches.actions.branching import held_for_work
from branches.actions.drafting import write
from branches.actions.remembering import remember
from branches.actions.standing import look_again
from branches.actions.submitting import checked, review_anew
from branches.merging.items import Choices, ItemPlan, ProblemKind
from branches.merging.plans import MergePlan, plan_merge
from branches.models import ItemOperation, NoteKind, Proposal, ProposalItem
from branches.refusals import RevisedMeanwhile
from branches.states import REVIEWED
from history.content import canonical_text, fingerprint
from history.merging import NoSuchConflict

_WRITTEN = ("base", "content", "content_hash", "author", "changed_at")


@dataclass(frozen=True, slots=True)
class Update:
    """What became of the items that main had left behind.

    `said_already` are those that are off the branch now, since main says the same.
    """

    branch: Proposal
    brought: tuple[ItemPlan, ...]
    said_already: tuple[ItemPlan, ...]
    left: tuple[ItemPlan, ...]


def behind_main(branch: Proposal) -> QuerySet[ProposalItem]:
    """The items of a branch whose page has a newer version than they begin from."""
    return ProposalItem.objects.filter(proposal=branch).left_behind()


def plan_update(branch: Proposal, *, choices: Choices | None = None) -> MergePlan:
    """What main has changed under a branch, and how both go together.

    Raises as `plan_merge` does.
    """
    return plan_merge(branch, choices=choices, only=behind_main(branch))


def update_branch(
    branch: Proposal,
    *,
    by: Any,
    seen: str,
    choices: Choices | None = None,
    confirmed: Collection[UUID] = (),
) -> Update:
    """Let the items of a branch begin from what main says now.

    `seen` is that of the plan that was shown. An item is left as it is while both
    sides changed the same and `choices` says nothing of it, while it would not be
    sound, and, if it removes a page that main has changed, while it is not among
    `confirmed`. What is under review is checked and reviewed anew. Raises
    RevisedMeanwhile, NotOpenAnyMore, PermissionDenied, MergeRefused.
    """
    with transaction.atomic():
        branch = held_for_work(branch, by)
        plan = _plan_seen(branch, seen, choices)
        ready = [item for item in plan.items if _goes_together(item, confirmed)]
        idle = [item for item in ready if item.is_idle]
        brought = [item for item in ready if not item.is_idle]
        _write(brought, idle, by, {prefix for prefix, _ in choices or {}})
        remember(plan, choices or {}, by=by)
        if ready:
            branch = _written_anew(branch, by, settles=bool(choices))
    left = tuple(item for item in plan.items if item not in ready)
    branch = look_again(checked(branch)) if ready else branch
    return Update(branch, tuple(brought), tuple(idle), left)


def _plan_seen(branch: Proposal, seen: str, choices: Choices | None) -> MergePlan:
    try:
        plan = plan_update(branch, choices=choices)
    except NoSuchConflict as gone:
        raise RevisedMeanwhile from gone
    if plan.seen != seen:
        raise RevisedMeanwhile
    return plan


def _write(
    brought: Iterable[ItemPlan], idle: Iterable[ItemPlan], by: Any, settled: set[int]
) -> None:
    ProposalItem.objects.bulk_update(
        [_rebased(item, by, item.prefix in settled) for item in brought],
        _WRITTEN,
        batch_size=100,
    )
    ProposalItem.objects.filter(pk__in=[item.item.pk for item in idle]).delete()


def _goes_together(item: ItemPlan, confirmed: Collection[UUID]) -> bool:
    if item.conflicts:
        return False
    kinds = {problem.kind for problem in item.problems}
    if kinds == {ProblemKind.CHANGED}:
        return item.item.object_uuid in confirmed
    return not kinds


def _rebased(planned: ItemPlan, by: Any, is_settled: bool) -> ProposalItem:
    item = planned.item
    item.base = planned.head
    if item.operation not in (ItemOperation.UNPUBLISH, ItemOperation.DELETE):
        item.content = planned.after
        item.content_hash = fingerprint(canonical_text(item.content))
    if is_settled:
        # Who has said what shall hold has written on it, and cannot approve it.
        item.author = by
    item.changed_at = timezone.now()
    return item


def _written_anew(branch: Proposal, by: Any, *, settles: bool) -> Proposal:
    branch = Proposal.objects.get(pk=branch.pk)
    write(branch)
    if branch.state in REVIEWED:
        kind = NoteKind.RESOLVED if settles else NoteKind.REVISED
        review_anew(branch, by=by, kind=kind)
    return branch

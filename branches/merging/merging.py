"""Bringing a proposal into the wiki: every object of it at once, as one change.

The plan is made outside the transaction. Inside it the objects are held, their heads
locked in the order of their uuids and compared with the plan; then everything is
written, or nothing is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from branches.mails import tell_author
from branches.merging.applying import apply
from branches.merging.items import ItemPlan
from branches.merging.plans import MergePlan
from branches.models import NoteKind, Proposal, ProposalItem, ProposalNote
from branches.refusals import (
    MergeConflicts,
    MergeProblems,
    MoreThanProposed,
    NothingChanged,
    NotOpenAnyMore,
    PlanOutdated,
)
from branches.states import ProposalState, may_follow
from core.changes import describe_change, one_action
from core.faults import reach
from core.wording import Words
from history.content import changed_facts
from history.facts import label_of
from history.heads import heads_of
from history.models import ChangeKind, ChangeSet
from history.recording.changesets import NOTE
from history.recording.states import newest_versions
from history.reverting.drafts import refuse_if_any_busy
from history.subjects import subjects_of

MOST_TRIES = 3

_planned: ContextVar[MergePlan | None] = ContextVar("planned_merge", default=None)


@contextmanager
def planned(plan: MergePlan) -> Iterator[None]:
    """Let a merge that is set off inside, by a workflow, go by this plan."""
    token = _planned.set(plan)
    try:
        yield
    finally:
        _planned.reset(token)


def planned_merge() -> MergePlan | None:
    """The plan that merges inside `planned` go by."""
    return _planned.get()


@transaction.atomic
def merge_proposal(plan: MergePlan, *, by: Any) -> ChangeSet | None:
    """Carry out a plan, whole or not at all; the change that it became.

    None when all of it became drafts, because none of its pages is public. Asked once
    more for the same content it gives the same change and does nothing. Raises
    NotOpenAnyMore, PlanOutdated when something was published or revised since the plan
    was made, MergeConflicts, MergeProblems, MoreThanProposed; what a publish is refused
    with; RevertRefused while others rely on an object as it is.
    """
    proposal = Proposal.objects.held(plan.proposal.pk)
    if proposal.content_hash != plan.proposal.content_hash:
        raise PlanOutdated
    if proposal.state == ProposalState.MERGED:
        return proposal.changeset
    _refuse_if_closed(proposal)
    refuse_if_unsound(plan)
    changeset = written(plan, proposal, by)
    close(proposal, changeset, by)
    return changeset


def _refuse_if_closed(proposal: Proposal) -> None:
    under_way = (ProposalState.APPROVED, ProposalState.MERGING)
    may = may_follow(proposal.state, ProposalState.APPROVED)
    if not may and proposal.state not in under_way:
        raise NotOpenAnyMore(proposal)


def refuse_if_unsound(plan: MergePlan) -> None:
    """Raise what keeps a plan from being carried out, if anything does."""
    if plan.problems:
        raise MergeProblems(plan)
    if plan.conflicts:
        raise MergeConflicts(plan)
    if plan.is_idle:
        raise NothingChanged
    for item in plan.items:
        changes = frozenset(changed_facts(item.before, item.after))
        _refuse_if_more(item, changes)


def written(plan: MergePlan, proposal: Proposal, by: Any) -> ChangeSet | None:
    """Write what is planned as one change, in a transaction that holds the proposal.

    None if no version came of it, but drafts. Raises as `merge_proposal` does.
    """
    with (
        describe_change(
            by=by,
            author=proposal.author,
            reason=proposal.reason,
            source=proposal.source,
            kind=ChangeKind.MERGE,
        ),
        one_action("merge", by=by, author=proposal.author, gathers=True) as action,
    ):
        held = _held(plan)
        reach("merge_locked")
        items = [item for item in held if not item.is_idle]
        refuse_if_any_busy([item.subject for item in items if item.subject], by)
        apply(items, proposal, by=by)
        drafts = [item.prefix for item in items if item.becomes_draft]
        ProposalItem.objects.filter(pk__in=drafts).update(kept_as_draft=True)
        opened = action.notes.get(NOTE)
        if opened is None and not drafts:
            raise NothingChanged
        by_uuid = {item.item.object_uuid: item for item in items}
        for version in opened.versions if opened else ():
            changes = frozenset(version.changed_facts)
            _refuse_if_more(by_uuid[version.object_uuid], changes)
    reach("merge_applied")
    return opened.changeset if opened else None


def _held(plan: MergePlan) -> list[ItemPlan]:
    """The plan with the objects as they are now that nobody else can change them.

    Rows before heads, as everywhere. Raises PlanOutdated.
    """
    uuids = [item.item.object_uuid for item in plan.items]
    subjects = subjects_of(heads_of(uuids).values(), hold=True)
    newest = newest_versions(sorted(uuids))
    if {uuid: version.pk for uuid, version in newest.items()} != dict(plan.heads):
        raise PlanOutdated
    return [
        replace(item, subject=subjects.get(item.item.object_uuid))
        for item in plan.items
    ]


def _refuse_if_more(item: ItemPlan, changes: frozenset[str]) -> None:
    """Raise MoreThanProposed for facts that the proposal left alone."""
    if not item.base:
        return
    if more := changes - item.proposed_facts:
        raise MoreThanProposed(label_of(item.model, name) for name in more)


def close(
    proposal: Proposal, changeset: ChangeSet | None, by: Any, *, said: Words = ""
) -> None:
    """Say of a proposal that it is merged, and to its author."""
    if may_follow(proposal.state, ProposalState.APPROVED):
        proposal.step_to(ProposalState.APPROVED)
    if proposal.state == ProposalState.APPROVED:
        proposal.step_to(ProposalState.MERGING)
    proposal.step_to(ProposalState.MERGED)
    now = timezone.now()
    proposal.changeset, proposal.is_draft_only = changeset, changeset is None
    proposal.live, proposal.has_unpublished_changes = True, False
    proposal.live_revision_id = proposal.latest_revision_id
    proposal.first_published_at = proposal.last_published_at = now
    proposal.save()
    kind = NoteKind.MERGED if changeset else NoteKind.DRAFTED
    note = ProposalNote(proposal=proposal, kind=kind, author=by)
    note.says(said)
    note.save()
    tell_author(note)

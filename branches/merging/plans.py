"""What a merge would make of each object of a proposal. Changes nothing.

A plan is made without locks, in a number of queries that does not grow with the
number of objects but for what their links need. The merge compares it with what it
then holds (branches/merging/merging.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from branches.merging.items import Choices, ItemPlan, ProblemKind
from branches.merging.planning import Known, heads_of, plan_item
from branches.models import ItemOperation, Proposal, ProposalItem
from branches.refusals import MergeRefused
from core.drafting import make_ready
from core.models import ContentPage
from core.references import reading_together
from history.content import fingerprint
from history.merging import Conflict
from history.reading import CannotRead, contents_of_versions
from history.reverting.contents import Content, stored_data
from history.subjects import subjects_of


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge would do, and which versions were the newest when it was made."""

    proposal: Proposal
    items: tuple[ItemPlan, ...]
    heads: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def conflicts(self) -> list[tuple[ItemPlan, Conflict]]:
        return [(item, conflict) for item in self.items for conflict in item.conflicts]

    @property
    def problems(self) -> list[str]:
        return [problem.message for item in self.items for problem in item.problems]

    def problems_of(self, kind: ProblemKind) -> list[str]:
        """What is wrong in one way."""
        problems = (problem for item in self.items for problem in item.problems)
        return [problem.message for problem in problems if problem.kind == kind]

    @property
    def is_idle(self) -> bool:
        """Whether nothing would change, nor could by deciding a conflict."""
        return all(item.is_idle and not item.conflicts for item in self.items)

    @property
    def seen(self) -> str:
        """A text that is another one as soon as the proposal or an object changes."""
        heads = sorted(f"{uuid} {version}" for uuid, version in self.heads.items())
        return fingerprint("\n".join([self.proposal.content_hash, *heads]))


def plan_merge(
    proposal: Proposal,
    *,
    choices: Choices | None = None,
    only: QuerySet[ProposalItem] | None = None,
) -> MergePlan:
    """Plan the merge of a proposal, or of some of its items.

    Raises MergeRefused when a text that is needed is hidden or damaged, NoSuchConflict
    for a choice about something both sides agree on.
    """
    items = list(
        (ProposalItem.objects.all() if only is None else only)
        .filter(proposal=proposal)
        .select_related("base__payload", "content_type")
        .order_by("pk")
    )
    heads = heads_of(
        {uuid for item in items for uuid in (item.object_uuid, item.place_uuid) if uuid}
    )
    bases = [item.base for item in items if item.base]
    own = {item.object_uuid for item in items}
    try:
        # What is hidden does not become public again by being merged.
        contents = contents_of_versions(
            [*bases, *(heads[uuid] for uuid in own & heads.keys())], reader=None
        )
    except CannotRead as problem:
        raise MergeRefused(str(problem)) from problem
    subjects = subjects_of(heads.values())
    make_ready([one for one in subjects.values() if isinstance(one, ContentPage)])
    added = _places_added(proposal, items, heads)
    known = Known(heads, subjects, contents, items, choices or {}, added)
    with reading_together(_sources(known)):
        planned = tuple(plan_item(item, known) for item in items)
    return MergePlan(
        proposal,
        planned,
        {uuid: heads[uuid].pk for uuid in own & heads.keys()},
    )


def plan_conflicts(proposal: Proposal) -> MergePlan:
    """Plan the merge of those items alone that others can have changed meanwhile.

    What the others would become is not asked. Raises as `plan_merge` does.
    """
    items = ProposalItem.objects.filter(proposal=proposal)
    return plan_merge(proposal, only=items.left_behind())


def _places_added(
    proposal: Proposal, items: list[ProposalItem], heads: Mapping[UUID, Any]
) -> frozenset[UUID]:
    """Which of the places are pages that the same proposal adds."""
    added = {
        item.object_uuid for item in items if item.operation == ItemOperation.CREATE
    }
    places = {item.place_uuid for item in items if item.place_uuid}
    unknown = places - heads.keys() - added
    if unknown:
        beside = ProposalItem.objects.filter(
            proposal=proposal, operation=ItemOperation.CREATE, object_uuid__in=unknown
        )
        added |= set(beside.values_list("object_uuid", flat=True))
    return frozenset(added & places)


def _sources(known: Known) -> Iterator[tuple[Any, Content]]:
    """All that the drafts of a plan are made of: what is live and what is wanted."""
    for item in known.items:
        subject = known.subjects.get(item.object_uuid)
        head = known.heads.get(item.object_uuid)
        yield item.model, item.content
        if subject is not None and head is not None:
            yield item.model, known.contents.get(head.pk, {})
            yield item.model, stored_data(subject)

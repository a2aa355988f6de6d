"""What a merge would make of each object of a proposal. Changes nothing.

A plan is made without locks, in a number of queries that does not grow with the
number of objects but for what their links need. The merge compares it with what it
then holds (branches/merging/merging.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from branches.merging.items import Choices, ItemPlan, ProblemKind
from branches.merging.known import known_of
from branches.merging.planning import plan_item
from branches.models import Proposal, ProposalItem
from core.references import reading_together
from history.content import fingerprint
from history.merging import Conflict


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
    items = (
        (ProposalItem.objects.all() if only is None else only)
        .filter(proposal=proposal)
        .select_related("base__payload", "content_type")
        .order_by("pk")
    )
    known = known_of(proposal, list(items))
    with reading_together(known.sources()):
        planned = tuple(plan_item(item, known, choices or {}) for item in known.items)
    return MergePlan(proposal, planned, known.versions)


def plan_conflicts(proposal: Proposal) -> MergePlan:
    """Plan the merge of those items alone that others can have changed meanwhile.

    What the others would become is not asked. Raises as `plan_merge` does.
    """
    items = ProposalItem.objects.filter(proposal=proposal)
    return plan_merge(proposal, only=items.left_behind())

"""What the checks read of a text that was handed in. Read once for all of them."""

from dataclasses import dataclass
from functools import cached_property

from branches.merging.items import ItemPlan
from branches.merging.plans import MergePlan, plan_merge
from branches.models import Proposal
from branches.refusals import MergeRefused
from history.content import changed_facts
from history.diff.comparing import structured
from history.diff.schema import schema_of
from history.facts import texts_in
from history.reverting.contents import Content


@dataclass(frozen=True)
class ItemRead:
    """One object: what its author began from, and what it shall say."""

    plan: ItemPlan

    @cached_property
    def changes(self) -> list[str]:
        """Names of the facts that would be others."""
        return changed_facts(self.plan.base, self.plan.mine)

    @cached_property
    def was(self) -> Content:
        """The changed facts as they were."""
        return self._narrowed(self.plan.base)

    @cached_property
    def says(self) -> Content:
        """The changed facts as they shall be."""
        return self._narrowed(self.plan.mine)

    def texts(self) -> dict[str, list[str]]:
        """The texts of each changed fact that did not stand there before."""
        found = {}
        for name, value in self.says.items():
            before = set(texts_in(self.was.get(name)))
            new = [text for text in texts_in(value) if text not in before]
            if new:
                found[name] = new
        return found

    def _narrowed(self, content: Content) -> Content:
        changed = {name: content.get(name) for name in self.changes}
        return structured(schema_of(self.plan.model), changed)


@dataclass(frozen=True)
class Handed:
    """A proposal as it was handed in.

    Without a `plan` something it rests on cannot be read: checks that need it say
    nothing, and the one of the merge says that.
    """

    proposal: Proposal
    plan: MergePlan | None

    @cached_property
    def items(self) -> tuple[ItemRead, ...]:
        return tuple(ItemRead(item) for item in self.plan.items) if self.plan else ()


def read(proposal: Proposal) -> Handed:
    """Read a proposal for its checks."""
    try:
        return Handed(proposal, plan_merge(proposal))
    except MergeRefused:
        return Handed(proposal, None)

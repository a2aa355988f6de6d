"""What a merge would make of one object of a proposal, and why it could not."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Any

from branches.models import ProposalItem
from branches.models.items import TEXT_ONLY, WITH_TEXT
from history.content import changed_facts
from history.merging import Conflict, Pick, Result
from history.models import PageVersion
from history.reverting.contents import Content

# What somebody decided where both sides changed the same, by `ItemPlan.prefix` and
# the key of the conflict.
Choices = Mapping[tuple[int, str], Pick]


class ProblemKind(StrEnum):
    """Why an object cannot be brought into the wiki, whatever anybody chooses."""

    GONE = "edit/delete"
    CHANGED = "changed meanwhile"
    HAS_PAGES = "pages below"
    SLUG_TAKEN = "slug taken"
    PARENT_GONE = "parent gone"
    DANGLING = "dangling reference"
    VALIDATION = "validation"


@dataclass(frozen=True, slots=True)
class Problem:
    """One of them, in words for whoever asked."""

    kind: ProblemKind
    message: str


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """What becomes of one object.

    `base` is what its author began from, `before` what is live, `mine` what the
    proposal says, `after` what would be live. Where both changed the same, `after`
    has it as it is now. What is new, or moves, has a `place`, the page it shall stand
    under; none when that one is added by the same proposal.
    """

    item: ProposalItem
    _: KW_ONLY
    subject: Any
    head: PageVersion | None
    base: Content
    before: Content
    mine: Content
    after: Content
    result: Result | None = None
    problems: tuple[Problem, ...] = ()
    place: Any = None

    @property
    def model(self) -> Any:
        return self.item.model

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return self.result.conflicts if self.result else ()

    @property
    def prefix(self) -> int:
        """What its choices are filed under."""
        return int(self.item.pk)

    @property
    def is_idle(self) -> bool:
        """Whether nothing would change."""
        return self.item.operation in TEXT_ONLY and self.before == self.after

    @property
    def becomes_draft(self) -> bool:
        """Whether it would be kept as a draft, because its page is not public."""
        return (
            self.item.operation in WITH_TEXT
            and self.subject is not None
            and not self.subject.live
            and self.before != self.after
        )

    @property
    def has_main_moved(self) -> bool:
        """Whether something else was published since its author began."""
        return self.head is not None and self.head.pk != self.item.base_id

    @property
    def proposed_facts(self) -> frozenset[str]:
        """Names of the facts that the proposal wants otherwise."""
        return frozenset(changed_facts(self.base, self.mine))

"""What a merge would make of each object of a proposal. Changes nothing.

A plan is made without locks, in a number of queries that does not grow with the
number of objects but for what their links need. The merge compares it with what it
then holds (branches/merging/merging.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branches.merging.creating import new_page
from branches.models import ItemOperation, Proposal, ProposalItem
from branches.refusals import MergeRefused
from core.refusals import NotPublishable
from history.content import Versioned, changed_facts, fingerprint
from history.diff.schema import schema_of
from history.facts import label_of
from history.merging import Conflict, Pick, Result, merge
from history.models import ObjectHead, Operation, PageVersion
from history.reading import CannotRead, contents_of_versions
from history.reverting.contents import (
    Content,
    as_saved,
    check,
    drafted,
    facts_alone,
    facts_of,
    stored_data,
)
from history.subjects import subjects_of

# What somebody decided where both sides changed the same, by `ItemPlan.prefix` and
# the key of the conflict.
Choices = Mapping[tuple[int, str], Pick]


class ProblemKind(StrEnum):
    """Why an object cannot be brought into the wiki, whatever anybody chooses."""

    GONE = "edit/delete"
    HIDDEN = "hidden"
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
    has it as it is now. What is new has a `place`, the page it shall stand under.
    """

    item: ProposalItem
    model: Any
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
    def conflicts(self) -> tuple[Conflict, ...]:
        return self.result.conflicts if self.result else ()

    @property
    def prefix(self) -> int:
        """What its choices are filed under."""
        return int(self.item.pk)

    @property
    def is_idle(self) -> bool:
        """Whether nothing would change."""
        return self.item.operation == ItemOperation.EDIT and self.before == self.after

    @property
    def has_main_moved(self) -> bool:
        """Whether something else was published since its author began."""
        return self.head is not None and self.head.pk != self.item.base_id

    @property
    def proposed_facts(self) -> frozenset[str]:
        """Names of the facts that the proposal wants otherwise."""
        return frozenset(changed_facts(self.base, self.mine))


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


def plan_merge(proposal: Proposal, *, choices: Choices | None = None) -> MergePlan:
    """Plan the merge of a proposal.

    Raises MergeRefused when a text that is needed is hidden or damaged, NoSuchConflict
    for a choice about something both sides agree on.
    """
    items = list(
        ProposalItem.objects.filter(proposal=proposal)
        .select_related("base__payload", "content_type")
        .order_by("pk")
    )
    heads = heads_of(item.object_uuid for item in items)
    subjects = subjects_of(heads.values())
    bases = [item.base for item in items if item.base]
    try:
        # What is hidden does not become public again by being merged.
        contents = contents_of_versions([*bases, *heads.values()], reader=None)
    except CannotRead as problem:
        raise MergeRefused(str(problem)) from problem
    places = subjects_of(
        heads_of(item.place_uuid for item in items if item.place_uuid).values()
    )
    plans = tuple(
        _creation(item, places.get(item.place_uuid), heads.get(item.object_uuid))
        if item.operation == ItemOperation.CREATE
        else _edit(item, heads.get(item.object_uuid), subjects, contents, choices or {})
        for item in items
    )
    return MergePlan(
        proposal, plans, {uuid: version.pk for uuid, version in heads.items()}
    )


def heads_of(uuids: Any) -> dict[UUID, PageVersion]:
    """The newest version of each of these objects that has one."""
    heads = ObjectHead.objects.filter(object_uuid__in=list(uuids)).select_related(
        "version__payload", "version__content_type"
    )
    return {head.object_uuid: head.version for head in heads if head.version}


def _edit(
    item: ProposalItem,
    head: PageVersion | None,
    subjects: Mapping[Any, Versioned],
    contents: Mapping[int, Content],
    choices: Choices,
) -> ItemPlan:
    model: Any = item.content_type.model_class()
    subject = subjects.get(item.object_uuid)
    mine = facts_alone(item.content)
    base = facts_alone(contents[item.base_id]) if item.base_id else {}
    if subject is None or head is None or head.operation == Operation.DELETE:
        gone = Problem(
            ProblemKind.GONE,
            _(
                "“%(title)s” has been deleted meanwhile. It can be brought back from "
                "the trash for 90 days; then the suggestion applies again."
            )
            % {"title": item.title},
        )
        return ItemPlan(item, model, None, head, base, {}, mine, mine, None, (gone,))
    before = facts_alone(contents[head.pk])
    own = {key: pick for (prefix, key), pick in choices.items() if prefix == item.pk}
    result = merge(schema_of(model), base, ours=before, theirs=mine, choices=own)
    after = as_saved(subject, result.content)
    problems = tuple(_problems(subject, result, after))
    return ItemPlan(
        item, model, subject, head, base, before, mine, after, result, problems
    )


def _creation(item: ProposalItem, place: Any, head: PageVersion | None) -> ItemPlan:
    mine = facts_alone(item.content)
    found = []
    if head is not None:
        there = _("“%(title)s” has been added already.") % {"title": item.title}
        found.append(Problem(ProblemKind.VALIDATION, there))
    elif place is None or not place.live:
        gone = _(
            "The page under which “%(title)s” shall stand is not public any more."
        ) % {"title": item.title}
        found.append(Problem(ProblemKind.PARENT_GONE, gone))
    else:
        page = new_page(item)
        lost = _lost(mine, facts_of(page))
        found += [_dangling(type(page), name) for name in lost]
        found += _unsound(page) if not lost else []
    return ItemPlan(
        item,
        item.content_type.model_class(),
        None,
        head,
        {},
        {},
        mine,
        mine,
        problems=tuple(found),
        place=place,
    )


def _problems(subject: Versioned, result: Result, after: Content) -> list[Problem]:
    """Why the merged content would not be sound as it is."""
    model: Any = type(subject)
    found = [_dangling(model, name) for name in _lost(result.content, after)]
    if not found and not result.conflicts and after != result.ours:
        found += _unsound(drafted(subject, stored_data(subject), after))
    return found


def _dangling(model: Any, name: str) -> Problem:
    return Problem(
        ProblemKind.DANGLING,
        _("%(fact)s: something it names has been deleted meanwhile.")
        % {"fact": capfirst(label_of(model, name))},
    )


def _unsound(draft: Versioned) -> list[Problem]:
    try:
        check(draft)
    except NotPublishable as problem:
        return [Problem(ProblemKind.VALIDATION, str(problem))]
    return []


def _lost(wanted: Content, after: Content) -> list[str]:
    """Facts that lose a row or a link when the content is saved."""

    def is_poorer(was: Any, now: Any) -> bool:
        if isinstance(was, list):
            return len(was) > len(now or [])
        return was is not None and now is None

    return sorted(
        name
        for name, value in wanted.items()
        if name in after and is_poorer(value, after[name])
    )

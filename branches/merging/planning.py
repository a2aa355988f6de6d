"""Planning the merge of one object, by what its proposal would do to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from branches.merging.creating import new_page
from branches.merging.items import Choices, ItemPlan, Problem, ProblemKind
from branches.merging.places import problems_of_place, problems_of_removal
from branches.models import ItemOperation, ProposalItem
from core.refusals import NotPublishable
from core.sayings import as_saying, of_error
from core.sayings import saying as _
from history.content import Versioned
from history.diff.schema import schema_of
from history.facts import label_of
from history.merging import Result, merge
from history.models import ObjectHead, Operation, PageVersion
from history.reverting.contents import (
    UNREADABLE,
    Content,
    as_saved,
    check,
    drafted,
    facts_alone,
    facts_of,
    stored_data,
)


@dataclass(frozen=True)
class Known:
    """All that is read for a plan: heads, objects and texts of items and places."""

    heads: Mapping[UUID, PageVersion]
    subjects: Mapping[Any, Versioned]
    contents: Mapping[int, Content]
    items: Sequence[ProposalItem]
    choices: Choices = field(default_factory=dict)
    # Places that the proposal adds, be they among these items or not.
    added: frozenset[UUID] = frozenset()

    @cached_property
    def by_uuid(self) -> dict[UUID, ProposalItem]:
        return {item.object_uuid: item for item in self.items}

    def place_of(self, item: ProposalItem) -> Any:
        """The page it shall stand under, if that is there already."""
        return self.subjects.get(item.place_uuid)

    def locale_of(self, item: ProposalItem) -> int | None:
        """The language of what is new: that of the first page above that is there."""
        for _step in self.items:
            place = self.place_of(item)
            above = self.by_uuid.get(item.place_uuid) if item.place_uuid else None
            if place is not None or above is None:
                return getattr(place, "locale_id", None)
            item = above
        return None

    def adds_place_of(self, item: ProposalItem) -> bool:
        """Whether the page it shall stand under is added by the same proposal."""
        return item.place_uuid in self.added


def heads_of(uuids: Iterable[UUID]) -> dict[UUID, PageVersion]:
    """The newest version of each of these objects that has one."""
    heads = ObjectHead.objects.filter(object_uuid__in=list(uuids)).select_related(
        "version__payload", "version__content_type"
    )
    return {head.object_uuid: head.version for head in heads if head.version}


def plan_item(item: ProposalItem, known: Known) -> ItemPlan:
    """What becomes of one object. Raises NoSuchConflict for a choice about nothing."""
    try:
        return _planned(item, known)
    except UNREADABLE as problem:
        return _unreadable(item, known, problem)


def _unreadable(item: ProposalItem, known: Known, why: Exception) -> ItemPlan:
    """Of a content that code has put there, and that no field can hold."""
    told = of_error(why) if isinstance(why, ValidationError) else as_saying(str(why))
    head = known.heads.get(item.object_uuid)
    base = known.contents.get(item.base_id or 0, {})
    before = known.contents.get(head.pk, {}) if head else {}
    mine = facts_alone(item.content)
    said = _("What “%(title)s” shall say cannot be read: %(why)s")
    problem = Problem(ProblemKind.VALIDATION, said % {"title": item.title, "why": told})
    return ItemPlan(
        item,
        item.model,
        known.subjects.get(item.object_uuid),
        head,
        facts_alone(base),
        facts_alone(before),
        mine,
        mine,
        problems=(problem,),
        place=known.place_of(item),
    )


def _planned(item: ProposalItem, known: Known) -> ItemPlan:
    if item.operation == ItemOperation.CREATE:
        return _creation(item, known)
    head = known.heads.get(item.object_uuid)
    subject = known.subjects.get(item.object_uuid)
    base = facts_alone(known.contents[item.base_id]) if item.base_id else {}
    mine = facts_alone(item.content)
    if subject is None or head is None or head.operation == Operation.DELETE:
        return ItemPlan(
            item, item.model, None, head, base, {}, mine, mine, None, (_gone(item),)
        )
    before = facts_alone(known.contents[head.pk])
    if item.operation in (ItemOperation.UNPUBLISH, ItemOperation.DELETE):
        found = problems_of_removal(item, head, subject, known.by_uuid)
        return ItemPlan(
            item, item.model, subject, head, base, before, before, before, None, found
        )
    return _edit(item, known, head, subject, base, before)


def _edit(
    item: ProposalItem,
    known: Known,
    head: PageVersion,
    subject: Versioned,
    base: Content,
    before: Content,
) -> ItemPlan:
    mine = facts_alone(item.content)
    own = {
        key: pick for (prefix, key), pick in known.choices.items() if prefix == item.pk
    }
    result = merge(schema_of(item.model), base, ours=before, theirs=mine, choices=own)
    after = as_saved(subject, result.content)
    place = known.place_of(item)
    problems = [
        *problems_of_place(item, subject, place, after, is_added=known.adds_place_of),
        *_problems(subject, result, after, place),
    ]
    if not problems and item.operation == ItemOperation.MOVE and place is None:
        problems += _kept_away(subject, after)
    return ItemPlan(
        item,
        item.model,
        subject,
        head,
        base,
        before,
        mine,
        after,
        result,
        tuple(problems),
        place=place,
    )


def _gone(item: ProposalItem) -> Problem:
    return Problem(
        ProblemKind.GONE,
        _(
            "“%(title)s” has been deleted meanwhile. It can be brought back from "
            "the trash for 90 days; then the suggestion applies again."
        )
        % {"title": item.title},
    )


def _creation(item: ProposalItem, known: Known) -> ItemPlan:
    mine = facts_alone(item.content)
    head, place = known.heads.get(item.object_uuid), known.place_of(item)
    found = []
    if head is not None:
        there = _("“%(title)s” has been added already.") % {"title": item.title}
        found.append(Problem(ProblemKind.VALIDATION, there))
    elif (place is None or not place.live) and not known.adds_place_of(item):
        gone = _(
            "The page under which “%(title)s” shall stand is not public any more."
        ) % {"title": item.title}
        found.append(Problem(ProblemKind.PARENT_GONE, gone))
    else:
        page = new_page(item)
        page.locale_id = known.locale_of(item)
        lost = _lost(mine, facts_of(page))
        found += [_dangling(type(page), name) for name in lost]
        found += _unsound(page) if not lost else []
    return ItemPlan(
        item,
        item.model,
        None,
        head,
        {},
        {},
        mine,
        mine,
        problems=tuple(found),
        place=place,
    )


def _problems(
    subject: Versioned, result: Result, after: Content, place: Any
) -> list[Problem]:
    """Why the merged content would not be sound as it is, where it shall stand."""
    model: Any = type(subject)
    found = [_dangling(model, name) for name in _lost(result.content, after)]
    moves = place is not None
    if not found and not result.conflicts and (moves or after != result.ours):
        draft: Any = drafted(subject, stored_data(subject), after)
        if moves:
            draft._cached_parent_obj = place
        found += _unsound(draft, live=None if moves else subject)
    return found


def _kept_away(subject: Versioned, after: Content) -> list[Problem]:
    """What stands against a place that the merge itself adds."""
    draft: Any = drafted(subject, stored_data(subject), after)
    said = draft.keeps_from_arriving()
    return [Problem(ProblemKind.VALIDATION, said)] if said else []


def _dangling(model: Any, name: str) -> Problem:
    return Problem(
        ProblemKind.DANGLING,
        _("%(fact)s: something it names has been deleted meanwhile.")
        % {"fact": capfirst(label_of(model, name))},
    )


def _unsound(draft: Versioned, live: Versioned | None = None) -> list[Problem]:
    try:
        check(draft, live=live)
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

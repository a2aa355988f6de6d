"""Planning the merge of one object: a planner for what its proposal would do to it."""

from copy import copy
from typing import Any

from branches.merging.creating import new_page
from branches.merging.items import Choices, ItemPlan, Problem, ProblemKind
from branches.merging.known import Known
from branches.merging.places import problems_of_place, problems_of_removal
from branches.merging.soundness import (
    problems_of_addition,
    problems_of_arrival,
    problems_of_text,
    unreadable,
)
from branches.models import ItemOperation, ProposalItem
from branches.models.items import REMOVALS
from core.sayings import saying as _
from history.content import Versioned
from history.diff.schema import schema_of
from history.merging import merge
from history.models import Operation
from history.reverting.contents import (
    UNREADABLE,
    Content,
    as_saved,
    facts_alone,
    tells_other_place,
)


def plan_item(item: ProposalItem, known: Known, choices: Choices) -> ItemPlan:
    """What becomes of one object. Raises NoSuchConflict for a choice about nothing."""
    try:
        if item.operation == ItemOperation.CREATE:
            return _addition(item, known)
        head = known.heads.get(item.object_uuid)
        subject = known.subjects.get(item.object_uuid)
        if subject is None or head is None or head.operation == Operation.DELETE:
            return _gone(item, known)
        if item.operation in REMOVALS:
            return _removal(item, known, subject)
        return _edit(item, known, subject, choices)
    except UNREADABLE as problem:
        return _as_it_says(item, known, [unreadable(item.title, problem)])


def _addition(item: ProposalItem, known: Known) -> ItemPlan:
    place = known.place_of(item)
    names = {"title": item.title}
    if item.object_uuid in known.heads:
        said = _("“%(title)s” has been added already.") % names
        return _as_it_says(item, known, [Problem(ProblemKind.VALIDATION, said)])
    if (place is None or not place.live) and not known.adds_place_of(item):
        said = _("The page under which “%(title)s” shall stand is not public any more.")
        gone = Problem(ProblemKind.PARENT_GONE, said % names)
        return _as_it_says(item, known, [gone])
    page = new_page(item)
    page.locale_id = known.locale_of(item)
    wanted = facts_alone(item.content)
    return _as_it_says(item, known, problems_of_addition(page, wanted))


def _as_it_says(item: ProposalItem, known: Known, problems: list[Problem]) -> ItemPlan:
    """Nothing is merged: its text as the proposal has it."""
    mine = facts_alone(item.content)
    is_new = item.operation == ItemOperation.CREATE
    return ItemPlan(
        item,
        subject=None if is_new else known.subjects.get(item.object_uuid),
        head=known.heads.get(item.object_uuid),
        base=known.base_of(item),
        before={} if is_new else known.before(item),
        mine=mine,
        after=mine,
        problems=tuple(problems),
        place=known.place_of(item),
    )


def _gone(item: ProposalItem, known: Known) -> ItemPlan:
    mine = facts_alone(item.content)
    said = _(
        "“%(title)s” has been deleted meanwhile. It can be brought back from "
        "the trash for 90 days; then the suggestion applies again."
    )
    return ItemPlan(
        item,
        subject=None,
        head=known.heads.get(item.object_uuid),
        base=known.base_of(item),
        before={},
        mine=mine,
        after=mine,
        problems=(Problem(ProblemKind.GONE, said % {"title": item.title}),),
    )


def _removal(item: ProposalItem, known: Known, subject: Versioned) -> ItemPlan:
    before, head = known.before(item), known.heads[item.object_uuid]
    return ItemPlan(
        item,
        subject=subject,
        head=head,
        base=known.base_of(item),
        before=before,
        mine=before,
        after=before,
        problems=problems_of_removal(item, head, subject, known.by_uuid),
    )


def _edit(
    item: ProposalItem, known: Known, subject: Versioned, choices: Choices
) -> ItemPlan:
    """An edit, with the move or the new address that may come with it."""
    base, before = known.base_of(item), known.before(item)
    mine = facts_alone(item.content)
    own = {key: pick for (prefix, key), pick in choices.items() if prefix == item.pk}
    result = merge(schema_of(item.model), base, ours=before, theirs=mine, choices=own)
    after = as_saved(subject, result.content)
    item = _as_far_as_it_goes(item, base, before, after)
    place = known.place_of(item)
    problems = [
        *problems_of_place(item, subject, place, after, is_added=known.adds_place_of),
        *problems_of_text(subject, result, after, place),
    ]
    if not problems and item.operation == ItemOperation.MOVE and place is None:
        problems += problems_of_arrival(subject, after)
    return ItemPlan(
        item,
        subject=subject,
        head=known.heads[item.object_uuid],
        base=base,
        before=before,
        mine=mine,
        after=after,
        result=result,
        problems=tuple(problems),
        place=place,
    )


def _as_far_as_it_goes(
    item: ProposalItem, base: Content, before: Content, after: Content
) -> ProposalItem:
    """A move that follows from facts is one only as long as they come in."""
    model = item.model
    if item.operation != ItemOperation.MOVE:
        return item
    follows = tells_other_place(model, base, item.content)
    if not follows or tells_other_place(model, before, after):
        return item
    stays: Any = copy(item)
    stays.operation, stays.place_uuid = ItemOperation.EDIT, None
    return stays

"""The same conflict is not asked twice of one person: their last choice is offered."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from branches.merging.items import Choices, ItemPlan
from branches.merging.plans import MergePlan
from branches.models import RememberedChoice
from history.content import canonical_text, fingerprint
from history.diff.changes import MISSING
from history.merging import Conflict, Own, Pick, Side, merge


def remember(plan: MergePlan, choices: Choices, *, by: Any) -> None:
    """Keep what a person chose in the merge of a plan, in place of earlier choices."""
    for item in plan.items:
        for conflict in _met(item):
            pick = choices.get((item.prefix, conflict.key))
            if pick is not None:
                RememberedChoice.objects.update_or_create(
                    person=by,
                    conflict_hash=_hash(item, conflict),
                    defaults={"choice": _stored(pick)},
                )


def remembered_by(person: Any, plan: MergePlan) -> Choices:
    """What a person chose where they met the conflicts of a plan before."""
    met = {
        _hash(item, conflict): (item.prefix, conflict)
        for item in plan.items
        for conflict in item.conflicts
    }
    known = RememberedChoice.objects.filter(person=person, conflict_hash__in=[*met])
    picks = {}
    for one in known:
        prefix, conflict = met[one.conflict_hash]
        picks[prefix, conflict.key] = _read(one.choice)
    return picks


def _met(item: ItemPlan) -> tuple[Conflict, ...]:
    """The conflicts of an item as they were before any choice."""
    result = item.result
    if result is None:
        return ()
    return merge(result.schema, result.base, result.ours, result.theirs).conflicts


def _hash(item: ItemPlan, conflict: Conflict) -> str:
    # What is missing is told apart from a text that says so: it is no list.
    sides = [
        None if side is MISSING else [side]
        for side in (conflict.base, conflict.ours, conflict.theirs)
    ]
    uuid = str(item.item.object_uuid)
    return fingerprint(
        canonical_text({"of": uuid, "place": conflict.key, "sides": sides})
    )


def _stored(pick: Pick) -> dict[str, Any]:
    if isinstance(pick, Own):
        plain: dict[str, Any] = json.loads(
            json.dumps({"own": pick.value}, cls=DjangoJSONEncoder)
        )
        return plain
    return {"side": pick.value}


def _read(choice: dict[str, Any]) -> Pick:
    return Own(choice["own"]) if "own" in choice else Side(choice["side"])

"""Merging a branch by the hundred: each part whole, what is not sound left out."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from django.db import transaction

from branches.merging.applying import ORDER
from branches.merging.failing import send_back
from branches.merging.items import ItemPlan
from branches.merging.merging import MOST_TRIES, close, written
from branches.merging.plans import MergePlan, plan_merge
from branches.models import Proposal, ProposalItem
from branches.models.items import REMOVALS
from branches.refusals import NothingChanged, NotOpenAnyMore, PlanOutdated
from branches.states import ProposalState
from core.faults import reach
from core.jobs.turns import Turn
from core.refusals import Refused
from core.sayings import Saying, again, named, together
from core.sayings import saying as _
from core.wording import Words
from history.models import ChangeSet

AT_ONCE = 100
NAMED = 20


def merge_in_parts(turn: Turn, proposal: Proposal, *, by: Any) -> dict[str, Any]:
    """Merge what is left of a branch, part by part. Begun again it goes on.

    Each part is one transaction and one change. An object that cannot come in is tried
    again after the others, which may be what it rests on. If it still cannot, it says
    so on its item and the others come in without it.
    """
    items = ProposalItem.objects.filter(proposal=proposal)
    turn.go_on(total=items.count())
    numbers, sound = count(1), items.settled().filter(problem="")
    while True:
        before = sound.count()
        for part in _parts(proposal):
            turn.go_on(done=_settled(proposal).count())
            name = f"batch_chunk_{next(numbers)}"
            _merge_part(turn, proposal, part, by=by, name=name)
        turn.keep(done=_settled(proposal).count())
        left_out = items.exclude(problem="")
        if sound.count() == before or not left_out.exists():
            return _finish(proposal, by)
        left_out.update(problem="", problem_params={})


def _parts(proposal: Proposal) -> Iterator[list[int]]:
    """Keys of the items that wait, in the order in which they can come in."""
    waiting = ProposalItem.objects.filter(proposal=proposal).waiting()
    rows = list(
        waiting.values_list(
            "pk", "operation", "object_uuid", "place_uuid", "base__address"
        )
    )
    above = {uuid: place for _pk, op, uuid, place, _at in rows if op == "create"}

    def rank(row: Any) -> tuple[int, int]:
        _pk, operation, uuid, _place, address = row
        if operation in REMOVALS:
            # What stands below goes first.
            return ORDER.index(operation), -(address or "").count("/")
        steps = 0
        while (uuid := above.get(uuid)) is not None and steps <= len(above):
            steps += 1
        return ORDER.index(operation), steps

    keys = [row[0] for row in sorted(rows, key=rank)]
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _settled(proposal: Proposal) -> Any:
    return ProposalItem.objects.filter(proposal=proposal).settled()


def _merge_part(
    turn: Turn, proposal: Proposal, part: Sequence[int], *, by: Any, name: str
) -> None:
    refusal: Refused = PlanOutdated()
    for _attempt in range(MOST_TRIES):
        try:
            _merge_some(turn, proposal, part, by=by, name=name)
        except PlanOutdated:
            continue
        except NotOpenAnyMore:
            raise
        except Refused as why:
            refusal = why
            break
        return
    if len(part) == 1:
        _note(dict.fromkeys(part, str(refusal)))
        return
    # One of them is refused: the others shall not wait for it.
    middle = len(part) // 2
    for half in (part[:middle], part[middle:]):
        _merge_part(turn, proposal, half, by=by, name=name)


def _merge_some(
    turn: Turn, proposal: Proposal, keys: Sequence[int], *, by: Any, name: str
) -> None:
    plan = plan_merge(proposal, only=ProposalItem.objects.filter(pk__in=keys))
    problems = {item.prefix: why for item in plan.items if (why := _problem_of(item))}
    sound = tuple(item for item in plan.items if item.prefix not in problems)
    with transaction.atomic():
        held = Proposal.objects.held(proposal.pk)
        if held.state != ProposalState.MERGING:
            raise NotOpenAnyMore(held)
        _note(problems)
        if sound:
            own = {item.item.object_uuid for item in sound}
            heads = {uuid: pk for uuid, pk in plan.heads.items() if uuid in own}
            changeset = written(MergePlan(held, sound, heads), held, by)
            merged = ProposalItem.objects.filter(pk__in=[one.prefix for one in sound])
            merged.came_in().update(merged_in=changeset)
        turn.keep(done=_settled(proposal).count())
        reach(name)


def _problem_of(item: ItemPlan) -> Words:
    if item.problems:
        return together(problem.message for problem in item.problems)
    if item.conflicts:
        return _("Others have changed the same facts meanwhile.")
    if item.is_idle:
        return _("It says this already.")
    return ""


def _note(problems: Mapping[int, Words]) -> None:
    items = list(ProposalItem.objects.filter(pk__in=problems).only("pk"))
    for item in items:
        item.is_left_out(problems[item.pk])
    written = ["problem", "problem_params"]
    ProposalItem.objects.bulk_update(items, written, batch_size=AT_ONCE)


@transaction.atomic
def _finish(proposal: Proposal, by: Any) -> dict[str, Any]:
    """Close the branch; if nothing of it came in, review it anew."""
    held = Proposal.objects.held(proposal.pk)
    items = ProposalItem.objects.filter(proposal=held)
    left_out = [
        named(title, again(problem, params))
        for title, problem, params in items.exclude(problem="").values_list(
            "title", "problem", "problem_params"
        )
    ]
    changes = ChangeSet.objects.filter(
        pk__in=items.exclude(merged_in=None).values("merged_in")
    ).order_by("pk")
    report = {
        "pages": items.filter(problem="").count(),
        "left_out": left_out[:NAMED],
        "changes": list(changes.values_list("pk", flat=True)),
    }
    if held.state == ProposalState.MERGED:
        return report
    first = changes.first()
    if first is None and not items.filter(kept_as_draft=True).exists():
        items.update(problem="", problem_params={})
        send_back(held, why=str(NothingChanged()), is_conflict=False, by=by)
        return report
    close(held, first, by, said=_said_of(left_out))
    return report


def _said_of(left_out: Sequence[Saying]) -> Saying:
    if not left_out:
        return Saying("")
    head = _("Pages that were left out: %(number)s") % {"number": len(left_out)}
    more = ["…"] if len(left_out) > NAMED else []
    return together([head, *left_out[:NAMED], *more], between="\n")

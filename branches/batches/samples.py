"""Two batches of the demo: one of two hundred rides, one published and taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps

from branches.batches.actions import (
    Target,
    hand_in,
    prepare_batch,
    put_on_branch,
    rehearse,
    revert_batch,
)
from branches.checks.deciding import check_now
from branches.merging.merging import merge_proposal
from branches.merging.plans import plan_merge
from branches.models import Batch, Proposal

FEW, MANY = 5, 200


def batch_samples(people: Mapping[str, Any], **unused: Any) -> None:
    """Let the editor change rides together, and the moderator publish some of it."""
    rides: Any = apps.get_model("parks", "RidePage").objects
    known = rides.live().filter(category="roller_coaster").order_by("path")
    coasters = [Target(ride.uuid, ride.title) for ride in known[: FEW + MANY]]
    if len(coasters) <= FEW:
        return
    editor, moderator = people["editor"], people["moderator"]
    done = _handed_in("Family coasters", "family", coasters[:FEW], by=editor)
    _publish(done, by=moderator)
    revert = revert_batch(done, by=editor)
    put_on_branch(
        revert, by=editor, name="No family coasters", reason="They have height limits"
    )
    _hand_in(revert, by=editor)
    _handed_in("Thrill rides", "thrill", coasters[FEW:], by=editor)


def _handed_in(name: str, intensity: str, rides: Sequence[Target], *, by: Any) -> Batch:
    said = {"intensity": intensity}
    batch = prepare_batch("set", rides, by=by, name=name, parameters=said)
    told = f"Intensity: {intensity}"
    batch = rehearse(batch, by=by, parameters=said, said=told, by_job=False)
    batch = put_on_branch(
        batch, by=by, name=name, reason=f"{name}, as their parks say", by_job=False
    )
    _hand_in(batch, by=by)
    return batch


def _hand_in(batch: Batch, *, by: Any) -> None:
    # No worker is there while the demo is filled.
    check_now(hand_in(batch, by=by).pk)


def _publish(batch: Batch, *, by: Any) -> None:
    """What an approval leads to; the screens of moderators are another room's."""
    branch = Proposal.objects.get(batch=batch)
    merge_proposal(plan_merge(branch), by=by)
    if (review := branch.current_workflow_state) is not None:
        review.cancel(user=by)

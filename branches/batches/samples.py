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
TAG = "photo wanted"


def batch_samples(people: Mapping[str, Any], **unused: Any) -> None:
    """Let the editor change rides together, and the moderator publish some of it."""
    rides: Any = apps.get_model("parks", "RidePage").objects
    known = rides.live().exclude(intensity="family").order_by("path")
    chosen = [Target(ride.uuid, ride.title) for ride in known[: FEW + MANY]]
    if len(chosen) <= FEW:
        return
    editor, moderator = people["editor"], people["moderator"]
    said = {"intensity": "family"}
    done = _put("set", "Family rides", said, chosen[:FEW], by=editor)
    _publish(done, by=moderator)
    revert = revert_batch(done, by=editor)
    put_on_branch(
        revert, by=editor, name="No family rides", reason="They have height limits"
    )
    _hand_in(revert, by=editor)
    tag, _is_new = apps.get_model("taggit", "Tag").objects.get_or_create(name=TAG)
    _put("add_tag", TAG.capitalize(), {"tag": tag.pk}, chosen[FEW:], by=editor)


def _put(
    operation: str,
    name: str,
    said: dict[str, Any],
    rides: Sequence[Target],
    *,
    by: Any,
) -> Batch:
    """A batch of the demo on its branch, which is handed in."""
    batch = prepare_batch(operation, rides, by=by, name=name, parameters=said)
    batch = rehearse(batch, by=by, by_job=False)
    batch = put_on_branch(
        batch, by=by, name=name, reason=f"{name}, after a look at all", by_job=False
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

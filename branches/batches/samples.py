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
    few = list(rides.live().exclude(intensity="family").order_by("path")[:FEW])
    # Not what waits for a review: nothing can be merged beside that.
    free = rides.live().filter(has_unpublished_changes=False).order_by("path")
    others = free.exclude(pk__in=[ride.pk for ride in few])
    many = list(others[:MANY])
    if not many:
        return
    editor, moderator = people["editor"], people["moderator"]
    said = {"intensity": "family"}
    done = _put("set", "Family rides", said, few, by=editor)
    _hand_in(done, by=editor)
    _publish(done, by=moderator)
    revert = revert_batch(done, by=editor)
    put_on_branch(
        revert, by=editor, name="No family rides", reason="They have height limits"
    )
    _hand_in(revert, by=editor)
    tag, _is_new = apps.get_model("taggit", "Tag").objects.get_or_create(name=TAG)
    # Not handed in yet, so that somebody can work on it.
    _put("add_tag", TAG.capitalize(), {"tag": tag.pk}, many, by=editor)


def _put(
    operation: str,
    name: str,
    said: dict[str, Any],
    rides: Sequence[Any],
    *,
    by: Any,
) -> Batch:
    """A batch of the demo on its branch."""
    targets = [Target(ride.uuid, ride.title) for ride in rides]
    batch = prepare_batch(operation, targets, by=by, name=name, parameters=said)
    batch = rehearse(batch, by=by, by_job=False)
    return put_on_branch(
        batch, by=by, name=name, reason=f"{name}, after a look at all", by_job=False
    )


def _hand_in(batch: Batch, *, by: Any) -> None:
    # No worker is there while the demo is filled.
    check_now(hand_in(batch, by=by).pk)


def _publish(batch: Batch, *, by: Any) -> None:
    """What an approval leads to; the screens of moderators are another room's."""
    branch = Proposal.objects.get(batch=batch)
    merge_proposal(plan_merge(branch), by=by)
    if (review := branch.current_workflow_state) is not None:
        review.cancel(user=by)

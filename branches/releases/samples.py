"""A release of the demo: approved, and to go live by itself some weeks from now."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from branches.actions import Piece, begin_branch, put_all_on, submit
from branches.checks.deciding import check_now
from branches.merging.approving import merge_approved
from branches.models import Proposal, ProposalKind
from branches.releases.scheduling import schedule
from history.heads import heads_of
from history.reading import contents_of_versions
from history.reverting.contents import facts_alone

PARKS = 3
WAITS = timedelta(days=21)
SAYS = "See what is new in the coming season."


def release_sample(people: Mapping[str, Any], **unused: Any) -> None:
    """Let the editor describe some parks anew, for a day that is still to come."""
    parks: Any = apps.get_model("parks", "ParkPage").objects
    some = list(parks.live().order_by("path")[:PARKS])
    if not some:
        return
    editor, moderator = people["editor"], people["moderator"]
    release = begin_branch(
        "Season opening", by=editor, reason="New season", kind=ProposalKind.RELEASE
    )
    release = put_all_on(release, _pieces(some), by=editor)
    release = submit(release, by=editor, seen=release.content_hash)
    # No worker is there while the demo is filled.
    check_now(release.pk)
    release = schedule(release, at=timezone.now() + WAITS, by=editor)
    _approve(release, by=moderator)


def _pieces(parks: list[Any]) -> list[Piece]:
    uuids = [park.uuid for park in parks]
    newest = heads_of(uuids)
    texts = contents_of_versions(newest.values(), reader=None)
    known = {uuid: facts_alone(texts[head.pk]) for uuid, head in newest.items()}
    return [
        Piece(
            model=type(park),
            uuid=park.uuid,
            title=park.title,
            content={**known[park.uuid], "search_description": SAYS},
            before=known[park.uuid],
            base=newest[park.uuid],
        )
        for park in parks
    ]


@transaction.atomic
def _approve(release: Proposal, *, by: Any) -> None:
    """What an approval leads to; the screens of moderators are another room's."""
    merge_approved(release, release.latest_revision, by)
    if (review := release.current_workflow_state) is not None:
        review.cancel(user=by)

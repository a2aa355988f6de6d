"""Proposals made without the forms."""

from typing import Any
from uuid import UUID

from branches.actions import Piece, Wanted, begin_branch, keep, put_all_on, submit
from branches.models import ItemOperation, Proposal
from history.models import PageVersion
from history.reading import content_of_version
from history.reverting.contents import facts_alone, facts_of


def wanted(page: Any, *, base: PageVersion | None = None, **facts: Any) -> Wanted:
    """A wish that some facts of a page be others; track facts begin with `track_`."""
    versions = PageVersion.objects.filter(object_uuid=page.uuid)
    base = base or versions.latest("seq")
    before = facts_alone(content_of_version(base, reader=None))
    tracks = [
        {**row, **_named(facts, "track_")} if place == 0 else row
        for place, row in enumerate(before.get("tracks", []))
    ]
    own = {name: v for name, v in facts.items() if not name.startswith("track_")}
    content = {**before, **({"tracks": tracks} if tracks else {}), **own}
    return Wanted(
        model=type(page),
        uuid=page.uuid,
        title=page.title,
        content=content,
        before=before,
        base=base,
        reason="Read it on a sign",
        source="https://example.org/sign",
    )


def _named(facts: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): value
        for name, value in facts.items()
        if name.startswith(prefix)
    }


def drafted(page: Any, *, by: Any, **facts: Any) -> Proposal:
    return keep(wanted(page, **facts), by=by)


def suggested(page: Any, *, by: Any, **facts: Any) -> Proposal:
    """A suggestion that waits for a moderator."""
    proposal = drafted(page, by=by, **facts)
    return submit(proposal, by=by, seen=proposal.content_hash)


def piece(
    page: Any, operation: str = "edit", *, below: Any = None, **facts: Any
) -> Piece:
    """What shall become of a page on a branch."""
    wish = wanted(page, **facts)
    return Piece(
        model=wish.model,
        uuid=wish.uuid,
        title=wish.title,
        content=wish.content,
        before=wish.before,
        base=wish.base,
        operation=ItemOperation(operation),
        place_uuid=below.uuid if below else None,
    )


def new_piece(page: Any, below: UUID) -> Piece:
    """A page in memory, to be added below another one."""
    return Piece(
        model=type(page),
        uuid=page.uuid,
        title=page.title,
        content=facts_of(page),
        base=None,
        operation=ItemOperation.CREATE,
        place_uuid=below,
    )


def branch_with(*pieces: Piece, by: Any, name: str = "Season 2027") -> Proposal:
    branch = begin_branch(name, by=by, reason="For the new season")
    return put_all_on(branch, pieces, by=by)


def handed_in(branch: Proposal, *, by: Any) -> Proposal:
    return submit(branch, by=by, seen=branch.content_hash)


def new_wish(model: Any, place: Any, **facts: Any) -> Wanted:
    """A wish that a page of a kind be added below another one."""
    page = model(**facts)
    return Wanted(
        model=model,
        uuid=page.uuid,
        title=page.title,
        content={n: v for n, v in facts_of(page).items() if n != "slug"},
        before={},
        base=None,
        operation=ItemOperation.CREATE,
        place_uuid=place.uuid,
        reason="It opened today",
        source="https://example.org/news",
    )


def publish_height(ride: Any, height: str) -> None:
    """Publish another height of the first track of a ride."""
    draft = type(ride).objects.get(pk=ride.pk).get_latest_revision_as_object()
    tracks = list(draft.tracks.all())
    tracks[0].height = height
    draft.tracks = tracks
    draft.save_revision(log_action=True).publish()

"""Proposals made without the forms."""

from typing import Any

from branches.actions import Wanted, keep, submit
from branches.models import Proposal
from history.models import PageVersion
from history.reading import content_of_version
from history.reverting.contents import facts_alone


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

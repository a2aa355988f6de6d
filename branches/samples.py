"""Two suggestions about one ride of the demo: one is in conflict, one is not."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps

from branches.actions import Wanted, keep, look_again, submit
from branches.checks.deciding import check_now
from core.changes import describe_change
from history.models import PageVersion
from history.reading import content_of_version
from history.reverting.contents import facts_alone

RIDE = "gatekeeper"


def suggest_samples(people: Mapping[str, Any], **unused: Any) -> None:
    """Let the member suggest twice, and the moderator publish something between."""
    rides: Any = apps.get_model("parks", "RidePage").objects
    ride = rides.filter(slug=RIDE).first()
    if ride is None:
        return
    member = people["member"]
    clean = _wish(ride, "Timed on four rides: 2:35 at most", duration_s=155)
    disputed = _wish(ride, "The sign at the entrance says 68 mph", speed="68 mph")
    for wanted in (clean, disputed):
        kept = keep(wanted, by=member)
        submitted = submit(kept, by=member, seen=kept.content_hash)
        # No worker is there while the demo is filled.
        check_now(submitted.pk)
    _publish(ride, by=people["moderator"], speed="108 km/h")
    look_again(submitted)


def _wish(ride: Any, reason: str, **figures: Any) -> Wanted:
    base = PageVersion.objects.filter(object_uuid=ride.uuid).latest("seq")
    before = facts_alone(content_of_version(base, reader=None))
    first, *others = before["tracks"]
    return Wanted(
        model=type(ride),
        uuid=ride.uuid,
        title=ride.title,
        content={**before, "tracks": [{**first, **figures}, *others]},
        before=before,
        base=base,
        reason=reason,
        source="A visit in June 2026",
    )


def _publish(ride: Any, *, by: Any, **figures: Any) -> None:
    draft = ride.get_latest_revision_as_object()
    track = draft.tracks.all()[0]
    for name, value in figures.items():
        setattr(track, name, value)
    draft.tracks.add(track)
    with describe_change(by=by, reason="Speed as the maker gives it"):
        draft.save_revision(user=by).publish(user=by)

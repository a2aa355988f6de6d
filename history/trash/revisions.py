"""The CMS revisions of what comes back: the live text and a newer draft."""

from typing import Any

from django.utils import timezone

from wagtail.models import Page, Revision


def newest_draft(thing: Any) -> Revision | None:
    """The latest revision if it is not the one that is live."""
    if thing.latest_revision_id in (None, thing.live_revision_id):
        return None
    return thing.latest_revision


def give_revisions(
    thing: Any,
    *,
    draft: dict[str, Any] | None,
    draft_by: int | None,
    was_live: int | None = None,
) -> None:
    """Write the revisions an object needs to be edited and, if live, to be live.

    `was_live` is the revision that was live when it was deleted: a draft begun from
    that one was begun from the same text under its new key.
    """
    live = latest = None
    if thing.live:
        live = latest = _revision(thing, thing.serializable_data(), None)
    if draft is not None:
        if live and was_live in (
            draft.get("live_revision"),
            draft.get("latest_revision"),
        ):
            draft = {**draft, "live_revision": live.pk}
        latest = _revision(thing, draft, draft_by)
    if latest is None:
        latest = _revision(thing, thing.serializable_data(), None)
    known = {"live_revision": live, "latest_revision": latest}
    if isinstance(thing, Page):
        known["latest_revision_created_at"] = latest.created_at
    type(thing)._base_manager.filter(pk=thing.pk).update(**known)
    for name, value in known.items():
        setattr(thing, name, value)


def _revision(thing: Any, content: dict[str, Any], user_id: int | None) -> Revision:
    return Revision.objects.create(
        content_object=thing,
        base_content_type=thing.get_base_content_type(),
        user_id=user_id,
        created_at=timezone.now(),
        content=content,
        object_str=str(thing),
    )

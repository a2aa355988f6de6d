"""What happened to a page between the moment a text was begun and now."""

from typing import Any
from uuid import UUID

from django.db.models import Max

from wagtail.models import Revision

from history.content import facts_in
from history.models import PageVersion
from history.reading import CannotRead, content_of_version

MOST_TOLD = 20


def published_since(uuid: UUID, begun_from: int | None) -> list[PageVersion]:
    """The newest versions published after a revision was, oldest first.

    Without knowing that revision any more it is the newest version alone.
    """
    versions = PageVersion.objects.filter(object_uuid=uuid).select_related(
        "changeset__author", "changeset__publisher", "payload"
    )
    seen = versions.filter(revision_pk=begun_from).aggregate(seq=Max("seq"))["seq"]
    if begun_from is not None and seen is None:
        return list(versions.order_by("-seq")[:1])
    later = versions.filter(seq__gt=seen or 0).order_by("-seq")
    return list(later[:MOST_TOLD])[::-1]


def content_begun_from(
    page: Any, begun_from: int | None, *, reader: Any
) -> dict[str, Any] | None:
    """The facts a text was begun from; None if they are nowhere or hidden."""
    if begun_from is None:
        return None
    published = PageVersion.objects.filter(
        object_uuid=page.uuid, revision_pk=begun_from
    ).order_by("-seq")
    if version := published.first():
        return content_to(reader, version)
    revision = Revision.page_revisions.filter(
        pk=begun_from, object_id=str(page.pk)
    ).first()
    return facts_in(type(page), revision.content) if revision else None


def content_to(reader: Any, version: PageVersion) -> dict[str, Any] | None:
    """The facts of a version, unless this person cannot read them."""
    try:
        return content_of_version(version, reader=reader)
    except CannotRead:
        return None

"""Keeping what is about to be deleted."""

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone

from wagtail.models import Page

from core.changes import Change, current_change
from core.holders import refuse_if_named_elsewhere
from core.models import VersionedSnippet
from history.models import ChangeSet, Deletion, TrashedPage
from history.trash.hanging import hanging_on, rows_hanging_on
from history.trash.revisions import newest_draft

KEPT_FOR = timedelta(days=90)


def keep(page: Page, *, changeset: ChangeSet | None) -> Deletion:
    """Put a page, with all that stands below it, into the trash before it is deleted.

    Called in the transaction of the deletion while everything is still there.
    `changeset` is the deletion as history records it, None if none of the pages was
    ever public. Raises StillInUse when a fact elsewhere names something of it.
    """
    going = _subtree(page)
    things: list[Model] = [*going]
    for one in going:
        hanging = rows_hanging_on(one)
        things += [row for row in hanging if isinstance(row, VersionedSnippet)]
    refuse_if_named_elsewhere(things)
    change = current_change() or Change()
    now = timezone.now()
    deletion = Deletion.objects.create(
        changeset=changeset,
        title=page.title,
        address=page.url_path,
        parent_pk=page.get_parent().pk,
        pages=len(going),
        by=change.by,
        reason=changeset.reason if changeset else change.reason[:500],
        deleted_at=now,
        expires_at=now + KEPT_FOR,
    )
    parents = {one.path: one.pk for one in going}
    TrashedPage.objects.bulk_create(
        _trashed(deletion, position, one, parents) for position, one in enumerate(going)
    )
    return deletion


def _subtree(page: Page) -> list[Any]:
    """The page and those below it, parents first, none of them from memory."""
    below = Page.objects.filter(path__startswith=page.path).order_by("path")
    return list(below.specific())


def _trashed(
    deletion: Deletion, position: int, page: Any, parents: dict[str, int]
) -> TrashedPage:
    draft = newest_draft(page)
    return TrashedPage(
        deletion=deletion,
        position=position,
        object_uuid=page.uuid,
        content_type=ContentType.objects.get_for_model(page),
        page_pk=page.pk,
        parent_pk=parents.get(page.path[: -page.steplen], deletion.parent_pk),
        title=page.title,
        address=page.url_path,
        live=page.live,
        content=page.serializable_data(),
        draft=draft.content if draft else None,
        draft_by_id=draft.user_id if draft else None,
        hanging=hanging_on(page),
    )

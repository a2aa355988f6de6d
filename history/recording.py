"""The only place where a publish becomes a version."""

import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from wagtail.models import Page

import reversion
from reversion.models import Version

from core.changes import Change, current_change
from core.models import ContentPage
from history.content import changed_facts, changed_paths, fingerprint
from history.models import (
    ChangeKind,
    ChangeSet,
    FactChange,
    ObjectHead,
    Operation,
    PageVersion,
)
from history.reading import stored_texts
from history.serializer import Serializer


@transaction.atomic
def record(page: ContentPage) -> PageVersion | None:
    """Write down what a publish has just made live; None if that changed nothing.

    Runs in the transaction of the publish: the page is live with its version or not
    live at all. Publishes of one page wait for each other at the row of its head.
    """
    head = _locked_head(page)
    before = head.version
    text = Serializer().serialize([page])
    digest = fingerprint(text)
    if before is not None and before.sha256 == digest:
        return None
    changeset = _describe(page, current_change() or Change())
    size = len(text.encode())
    after = json.loads(text)
    known = stored_texts([before])[before.pk] if before else "{}"
    parent = page.get_parent().specific if isinstance(page, Page) else None
    version = PageVersion.objects.create(
        object_uuid=page.uuid,
        seq=before.seq + 1 if before else 1,
        content_type=ContentType.objects.get_for_model(page),
        page_id=page.pk,
        changeset=changeset,
        operation=Operation.EDIT if before else Operation.CREATE,
        place_uuid=getattr(parent, "uuid", None),
        address=page.url_path,
        parent=before,
        payload=_store(page, changeset),
        title=page.title,
        sha256=digest,
        size=size,
        growth=size - (before.size if before else 0),
        changed_facts=_changes(before, known, after),
        revision_pk=page.live_revision_id,
    )
    if before:
        FactChange.objects.bulk_create(
            FactChange(
                version=version,
                object_uuid=page.uuid,
                fact=path.partition("/")[0],
                path=path,
            )
            for path in changed_paths(json.loads(known), after)
        )
    head.version = version
    head.save(update_fields=["version"])
    return version


def _locked_head(page: ContentPage) -> ObjectHead:
    ObjectHead.objects.get_or_create(object_uuid=page.uuid)
    return (
        ObjectHead.objects.select_for_update(of=("self",))
        .select_related("version__payload")
        .get(object_uuid=page.uuid)
    )


def _describe(page: ContentPage, change: Change) -> ChangeSet:
    author = change.author or change.by
    return ChangeSet.objects.create(
        kind=change.kind or ChangeKind.PUBLISH,
        author=author,
        publisher=change.by or author,
        reason=change.reason or page.change_reason,
        source=change.source or page.change_source,
        made_at=change.made_at or timezone.now(),
    )


def _store(page: ContentPage, changeset: ChangeSet) -> Version:
    with reversion.create_revision(manage_manually=True):
        reversion.set_user(changeset.publisher)
        reversion.set_comment(changeset.reason)
        reversion.set_date_created(changeset.made_at)
        reversion.add_to_revision(page)
    return Version.objects.get_for_object(page).latest("pk")


def _changes(
    before: PageVersion | None, known: str, after: dict[str, Any]
) -> list[str]:
    if before is None:
        return sorted(after.keys() - {"pk", "uuid"})
    return changed_facts(json.loads(known), after)

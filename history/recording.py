"""The only place where a publish becomes a version."""

import json
from typing import Any

from django.db import transaction
from django.utils import timezone

import reversion
from reversion.models import Version

from core.changes import Change, current_change
from core.models import ContentPage
from history.content import changed_facts, fingerprint
from history.models import ChangeKind, ChangeSet, ObjectHead, PageVersion
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
    version = PageVersion.objects.create(
        object_uuid=page.uuid,
        seq=before.seq + 1 if before else 1,
        page_id=page.pk,
        changeset=changeset,
        parent=before,
        payload=_store(page, changeset),
        title=page.title,
        sha256=digest,
        size=len(text.encode()),
        changed_facts=_changes(before, text),
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


def _changes(before: PageVersion | None, text: str) -> list[str]:
    after: dict[str, Any] = json.loads(text)
    if before is None:
        return sorted(after.keys() - {"pk", "uuid"})
    return changed_facts(json.loads(before.payload.serialized_data), after)

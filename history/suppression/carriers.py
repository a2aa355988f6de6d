"""Where the text of a version stands besides its version."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wagtail.models import Comment, Revision, TaskState, WorkflowState

from history.content import canonical_text, facts_in, fingerprint
from history.models import PageVersion, RefusedText, TrashedPage
from history.reading import hashes_of
from history.suppression.refusals import StillInTrash, StillShown
from history.trash.hanging import snippets_in_trash


def subject_of(version: PageVersion) -> Any:
    """The page or snippet a version is of, None if it is gone."""
    model: Any = version.content_type.model_class()
    if model is None:
        return None
    return model._base_manager.filter(uuid=version.object_uuid).first()


def refuse_if_still_shown(versions: Iterable[PageVersion]) -> None:
    """Raise StillShown if one of the texts is live, the newest draft or waiting.

    Hiding a version hides the past. What is there now has to be corrected first.
    """
    versions = list(versions)
    hashes = hashes_of(versions)
    _refuse_if_in_trash(versions[0], hashes)
    subject = subject_of(versions[0])
    if subject is None:
        return
    live = subject.live_revision
    said = [subject.serializable_data(), *([live.content] if live else [])]
    if any(_hash(subject, data) in hashes for data in said):
        raise StillShown(
            _(
                "“%(subject)s” says this now. Publish a corrected text first, or "
                "delete it for good."
            )
            % {"subject": subject}
        )
    latest = subject.latest_revision
    if latest is not None and _hash(subject, latest.content) in hashes:
        raise StillShown(
            _(
                "The newest draft says this. Save a corrected draft first; the editor "
                "shows drafts to everybody who may edit."
            )
        )
    for revision in revisions_of(subject).filter(_is_needed(subject)):
        if _hash(subject, revision.content) in hashes:
            raise StillShown(
                _(
                    "A text that is scheduled or under review says this. "
                    "Cancel that first."
                )
            )


def prune_revisions(versions: Iterable[PageVersion]) -> int:
    """Delete the CMS's own copies of hidden texts; returns how many.

    Also the drafts that led to a hidden text and those that led away from it: they
    hold parts of it. What is live, newest, scheduled or under review stays, and so
    does what was published and is not hidden.
    """
    versions = list(versions)
    subject = subject_of(versions[0])
    if subject is None:
        return 0
    hashes = hashes_of(versions)
    shown = PageVersion.objects.filter(object_uuid=subject.uuid, text_hidden=False)
    around = Q()
    for version in versions:
        around |= _between_neighbours(version)
    suspects = revisions_of(subject).exclude(_is_needed(subject))
    suspects = suspects.exclude(pk__in=[subject.live_revision_id or 0])
    suspects = suspects.exclude(pk__in=[subject.latest_revision_id or 0])
    drafts = suspects.filter(around).exclude(
        pk__in=shown.filter(revision_pk__isnull=False).values("revision_pk")
    )
    gone = set(drafts.values_list("pk", flat=True))
    for revision in suspects.exclude(pk__in=gone).iterator(chunk_size=50):
        if _hash(subject, revision.content) in hashes:
            gone.add(revision.pk)
    _repoint(gone, subject.latest_revision_id)
    # What refused texts were begun from may be the hidden one; they merge without.
    refused = RefusedText.objects.filter(revision__in=revisions_of(subject))
    refused.update(began=None)
    Revision.objects.filter(pk__in=gone).delete()
    return len(gone)


def revisions_of(subject: Any) -> QuerySet[Revision]:
    """The CMS revisions of a page or snippet."""
    return Revision.objects.filter(
        base_content_type=subject.get_base_content_type(), object_id=str(subject.pk)
    )


def _hash(subject: Any, data: dict[str, Any]) -> str:
    facts = facts_in(type(subject), data)
    known = {"uuid": str(subject.uuid), "pk": subject.pk, **facts}
    return fingerprint(canonical_text(known))


def _is_needed(subject: Any) -> Q:
    """Scheduled, or under review."""
    under_review = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__object_id=str(subject.pk),
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return Q(approved_go_live_at__isnull=False) | Q(
        pk__in=under_review.values("revision")
    )


def _between_neighbours(version: PageVersion) -> Q:
    """Revisions written after the version before it and before the one after it."""
    others = PageVersion.objects.filter(object_uuid=version.object_uuid)
    before = others.filter(seq=version.seq - 1).select_related("changeset").first()
    after = others.filter(seq=version.seq + 1).select_related("changeset").first()
    span = Q(created_at__gt=before.changeset.recorded_at) if before else Q()
    if after is not None:
        span &= Q(created_at__lt=after.changeset.recorded_at)
    return span or Q(pk__isnull=False)


def _refuse_if_in_trash(version: PageVersion, hashes: set[str]) -> None:
    for kept in TrashedPage.objects.filter(object_uuid=version.object_uuid):
        model: Any = kept.content_type.model_class()
        for data in filter(None, (kept.content, kept.draft)):
            known = {"uuid": str(kept.object_uuid), "pk": kept.page_pk}
            text = canonical_text({**known, **facts_in(model, data)})
            if fingerprint(text) in hashes:
                raise StillInTrash(kept.title)
    uuid = str(version.object_uuid)
    # What hangs on pages has no column of its own.
    for kept in TrashedPage.objects.filter(hanging__icontains=uuid):
        for snippet, draft in snippets_in_trash(kept, uuid):
            said = filter(None, (snippet.serializable_data(), draft))
            if any(_hash(snippet, data) in hashes for data in said):
                raise StillInTrash(kept.title)


def _repoint(gone: set[int], latest: int | None) -> None:
    """Let decided reviews and comments keep a revision, or they would go with it."""
    if latest is not None:
        TaskState.objects.filter(revision__in=gone).update(revision=latest)
        Comment.objects.filter(revision_created__in=gone).update(
            revision_created=latest
        )

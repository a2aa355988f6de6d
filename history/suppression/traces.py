"""What repeats parts of a version elsewhere: titles, reversion's notes, log entries.

Nothing here is part of the record itself, so it can be emptied and filled again.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from wagtail.models import (
    ModelLogEntry,
    Page,
    PageLogEntry,
    Revision,
    WorkflowState,
)

from reversion.models import Revision as Entry
from reversion.models import Version as Payload

from history.models import ObjectHead, PageVersion, Suppression
from history.suppression.carriers import revisions_of, subject_of
from history.suppression.repeats import REPEATS, Hiding, Trace
from history.suppression.words import HIDDEN, Words, words_only_in


def hide_traces(suppression: Suppression) -> None:
    """Empty what repeats the hidden parts, and keep what it said."""
    hidings = list(
        suppression.hidden_versions.select_related("version__changeset", "version")
    )
    versions = [hiding.version for hiding in hidings]
    titles: set[str] = set()
    if suppression.hides_text:
        for hiding in hidings:
            if _has_title_of_its_own(hiding.version):
                hiding.title = hiding.version.title
                hiding.save(update_fields=["title"])
                titles.add(hiding.title)
                _set_title(hiding.version, HIDDEN)
    if suppression.hides_reason:
        _forget_reasons_on_page(versions)
    refresh_entries(versions)
    aside = list(_titles_in_log(versions[0], titles))
    if suppression.hides_author:
        aside += [*_people_in_log(versions), *_people_in_drafts(versions)]
    aside += _repeated_elsewhere(suppression, versions)
    for row, field, instead in aside:
        said = row.__dict__[field]
        suppression.put_aside.append([row._meta.label, row.pk, field, said, instead])
        type(row)._base_manager.filter(pk=row.pk).update(**{field: instead})
    suppression.save(update_fields=["put_aside"])


def show_traces(suppression: Suppression) -> None:
    """Say again what was emptied for this suppression."""
    hidings = suppression.hidden_versions.select_related("version")
    for hiding in hidings.exclude(title=""):
        if not hiding.version.text_hidden:
            _set_title(hiding.version, hiding.title)
    heir = _heir_of(suppression)
    for label, pk, field, said, *emptied in suppression.put_aside:
        if heir is not None and emptied not in ([], [None]):
            heir.put_aside.append([label, pk, field, said, *emptied])
            continue
        rows = apps.get_model(label)._base_manager.filter(pk=pk)
        # Somebody may have written something else there since.
        if not emptied or emptied == list(rows.values_list(field, flat=True)):
            rows.update(**{field: said})
    if heir is not None:
        heir.save(update_fields=["put_aside"])
    refresh_entries(suppression.versions.select_related("changeset"))


def _heir_of(suppression: Suppression) -> Suppression | None:
    """Another one that goes on hiding the same texts; it keeps what was put aside."""
    others = Suppression.objects.in_force().exclude(pk=suppression.pk)
    others = others.filter(versions__in=suppression.versions.all(), hides_text=True)
    return others.first() if suppression.hides_text else None


def refresh_entries(versions: Iterable[PageVersion]) -> None:
    """Bring reversion's notes of these versions' changes in line with the flags."""
    for version in versions:
        changeset = version.changeset
        Entry.objects.filter(version__page_version__changeset=changeset).update(
            comment="" if changeset.reason_hidden else changeset.reason,
            user=None if changeset.author_hidden else changeset.publisher_id,
        )


def _repeated_elsewhere(
    suppression: Suppression, versions: list[PageVersion]
) -> Iterator[Trace]:
    words = words_only_in(versions) if suppression.hides_text else Words(frozenset())
    hiding = Hiding(suppression, tuple(versions), words)
    for find in REPEATS:
        yield from find(hiding)


def _has_title_of_its_own(version: PageVersion) -> bool:
    """Whether its title is not the one the object is known by now."""
    head = ObjectHead.objects.select_related("version").get(pk=version.object_uuid)
    newest = head.version
    return newest is not None and version.title not in (newest.title, HIDDEN)


def _set_title(version: PageVersion, title: str) -> None:
    PageVersion.objects.filter(pk=version.pk).update(title=title)
    Payload.objects.filter(page_version=version.pk).update(object_repr=title)


def _forget_reasons_on_page(versions: list[PageVersion]) -> None:
    """The page's form and its drafts still hold the words about their last change."""
    subject = subject_of(versions[0])
    if not isinstance(subject, Page):
        return
    told = {(v.changeset.reason, v.changeset.source) for v in versions}
    empty = {"change_reason": "", "change_source": ""}
    specific: Any = subject
    if (specific.change_reason, specific.change_source) in told:
        type(subject)._base_manager.filter(pk=subject.pk).update(**empty)
    for revision in revisions_of(subject).iterator(chunk_size=50):
        content = revision.content
        if (content.get("change_reason"), content.get("change_source")) in told:
            revision.content = {**content, **empty}
            revision.save(update_fields=["content"])


def _log_of(version: PageVersion) -> QuerySet[Any]:
    """The log entries of a version's object, even of one that is gone."""
    model: Any = version.content_type.model_class()
    key: Any = version.page_id
    if key is None:
        payloads = Payload.objects.filter(
            page_version__object_uuid=version.object_uuid
        ).values_list("object_id", flat=True)
        key = payloads.first()
    if issubclass(model, Page):
        return PageLogEntry.objects.filter(page=key)
    return ModelLogEntry.objects.filter(
        content_type=version.content_type, object_id=str(key)
    )


def _titles_in_log(version: PageVersion, titles: set[str]) -> Iterator[Trace]:
    if not titles:
        return
    for entry in _log_of(version):
        if entry.label in titles:
            yield entry, "label", HIDDEN
        if any(title in str(entry.data) for title in titles):
            yield entry, "data", {}


def _people_in_log(versions: list[PageVersion]) -> Iterator[Trace]:
    """Who acted, in the entries of the hidden changes and of the drafts before them."""
    concerned = Q(pk__in=())
    for version in versions:
        changeset = version.changeset
        if changeset.log_uuid is not None:
            concerned |= Q(uuid=changeset.log_uuid)
        if version.revision_pk is not None:
            concerned |= Q(revision=version.revision_pk)
        span = Q(user=changeset.author_id, timestamp__lte=changeset.recorded_at)
        before = PageVersion.objects.filter(
            object_uuid=version.object_uuid, seq=version.seq - 1
        ).select_related("changeset")
        if known := before.first():
            span &= Q(timestamp__gt=known.changeset.recorded_at)
        concerned |= span
    for entry in _log_of(versions[0]).filter(concerned, user__isnull=False):
        yield entry, "user_id", None


def _people_in_drafts(versions: list[PageVersion]) -> Iterator[Trace]:
    """Who wrote the CMS's revision of a version, and who handed it in for review."""
    keys = [version.revision_pk for version in versions if version.revision_pk]
    for revision in Revision.objects.filter(pk__in=keys, user__isnull=False):
        yield revision, "user_id", None
    reviews = WorkflowState.objects.filter(
        task_states__revision__in=keys, requested_by__isnull=False
    ).exclude(status=WorkflowState.STATUS_IN_PROGRESS)
    for review in reviews.distinct():
        yield review, "requested_by_id", None

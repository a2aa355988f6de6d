"""The versions of each object: no gap (I2), unaltered (I3), and under a head (I1)."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from reversion.models import Version as Payload

from history.content import fingerprint
from history.models import ObjectHead, PageVersion
from history.reading import readable_texts
from history.recording.states import FORMAT
from history.recording.texts import Texts
from history.verifying.faults import Fault
from history.verifying.records import problems_of_record

# A text may have 640 KB: so many of them are held at once.
AT_ONCE = 100
HEADS_AT_ONCE = 500
MOST_NAMED = 20


def faults_of_versions(only: UUID | None) -> Iterator[Fault | int]:
    """What is wrong with the versions, and after each chunk how many were read."""
    before: PageVersion | None = None
    text_before: str | None = None
    while chunk := list(_following(before, only)):
        texts = readable_texts(chunk)
        for version in chunk:
            text = texts.get(version.pk)
            if before is not None and before.object_uuid != version.object_uuid:
                before, text_before = None, None
            yield from _faults_of_place(before, version)
            yield from _faults_of_text(version, text)
            if text is not None and fingerprint(text) != version.sha256:
                text = None
            yield from _faults_of_record(before, version, text_before, text)
            before, text_before = version, text
        yield len(chunk)


def faults_of_heads(only: UUID | None) -> Iterator[Fault]:
    """I1: every object has a head, which points to its newest version."""
    last = UUID(int=0)
    heads = ObjectHead.objects.select_related("version").order_by("object_uuid")
    if only is not None:
        heads = heads.filter(pk=only)
    while chunk := list(heads.filter(object_uuid__gt=last)[:HEADS_AT_ONCE]):
        newest = _newest(chunk)
        for head in chunk:
            known = head.version.seq if head.version else None
            if known != newest.get(head.object_uuid):
                yield Fault(
                    "I1",
                    str(head.object_uuid),
                    newest.get(head.object_uuid),
                    f"is the newest version, and the head points to {known}",
                )
            elif head.version and head.version.object_uuid != head.object_uuid:
                yield Fault(
                    "I1", str(head.object_uuid), known, "belongs to another object"
                )
        last = chunk[-1].object_uuid
    headless = PageVersion.objects.filter(
        ~Exists(ObjectHead.objects.filter(pk=OuterRef("object_uuid")))
    )
    if only is not None:
        headless = headless.filter(object_uuid=only)
    for uuid in headless.order_by().values_list("object_uuid", flat=True).distinct():
        yield Fault("I1", str(uuid), None, "has versions and no head")


def faults_of_payloads() -> Iterator[Fault]:
    """I3: no text that no version is about."""
    left = Payload.objects.filter(format=FORMAT, page_version=None).order_by("pk")
    for payload in left[:MOST_NAMED]:
        yield Fault(
            "I3", payload.object_id, None, f"text {payload.pk} belongs to no version"
        )
    if (number := left.count()) > MOST_NAMED:
        yield Fault("I3", "", None, f"{number} texts belong to no version")


def _following(before: PageVersion | None, only: UUID | None) -> QuerySet[PageVersion]:
    versions = PageVersion.objects.select_related("payload")
    versions = versions.prefetch_related("fact_changes")
    if only is not None:
        versions = versions.filter(object_uuid=only)
    if before is not None:
        versions = versions.filter(
            Q(object_uuid__gt=before.object_uuid)
            | Q(object_uuid=before.object_uuid, seq__gt=before.seq)
        )
    return versions.order_by("object_uuid", "seq")[:AT_ONCE]


def _faults_of_place(
    before: PageVersion | None, version: PageVersion
) -> Iterator[Fault]:
    due = before.seq + 1 if before else 1
    if version.seq != due:
        missing = f"version {due}" if version.seq == due + 1 else f"versions from {due}"
        yield _fault("I2", version, f"{missing} before it is missing")
    if version.parent_id != (before.pk if before else None):
        yield _fault("I2", version, "does not follow the version before it")


def _faults_of_text(version: PageVersion, text: str | None) -> Iterator[Fault]:
    is_hot = version.payload_id is not None
    if is_hot == (version.bundle_id is not None):
        yield _fault("I3", version, "has to be in the database or in the archive")
    if text is None:
        yield _fault("I3", version, "cannot be read; its archived copy is damaged")
    elif fingerprint(text) != version.sha256:
        yield _fault("I3", version, "does not say what it said when it was recorded")


def _faults_of_record(
    before: PageVersion | None, version: PageVersion, was: str | None, now: str | None
) -> Iterator[Fault]:
    """Only of what follows the version before it, and says what it said."""
    is_first, follows = before is None, version.parent_id == (before and before.pk)
    if now is None or not follows:
        return
    if is_first or was is not None:
        for problem in problems_of_record(version, before, Texts(was, now)):
            yield _fault("I3", version, problem)


def _newest(heads: Sequence[ObjectHead]) -> dict[UUID, int]:
    versions = PageVersion.objects.filter(object_uuid__in=[h.pk for h in heads])
    newest = versions.order_by().values("object_uuid").annotate(newest=Max("seq"))
    return dict(newest.values_list("object_uuid", "newest"))


def _fault(check: str, version: PageVersion, problem: str) -> Fault:
    return Fault(check, str(version.object_uuid), version.seq, problem)

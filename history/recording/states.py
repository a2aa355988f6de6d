"""What is written of one object: its state, after a state before, as a version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from reversion.models import Version as Payload

from core.faults import reach
from history.content import fingerprint
from history.models import FactChange, ObjectHead, Operation, PageVersion
from history.reading import stored_texts
from history.recording.changesets import OpenChangeset
from history.recording.texts import Texts

# The name of history/serializer.py among Django's formats.
FORMAT = "wagtail-page"


@dataclass(frozen=True, slots=True)
class State:
    """One object as it is from now on.

    `text` is its canonical content; None says that it is that of the version before.
    """

    uuid: UUID
    pk: int
    content_type_id: int
    operation: Operation
    text: str | None
    title: str
    live: bool
    before: PageVersion | None
    page_pk: int | None = None
    place_uuid: UUID | None = None
    address: str = ""
    revision_pk: int | None = None


def newest_versions(uuids: Iterable[UUID]) -> dict[UUID, PageVersion]:
    """The newest version of each of these objects that has one; locks their heads.

    Whoever asks next waits for this transaction. The versions are read after the
    locks are held: in the same query they would be those of before the wait.
    """
    heads = ObjectHead.objects.select_for_update().filter(object_uuid__in=uuids)
    keys = [
        head.version_id for head in heads.order_by("object_uuid") if head.version_id
    ]
    versions = PageVersion.objects.select_related("payload").filter(pk__in=keys)
    return {version.object_uuid: version for version in versions}


def newest_version(uuid: UUID) -> PageVersion | None:
    """The newest version of one object, or None; its head exists and is locked.

    One query, unless it had to wait: then the version that was joined to the head is
    that of before the wait, PostgreSQL leaves it out, and it is asked for again.
    """
    heads = ObjectHead.objects.select_related("version__payload")
    locked = heads.select_for_update(of=("self",)).filter(object_uuid=uuid)
    head = locked.first()
    if head is None:
        ObjectHead.objects.bulk_create(
            [ObjectHead(object_uuid=uuid)], ignore_conflicts=True
        )
        head = locked.get()
    if head.version is None and head.version_id is not None:
        versions = PageVersion.objects.select_related("payload")
        return versions.get(pk=head.version_id)
    return head.version


def write(opened: OpenChangeset, states: Sequence[State]) -> list[PageVersion]:
    """One version for each state, all in the same few queries."""
    known = stored_texts([state.before for state in states if state.before])
    texts = [
        Texts(known[state.before.pk] if state.before else None, state.text)
        for state in states
    ]
    payloads = Payload.objects.bulk_create(
        Payload(
            revision=opened.entry,
            object_id=str(state.pk),
            content_type_id=state.content_type_id,
            db=DEFAULT_DB_ALIAS,
            format=FORMAT,
            serialized_data=text.now,
            object_repr=state.title,
        )
        for state, text in zip(states, texts, strict=True)
    )
    versions = PageVersion.objects.bulk_create(
        _version(opened, state, payload, text)
        for state, payload, text in zip(states, payloads, texts, strict=True)
    )
    opened.versions += versions
    FactChange.objects.bulk_create(
        FactChange(
            version=version,
            object_uuid=version.object_uuid,
            fact=path.partition("/")[0],
            path=path,
        )
        for version, text in zip(versions, texts, strict=True)
        for path in text.changed_paths()
    )
    ObjectHead.objects.bulk_create(
        [ObjectHead(object_uuid=v.object_uuid, version=v) for v in versions],
        update_conflicts=True,
        unique_fields=["object_uuid"],
        update_fields=["version"],
    )
    reach("version_written")
    return versions


def _version(
    opened: OpenChangeset, state: State, payload: Payload, text: Texts
) -> PageVersion:
    before, size = state.before, text.size
    return PageVersion(
        object_uuid=state.uuid,
        seq=before.seq + 1 if before else 1,
        content_type_id=state.content_type_id,
        page_id=state.page_pk,
        changeset=opened.changeset,
        parent=before,
        operation=state.operation,
        title=state.title[:255],
        live=state.live,
        place_uuid=state.place_uuid,
        address=state.address,
        sha256=fingerprint(text.now),
        size=size,
        growth=size - (before.size if before else 0),
        changed_facts=text.changed_facts(),
        revision_pk=state.revision_pk,
        # The text of before under another number stays as hidden as it was.
        text_hidden=bool(text.same and before and before.text_hidden),
        payload=payload,
    )

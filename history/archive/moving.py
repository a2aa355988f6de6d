"""Moving versions out of the database into a bundle, a chunk at a time.

At each moment every version can be read: its text leaves the database in the same
transaction that points to the file, and the file was read back from the disk before.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from reversion.models import Revision, Version

from core.faults import reach
from history.archive.bundles import (
    LAYOUT,
    BundleDamaged,
    Entry,
    Line,
    ReadRange,
    every_line,
    write_bundle,
)
from history.archive.files import name_for, uuid_of, write_file
from history.archive.pointers import point_to_bundle
from history.content import fingerprint
from history.models import ArchiveBundle, ObjectHead, PageVersion

MOST_IN_CHUNK = 500
CHUNK_BYTES = 16 * 1024 * 1024


@dataclass(slots=True)
class Moved:
    """What archiving some versions came to."""

    versions: int = 0
    bundles: int = 0
    raw_bytes: int = 0
    bytes: int = 0
    unsound: list[str] = field(default_factory=list)

    def add(self, other: "Moved") -> None:
        """Count another chunk in."""
        self.versions += other.versions
        self.bundles += other.bundles
        self.raw_bytes += other.raw_bytes
        self.bytes += other.bytes
        self.unsound += other.unsound


def chunks(sized: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Keys of versions in chunks that are neither too many nor too long."""
    chunk: list[int] = []
    length = 0
    for pk, size in sized:
        if chunk and (len(chunk) == MOST_IN_CHUNK or length + size > CHUNK_BYTES):
            yield chunk
            chunk, length = [], 0
        chunk.append(pk)
        length += size
    if chunk:
        yield chunk


def archive_chunk(
    *,
    pks: Sequence[int],
    eligible: QuerySet[PageVersion],
    committing: Callable[[Moved], None],
) -> Moved:
    """Move these versions into one bundle, but for those not eligible any more.

    `committing` is called at the end of the transaction with what was moved; what it
    raises leaves everything in the database. A version whose text is not what
    was recorded stays, too, and is named.
    """
    moved = Moved()
    versions = _sound(_loaded(pks), moved)
    if not versions:
        return moved
    lines = _lines(versions)
    content = write_bundle(lines)
    name = name_for(content, timezone.now())
    write_file(name, content, lambda read, size: _compare(read, size, lines))
    reach("archive_file_written")
    with transaction.atomic():
        going = _lock(versions, eligible)
        moving = [
            (number, version)
            for number, version in enumerate(versions)
            if version.pk in going
        ]
        if moving:
            bundle = _record(name, content, versions)
            _switch(bundle, moving)
            moved.versions, moved.bundles = len(moving), 1
            moved.raw_bytes = sum(version.size for _, version in moving)
            moved.bytes = len(content)
        committing(moved)
        reach("archive_row_switched")
    return moved


class Hot(NamedTuple):
    """What a bundle holds of a version in the database, and where that lies.

    A plain value: instances of models would take longer to make than to pack.
    """

    pk: int
    object_uuid: UUID
    seq: int
    content_type_id: int
    changeset_id: int
    title: str
    sha256: str
    size: int
    payload_id: int
    revision_id: int
    key: str
    text: str


_COLUMNS = (
    *("pk", "object_uuid", "seq", "content_type_id", "changeset_id", "title"),
    *("sha256", "size", "payload_id", "payload__revision_id", "payload__object_id"),
    "payload__serialized_data",
)


def _loaded(pks: Sequence[int]) -> list[Hot]:
    hot = PageVersion.objects.filter(pk__among=pks, payload__isnull=False)
    return [
        Hot(*row) for row in hot.order_by("object_uuid", "seq").values_list(*_COLUMNS)
    ]


def _sound(versions: Iterable[Hot], moved: Moved) -> list[Hot]:
    """Those whose text is what was recorded: nothing else may become permanent."""
    sound = []
    for version in versions:
        if fingerprint(version.text) == version.sha256:
            sound.append(version)
        else:
            moved.unsound.append(f"{version.object_uuid}, version {version.seq}")
    return sound


def _lines(versions: Iterable[Hot]) -> list[Line]:
    return [
        Entry(
            object_uuid=str(version.object_uuid),
            seq=version.seq,
            model=_name_of_model(version.content_type_id),
            key=version.key,
            change=version.changeset_id,
            title=version.title,
            sha256=version.sha256,
            text=version.text,
        ).line()
        for version in versions
    ]


def _name_of_model(content_type_id: int) -> str:
    return ".".join(ContentType.objects.get_for_id(content_type_id).natural_key())


def _compare(read: ReadRange, size: int, lines: list[Line]) -> None:
    if list(every_line(read, size)) != lines:
        raise BundleDamaged("what was read back is not what was written")


def _lock(versions: Sequence[Hot], eligible: QuerySet[PageVersion]) -> set[int]:
    """Hold the versions and their objects' heads; which of them may go."""
    pks = [version.pk for version in versions]
    uuids = {version.object_uuid for version in versions}
    # In one order everywhere, so that a publish of several pages cannot deadlock.
    heads = ObjectHead.objects.select_for_update(of=("self",)).filter(pk__in=uuids)
    list(heads.order_by("pk").values_list("pk", flat=True))
    rows = PageVersion.objects.select_for_update(of=("self",)).filter(pk__among=pks)
    list(rows.order_by("pk").values_list("pk", flat=True))
    going = eligible.filter(pk__among=pks).order_by()
    return set(going.values_list("pk", flat=True))


def _record(name: str, content: bytes, versions: Sequence[Hot]) -> ArchiveBundle:
    return ArchiveBundle.objects.create(
        uuid=uuid_of(content),
        name=name,
        layout=LAYOUT,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        raw_size=sum(version.size for version in versions),
        entries=len(versions),
        checked_at=Now(),
    )


def _switch(bundle: ArchiveBundle, moving: list[tuple[int, Hot]]) -> None:
    """Point the versions to the bundle and drop what reversion kept of them."""
    payloads = [version.payload_id for _, version in moving]
    revisions = list({version.revision_id for _, version in moving})
    point_to_bundle(bundle.pk, {version.pk: number for number, version in moving})
    # Without asking what else may point there: the database would refuse.
    using = connection.alias
    Version.objects.filter(pk__among=payloads)._raw_delete(using)
    left = Version.objects.filter(revision=OuterRef("pk"))
    Revision.objects.filter(~Exists(left), pk__among=revisions)._raw_delete(using)

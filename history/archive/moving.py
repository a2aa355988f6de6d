"""Moving versions out of the database into a bundle, a chunk at a time.

At each moment every version can be read: its text leaves the database in the same
transaction that points to the file, and the file was read back from the disk before.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

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
    ReadRange,
    every_entry,
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
    entries = [_entry(version) for version in versions]
    content = write_bundle(entries)
    name = name_for(content, timezone.now())
    write_file(name, content, lambda read, size: _compare(read, size, entries))
    reach("archive_file_written")
    with transaction.atomic():
        staying = _lock(versions, eligible)
        moving = {
            version: number
            for number, version in enumerate(versions)
            if version.pk not in staying
        }
        if moving:
            bundle = _record(name, content, versions)
            _switch(bundle, moving)
            moved.versions, moved.bundles = len(moving), 1
            moved.raw_bytes = sum(version.size for version in moving)
            moved.bytes = len(content)
        committing(moved)
        reach("archive_row_switched")
    return moved


def _loaded(pks: Sequence[int]) -> list[PageVersion]:
    return list(
        PageVersion.objects.filter(pk__in=pks, payload__isnull=False)
        .select_related("payload", "content_type")
        .order_by("object_uuid", "seq")
    )


def _sound(versions: Iterable[PageVersion], moved: Moved) -> list[PageVersion]:
    """Those whose text is what was recorded: nothing else may become permanent."""
    sound = []
    for version in versions:
        if fingerprint(_payload(version).serialized_data) == version.sha256:
            sound.append(version)
        else:
            moved.unsound.append(f"{version.object_uuid}, version {version.seq}")
    return sound


def _payload(version: PageVersion) -> Any:
    """What reversion keeps of a version that is in the database."""
    return version.payload


def _entry(version: PageVersion) -> Entry:
    return Entry(
        object_uuid=str(version.object_uuid),
        seq=version.seq,
        model=".".join(version.content_type.natural_key()),
        key=_payload(version).object_id,
        change=version.changeset_id,
        title=version.title,
        sha256=version.sha256,
        text=_payload(version).serialized_data,
    )


def _compare(read: ReadRange, size: int, entries: list[Entry]) -> None:
    if list(every_entry(read, size)) != entries:
        raise BundleDamaged("what was read back is not what was written")


def _lock(versions: Sequence[PageVersion], eligible: QuerySet[PageVersion]) -> set[int]:
    """Hold the versions and their objects' heads; which of them have to stay."""
    pks = {version.pk for version in versions}
    uuids = {version.object_uuid for version in versions}
    # In one order everywhere, so that a publish of several pages cannot deadlock.
    heads = ObjectHead.objects.select_for_update(of=("self",)).filter(pk__in=uuids)
    list(heads.order_by("pk").values_list("pk", flat=True))
    rows = PageVersion.objects.select_for_update(of=("self",)).filter(pk__in=pks)
    list(rows.order_by("pk").values_list("pk", flat=True))
    going = eligible.filter(pk__in=pks).order_by().values_list("pk", flat=True)
    return pks - set(going)


def _record(
    name: str, content: bytes, versions: Sequence[PageVersion]
) -> ArchiveBundle:
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


def _switch(bundle: ArchiveBundle, moving: dict[PageVersion, int]) -> None:
    """Point the versions to the bundle and drop what reversion kept of them."""
    payloads = [version.payload_id for version in moving]
    revisions = {_payload(version).revision_id for version in moving}
    point_to_bundle(
        bundle.pk, {version.pk: number for version, number in moving.items()}
    )
    # Without asking what else may point there: the database would refuse.
    using = connection.alias
    Version.objects.filter(pk__in=payloads)._raw_delete(using)
    left = Version.objects.filter(revision=OuterRef("pk"))
    Revision.objects.filter(~Exists(left), pk__in=revisions)._raw_delete(using)

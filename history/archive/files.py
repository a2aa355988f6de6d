"""Bundles as files: written so that a power cut leaves all of one or none.

Where the storage is a folder, bytes are forced to disk before anybody relies on them.
Object storages promise the same by themselves once they have answered.
"""

import hashlib
import os
import posixpath
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from history.archive.bundles import BundleDamaged, ReadRange
from history.archive.out_of_reach import (
    FAILURES,
    asking_storage,
    out_of_reach,
)

SUFFIX = ".twa"
UNFINISHED = ".part"
# Only files of these names are ours to count or remove.
_OURS = re.compile(rf"\d{{4}}/\d{{2}}/[0-9a-f-]{{36}}\{SUFFIX}(?:\{UNFINISHED})?")


def archive_storage() -> Storage:
    """Where bundles are kept."""
    return storages["archive"]


def uuid_of(content: bytes) -> UUID:
    """The identity of a bundle: the beginning of its sha256."""
    return UUID(hashlib.sha256(content).hexdigest()[:32])


def name_for(content: bytes, moment: datetime) -> str:
    """The name of a bundle: equal bytes of one month have one name."""
    return f"{moment:%Y/%m}/{uuid_of(content)}{SUFFIX}"


def write_file(
    name: str, content: bytes, check: Callable[[ReadRange, int], None]
) -> None:
    """Put a bundle into the storage under its name, once what was stored is checked.

    `check` is given the stored bytes to read, before the name exists where the
    storage can do that; what it raises leaves no file behind.
    """
    storage = archive_storage()
    place = _local_path(storage, name)
    if place is None:
        _upload(storage, name, content, check)
        return
    unfinished = place.with_name(place.name + UNFINISHED)
    _make_folder(place.parent)
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            _forget_cached(file.fileno())
        check(lambda at, length: _read_local(unfinished, at, length), len(content))
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    unfinished.replace(place)
    _sync_folder(place.parent)


def reader_of(name: str) -> ReadRange:
    """Reads ranges of a bundle: nothing else of the file where the storage can."""
    storage = archive_storage()
    place = _local_path(storage, name)
    if place is not None:
        root = _local_path(storage, "")
        return lambda at, length: _read_local(place, at, length, root)
    bucket = getattr(storage, "bucket", None)
    if bucket is not None:
        return lambda at, length: _read_from_bucket(storage, name, at, length)
    return lambda at, length: _read_stored(storage, name, at, length)


def size_of(name: str) -> int:
    """Bytes of a stored bundle. Raises BundleDamaged when it is not there."""
    storage = archive_storage()
    with asking_storage(_local_path(storage, "")):
        return storage.size(name)


def sha256_of(name: str) -> str:
    """The fingerprint of a stored bundle. Raises BundleDamaged."""
    storage, digest = archive_storage(), hashlib.sha256()
    with asking_storage(_local_path(storage, "")), storage.open(name) as file:
        for part in file.chunks():
            digest.update(part)
    return digest.hexdigest()


def every_file(folder: str = "") -> Iterator[str]:
    """Names of all bundles in the storage, unfinished ones included."""
    storage = archive_storage()
    try:
        # Of a folder nothing is asked that could be out of reach: a new wiki has none.
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    except FAILURES as error:
        raise out_of_reach(error) from error
    for name in sorted(files):
        if _OURS.fullmatch(path := f"{folder}{name}"):
            yield path
    for name in sorted(folders):
        yield from every_file(f"{folder}{name}/")


def modified_at(name: str) -> datetime:
    """When a file was written."""
    with asking_storage():
        return archive_storage().get_modified_time(name)


def remove_file(name: str) -> None:
    """Remove a file that no version is in."""
    with asking_storage():
        archive_storage().delete(name)


def _local_path(storage: Storage, name: str) -> Path | None:
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None


def _read_local(place: Path, at: int, length: int, root: Path | None = None) -> bytes:
    with asking_storage(root), place.open("rb", buffering=0) as file:
        return os.pread(file.fileno(), length, max(at, 0))


def _read_from_bucket(storage: Any, name: str, at: int, length: int) -> bytes:
    key = posixpath.join(storage.location, name).lstrip("/")
    wanted = f"bytes={max(at, 0)}-{max(at, 0) + length - 1}"
    with asking_storage():
        return bytes(storage.bucket.Object(key).get(Range=wanted)["Body"].read())


def _read_stored(storage: Storage, name: str, at: int, length: int) -> bytes:
    with asking_storage(), storage.open(name) as file:
        file.seek(max(at, 0))
        return bytes(file.read(length))


def _upload(
    storage: Storage,
    name: str,
    content: bytes,
    check: Callable[[ReadRange, int], None],
) -> None:
    with asking_storage():
        if not storage.exists(name):
            stored = storage.save(name, ContentFile(content))
            if stored != name:
                storage.delete(stored)
                raise BundleDamaged(f"the storage would not keep the name {name}")
    try:
        check(reader_of(name), len(content))
    except BaseException:
        # A file that stays behind is in no version and goes with a later run.
        with suppress(*FAILURES):
            storage.delete(name)
        raise


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir()
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _forget_cached(number: int) -> None:
    """Ask for the next read to come from the disk, where the system can do that."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)

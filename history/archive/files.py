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

from botocore.exceptions import BotoCoreError, ClientError

from history.archive.bundles import BundleDamaged, ReadRange

SUFFIX = ".twa"
UNFINISHED = ".part"
UNREADABLE = (OSError, BotoCoreError, ClientError)
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
        return lambda at, length: _read_local(place, at, length)
    bucket = getattr(storage, "bucket", None)
    if bucket is not None:
        return lambda at, length: _read_from_bucket(storage, name, at, length)
    return lambda at, length: _read_stored(storage, name, at, length)


def size_of(name: str) -> int:
    """Bytes of a stored bundle. Raises BundleDamaged when it is not there."""
    try:
        return archive_storage().size(name)
    except UNREADABLE as error:
        raise BundleDamaged("the file is missing or cannot be read") from error


def sha256_of(name: str) -> str:
    """The fingerprint of a stored bundle. Raises BundleDamaged."""
    digest = hashlib.sha256()
    try:
        with archive_storage().open(name) as file:
            for part in file.chunks():
                digest.update(part)
    except UNREADABLE as error:
        raise BundleDamaged("the file is missing or cannot be read") from error
    return digest.hexdigest()


def every_file(folder: str = "") -> Iterator[str]:
    """Names of all bundles in the storage, unfinished ones included."""
    try:
        folders, files = archive_storage().listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        if _OURS.fullmatch(path := f"{folder}{name}"):
            yield path
    for name in sorted(folders):
        yield from every_file(f"{folder}{name}/")


def modified_at(name: str) -> datetime:
    """When a file was written."""
    return archive_storage().get_modified_time(name)


def remove_file(name: str) -> None:
    """Remove a file that no version is in."""
    archive_storage().delete(name)


def _local_path(storage: Storage, name: str) -> Path | None:
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None


def _read_local(place: Path, at: int, length: int) -> bytes:
    try:
        with place.open("rb", buffering=0) as file:
            return os.pread(file.fileno(), length, max(at, 0))
    except UNREADABLE as error:
        raise BundleDamaged("the file is missing or cannot be read") from error


def _read_from_bucket(storage: Any, name: str, at: int, length: int) -> bytes:
    key = posixpath.join(storage.location, name).lstrip("/")
    try:
        wanted = f"bytes={max(at, 0)}-{max(at, 0) + length - 1}"
        return bytes(storage.bucket.Object(key).get(Range=wanted)["Body"].read())
    except UNREADABLE as error:
        raise BundleDamaged("the object is missing or cannot be read") from error


def _read_stored(storage: Storage, name: str, at: int, length: int) -> bytes:
    try:
        with storage.open(name) as file:
            file.seek(max(at, 0))
            return bytes(file.read(length))
    except UNREADABLE as error:
        raise BundleDamaged("the file is missing or cannot be read") from error


def _upload(
    storage: Storage,
    name: str,
    content: bytes,
    check: Callable[[ReadRange, int], None],
) -> None:
    if not storage.exists(name):
        stored = storage.save(name, ContentFile(content))
        if stored != name:
            storage.delete(stored)
            raise BundleDamaged(f"the storage would not keep the name {name}")
    try:
        check(reader_of(name), len(content))
    except BaseException:
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

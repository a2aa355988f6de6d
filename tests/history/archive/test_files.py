"""Bundles as files: on a disk and on object storage."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from history.archive import files
from history.archive.bundles import BundleDamaged
from history.archive.files import every_file, reader_of, sha256_of, size_of, write_file

NAME = "2026/11/0a4bb2f4-4f6c-4a9c-9d9b-6f0a0f6e1c11.twa"


class Bucket(Storage):
    """What of S3Storage the archive touches, with the ranges it was asked for."""

    location = "wiki/archive"

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.away = False

    @property
    def bucket(self) -> Any:
        return self

    def Object(self, key: str) -> Any:  # noqa: N802  boto's name
        self.key = key
        return self

    def get(self, *, Range: str) -> dict[str, Any]:  # noqa: N803  boto's name
        if self.away:
            raise EndpointConnectionError(endpoint_url="https://s3.example.org")
        if self.key not in self.objects:
            raise ClientError({"Error": {"Code": "NoSuchKey"}}, "GetObject")
        self.asked.append(Range)
        first, last = map(int, Range.removeprefix("bytes=").split("-"))
        return {"Body": BytesIO(self.objects[self.key][first : last + 1])}

    def exists(self, name: str) -> bool:
        return f"{self.location}/{name}" in self.objects

    def _save(self, name: str, content: File[bytes]) -> str:
        self.objects[f"{self.location}/{name}"] = content.read()
        return name

    def delete(self, name: str) -> None:
        self.objects.pop(f"{self.location}/{name}", None)

    def open(self, name: str, mode: str = "rb") -> File[bytes]:
        return ContentFile(self.objects[f"{self.location}/{name}"])


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Bucket:
    bucket = Bucket()
    monkeypatch.setattr(files, "archive_storage", lambda: bucket)
    return bucket


def accept(read: Any, size: int) -> None:
    """A check that finds nothing."""


def test_a_file_is_forced_to_disk_before_it_gets_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(number: int) -> None:
        steps.append("fsync")
        fsync(number)

    def noted_replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    (folder / "2026/11").mkdir(parents=True)

    write_file(NAME, b"bundle", lambda read, size: steps.append("check"))

    assert steps == ["fsync", "check", "rename", "fsync"]
    assert list(every_file()) == [NAME]


def test_new_folders_are_forced_to_disk_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "_sync_folder", synced.append)

    write_file(NAME, b"bundle", accept)

    assert synced == [folder, folder / "2026", folder / "2026/11"]


def test_a_file_that_does_not_stand_the_check_leaves_nothing(folder: Path) -> None:
    def refuse(read: Any, size: int) -> None:
        raise BundleDamaged("not what was written")

    with pytest.raises(BundleDamaged):
        write_file(NAME, b"bundle", refuse)

    assert list(every_file()) == []


def test_an_archive_that_does_not_exist_yet_is_empty(folder: Path) -> None:
    folder.rmdir()

    assert list(every_file()) == []
    with pytest.raises(BundleDamaged, match="missing"):
        size_of(NAME)
    with pytest.raises(BundleDamaged, match="missing"):
        sha256_of(NAME)


def test_only_the_range_is_fetched_from_object_storage(bucket: Bucket) -> None:
    write_file(NAME, b"0123456789", accept)

    assert reader_of(NAME)(3, 4) == b"3456"
    assert bucket.asked == ["bytes=3-6"]
    assert list(bucket.objects) == [f"wiki/archive/{NAME}"]


def test_an_object_that_is_gone_or_out_of_reach_is_damaged(bucket: Bucket) -> None:
    with pytest.raises(BundleDamaged):
        reader_of(NAME)(0, 4)

    bucket.away = True
    with pytest.raises(BundleDamaged):
        reader_of(NAME)(0, 4)


def test_an_object_that_does_not_stand_the_check_is_removed(bucket: Bucket) -> None:
    def refuse(read: Any, size: int) -> None:
        raise BundleDamaged("not what was written")

    with pytest.raises(BundleDamaged):
        write_file(NAME, b"bundle", refuse)

    assert bucket.objects == {}

"""Bundles as files on a disk; test_object_storage.py has the other place."""

import os
from pathlib import Path
from typing import Any

import pytest

from history.archive import files
from history.archive.bundles import BundleDamaged
from history.archive.files import every_file, sha256_of, size_of, write_file

NAME = "2026/11/0a4bb2f4-4f6c-4a9c-9d9b-6f0a0f6e1c11.twa"


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

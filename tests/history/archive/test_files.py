"""Bundles as files on a disk; test_object_storage.py has the other place."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from history.archive import files
from history.archive.bundles import BundleDamaged
from history.archive.files import every_file, sha256_of, size_of, write_file
from history.archive.out_of_reach import ArchiveOutOfReach

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


@pytest.mark.parametrize("ask", [size_of, sha256_of])
def test_a_file_that_is_gone_is_damage_and_a_folder_that_is_gone_no_answer(
    folder: Path, ask: Callable[[str], object]
) -> None:
    with pytest.raises(BundleDamaged, match="missing"):
        ask(NAME)
    folder.rmdir()
    with pytest.raises(ArchiveOutOfReach):
        ask(NAME)

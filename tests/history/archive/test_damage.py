"""A damaged archive says so: never another text, never a server error."""

import errno
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import F
from django.test import Client
from django.utils import timezone

import pytest

from history.archive.bundles import BundleDamaged
from history.archive.checking import faults_in_archive
from history.archive.jobs import CHECK
from history.archive.out_of_reach import ArchiveOutOfReach, asking_storage
from history.models import ArchiveBundle, PageVersion
from history.reading import (
    ArchivedCopyDamaged,
    content_of_version,
    readable_texts,
    stored_texts,
)
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.history.archive.conftest import LONG_AGO
from tests.history.archive.running import archive, done, restore, texts_of

pytestmark = pytest.mark.django_db


def cut_short(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 4
    file.write_bytes(content)


def empty(file: Path) -> None:
    file.write_bytes(b"")


DAMAGES = [Path.unlink, cut_short, flip_a_bit, empty]


def version_of(page: Any, seq: int) -> PageVersion:
    return PageVersion.objects.get(object_uuid=page.uuid, seq=seq)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_bundle_names_the_version_that_cannot_be_read(
    park: ParkPage, folder: Path, damage: Callable[[Path], None]
) -> None:
    archive()
    version = version_of(park, 5)
    content_of_version(version, reader=None)

    damage(next(folder.rglob("*.twa")))

    with pytest.raises(ArchivedCopyDamaged, match="version 5 is damaged") as raised:
        content_of_version(version, reader=None)
    assert (raised.value.version, raised.value.status) == (version, 503)


@pytest.mark.parametrize("damage", DAMAGES)
def test_versions_elsewhere_are_read_beside_damaged_ones(
    park: ParkPage, folder: Path, damage: Callable[[Path], None]
) -> None:
    before = texts_of(park)
    archive(limit=10)
    whole = set(folder.rglob("*.twa"))
    archive(limit=10)
    damage(*(set(folder.rglob("*.twa")) - whole))
    versions = list(PageVersion.objects.filter(object_uuid=park.uuid))

    texts = readable_texts(versions)

    read = {
        version.seq: texts[version.pk] for version in versions if version.pk in texts
    }
    assert read == {seq: before[seq] for seq in before if not 11 <= seq <= 20}
    with pytest.raises(ArchivedCopyDamaged):
        stored_texts(versions)


def test_bundles_that_changed_places_give_no_wrong_text(
    park: ParkPage, folder: Path
) -> None:
    other = make_park("Liseberg")
    lengthen_history(other, by=60, since=LONG_AGO)
    archive(object_uuid=str(park.uuid))
    archive(object_uuid=str(other.uuid))
    one, two = sorted(folder.rglob("*.twa"))
    spare = one.with_suffix(".spare")
    one.rename(spare)
    two.rename(one)
    spare.rename(two)
    # As if somebody had corrected the sizes, too.
    for bundle in ArchiveBundle.objects.all():
        size = (folder / bundle.name).stat().st_size
        ArchiveBundle.objects.filter(pk=bundle.pk).update(size=size)

    texts = readable_texts(PageVersion.objects.filter(bundle__isnull=False))

    assert texts == {}
    faults = list(faults_in_archive())
    assert len(faults) == 2
    assert all("sha256" in fault.problem for fault in faults)


def test_a_pointer_to_another_entry_gives_no_wrong_text(park: ParkPage) -> None:
    archive()
    PageVersion.objects.filter(object_uuid=park.uuid, seq=5).update(bundle_entry=900)
    PageVersion.objects.filter(object_uuid=park.uuid, seq=6).update(bundle_entry=4)

    for seq in (5, 6):
        with pytest.raises(ArchivedCopyDamaged):
            content_of_version(version_of(park, seq), reader=None)


def test_a_bundle_brought_back_from_a_backup_is_read_at_once(
    park: ParkPage, folder: Path
) -> None:
    before = texts_of(park)
    archive()
    file = next(folder.rglob("*.twa"))
    backup = file.read_bytes()
    flip_a_bit(file)
    assert readable_texts([version_of(park, 5)]) == {}

    file.write_bytes(backup)

    assert texts_of(park) == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damaged_bundle_and_version_is_named(
    park: ParkPage, folder: Path, damage: Callable[[Path], None]
) -> None:
    archive()
    damage(next(folder.rglob("*.twa")))

    (fault,) = faults_in_archive()

    assert fault.bundle == ArchiveBundle.objects.get().name
    assert fault.versions == (f"Grüna Lund ({park.uuid}), versions 1 to 41",)


def test_versions_that_cannot_be_read_are_named_in_runs(park: ParkPage) -> None:
    archive()
    astray = PageVersion.objects.filter(object_uuid=park.uuid, seq__in=(7, 9, 10))
    astray.update(bundle_entry=F("bundle_entry") + 500)

    (fault,) = faults_in_archive()

    assert fault.versions == (
        f"Grüna Lund ({park.uuid}), version 7",
        f"Grüna Lund ({park.uuid}), versions 9 to 10",
    )


def test_damage_where_no_version_is_gets_noticed_too(
    park: ParkPage, folder: Path
) -> None:
    archive()
    file = next(folder.rglob("*.twa"))
    content = bytearray(file.read_bytes())
    content[20] ^= 1
    file.write_bytes(content)

    (fault,) = faults_in_archive()

    assert "sha256" in fault.problem
    assert fault.versions == ()


def test_a_sound_archive_has_no_faults(park: ParkPage) -> None:
    archive()

    assert list(faults_in_archive()) == []


def test_the_check_notes_on_each_bundle_what_it_found(
    park: ParkPage, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    archive(limit=5)
    cut_short(next(folder.rglob("*.twa")))
    archive()

    job = done(CHECK, {})

    problems = ArchiveBundle.objects.order_by("made_at").values_list(
        "problem", flat=True
    )
    assert "bytes" in problems[0]
    assert problems[1] == ""
    assert (job.done, job.report["bundles"]) == (2, 2)
    assert "damaged" in caplog.text


def test_restoring_leaves_what_is_damaged_where_it_is(
    park: ParkPage, folder: Path
) -> None:
    archive(limit=5)
    cut_short(next(folder.rglob("*.twa")))
    archive()

    job = restore()

    assert len(job.report["damaged"]) == 5
    assert PageVersion.objects.filter(bundle__isnull=False).count() == 5


def test_files_left_over_go_after_a_day(park: ParkPage, folder: Path) -> None:
    left = folder / "2026" / "11" / "0a4bb2f4-4f6c-4a9c-9d9b-6f0a0f6e1c11.twa"
    fresh = left.with_name("1a4bb2f4-4f6c-4a9c-9d9b-6f0a0f6e1c11.twa.part")
    foreign = folder / "README.txt"
    left.parent.mkdir(parents=True)
    for file in (left, fresh, foreign):
        file.write_bytes(b"")
    yesterday = (timezone.now() - timedelta(hours=25)).timestamp()
    os.utime(left, (yesterday, yesterday))
    os.utime(foreign, (yesterday, yesterday))
    assert [fault.bundle for fault in faults_in_archive()] == [
        "2026/11/0a4bb2f4-4f6c-4a9c-9d9b-6f0a0f6e1c11.twa"
    ]

    job = archive()

    assert (left.exists(), fresh.exists(), foreign.exists()) == (False, True, True)
    assert len(job.report["files_removed"]) == 1


def test_a_disk_that_is_not_mounted_is_out_of_reach_and_nothing_is_damaged(
    park: ParkPage, folder: Path, client: Client
) -> None:
    archive()
    away = folder.rename(folder.with_name("unmounted"))

    answer = client.get(f"{park.url}history/5/")
    with pytest.raises(ArchiveOutOfReach):
        list(faults_in_archive())
    away.rename(folder)

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert list(faults_in_archive()) == []


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EACCES, ArchiveOutOfReach),
        (errno.EMFILE, ArchiveOutOfReach),
        (errno.ESTALE, ArchiveOutOfReach),
        (errno.ETIMEDOUT, ArchiveOutOfReach),
        (errno.ENOENT, BundleDamaged),
        (errno.EIO, BundleDamaged),
    ],
)
def test_what_a_disk_says_of_a_file_tells_damage_from_no_answer(
    folder: Path, number: int, kind: type[Exception]
) -> None:
    with pytest.raises(kind), asking_storage(folder):
        raise OSError(number, os.strerror(number))

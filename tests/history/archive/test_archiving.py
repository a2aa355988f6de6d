"""Versions move to bundles and back, and nobody who reads them notices."""

from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reversion.models import Revision, Version

from core.changes import describe_change
from core.faults import InjectedFault
from core.jobs.actions import start_job
from core.jobs.running import run
from history.archive import files, moving
from history.archive.bundles import BundleDamaged
from history.archive.checking import faults_in_archive
from history.archive.jobs import ARCHIVE
from history.models import ArchiveBundle, PageVersion, VersionHold
from history.reading import content_of_version, stored_texts
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.archive.conftest import LONG_AGO
from tests.history.archive.running import archive, archived, restore, texts_of

pytestmark = pytest.mark.django_db


def publish(page: Any, **facts: Any) -> None:
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision().publish()


def kept_by_reversion(page: Any) -> list[Any]:
    """What reversion has of a page's versions, without its own keys."""
    return list(
        PageVersion.objects.filter(object_uuid=page.uuid)
        .order_by("seq")
        .values_list(
            "payload__serialized_data",
            "payload__object_id",
            "payload__content_type",
            "payload__db",
            "payload__format",
            "payload__object_repr",
            "payload__revision__date_created",
            "payload__revision__user",
            "payload__revision__comment",
        )
    )


def test_old_versions_move_and_read_as_before(park: ParkPage) -> None:
    before = texts_of(park)

    job = archive()

    assert archived(park) == list(range(1, 42))
    assert texts_of(park) == before
    assert (job.done, job.total, job.report["bundles"]) == (41, 41, 1)
    assert job.report["bytes_after"] < job.report["bytes_before"] / 10


def test_reversion_forgets_what_was_archived(park: ParkPage) -> None:
    hot = Version.objects.count()
    entries = Revision.objects.count()

    archive()

    assert Version.objects.count() == hot - 41
    assert Revision.objects.count() == entries - 41


def test_restoring_brings_everything_back_as_it_was(park: ParkPage) -> None:
    before = kept_by_reversion(park)
    archive()

    job = restore(object_uuid=str(park.uuid))

    assert kept_by_reversion(park) == before
    assert job.report == {"versions": 41, "damaged": []}
    assert archived(park) == []
    assert not ArchiveBundle.objects.exists()


def test_one_version_is_restored_and_the_rest_stays_archived(park: ParkPage) -> None:
    archive()
    version = PageVersion.objects.get(object_uuid=park.uuid, seq=5)

    restore(pk=version.pk)

    assert archived(park) == [seq for seq in range(1, 42) if seq != 5]
    assert list(faults_in_archive()) == []


def test_versions_of_one_change_share_their_entry_again(home: Any) -> None:
    one, other = make_park("One"), make_park("Other")
    lengthen_history(one, by=40, since=LONG_AGO)
    lengthen_history(other, by=10, since=LONG_AGO)
    together = PageVersion.objects.get(object_uuid=other.uuid, seq=4).payload
    first = PageVersion.objects.get(object_uuid=one.uuid, seq=4)
    assert together is not None
    changeset = PageVersion.objects.get(payload=together).changeset
    PageVersion.objects.filter(pk=first.pk).update(changeset=changeset)
    Version.objects.filter(pk=first.payload_id).update(revision=together.revision)
    archive()

    restore()

    payload = PageVersion.objects.get(pk=first.pk).payload
    assert payload is not None
    assert payload.revision == together.revision


def test_a_second_run_finds_nothing_to_do(park: ParkPage, folder: Path) -> None:
    archive()
    first = sorted(folder.rglob("*.twa"))

    job = archive()

    assert job.total == 0
    assert sorted(folder.rglob("*.twa")) == first


def test_what_is_published_later_is_archived_by_a_later_run(park: ParkPage) -> None:
    archive()
    publish(park, city="Stockholm")
    before = texts_of(park)

    archive()

    assert archived(park) == list(range(1, 43))
    assert texts_of(park) == before


def test_several_pages_share_a_bundle(park: ParkPage) -> None:
    other = make_park("Liseberg")
    lengthen_history(other, by=30, since=LONG_AGO)
    before = texts_of(park), texts_of(other)

    archive()

    assert ArchiveBundle.objects.get().entries == 41 + 11
    assert (texts_of(park), texts_of(other)) == before


def test_a_limit_and_a_page_narrow_a_run(park: ParkPage) -> None:
    other = make_park("Liseberg")
    lengthen_history(other, by=30, since=LONG_AGO)

    archive(limit=7, object_uuid=str(park.uuid))

    assert archived(park) == list(range(1, 8))
    assert archived(other) == []


def test_a_chunk_takes_the_same_few_queries_for_few_and_many(park: ParkPage) -> None:
    def queries_of(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            archive(limit=number)
        return len(queries)

    archive(limit=1)
    few, many = queries_of(3), queries_of(30)

    assert many == few
    assert many <= 30


def test_texts_are_read_in_three_queries_wherever_they_are(park: ParkPage) -> None:
    archive(limit=20)
    archive(limit=10)
    versions = list(PageVersion.objects.filter(object_uuid=park.uuid))

    with CaptureQueriesContext(connection) as queries:
        texts = stored_texts(versions)

    assert len(texts) == 61
    assert len(queries) == 2


def test_a_version_that_moved_since_it_was_loaded_is_still_read(park: ParkPage) -> None:
    loaded = PageVersion.objects.get(object_uuid=park.uuid, seq=5)
    before = content_of_version(loaded, reader=None)
    loaded = PageVersion.objects.get(object_uuid=park.uuid, seq=5)

    archive()
    moved_out = content_of_version(loaded, reader=None)
    loaded = PageVersion.objects.get(object_uuid=park.uuid, seq=5)
    restore()
    moved_back = content_of_version(loaded, reader=None)

    assert before == moved_out == moved_back


def test_a_hold_placed_while_the_file_is_written_keeps_the_version(
    park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = PageVersion.objects.get(object_uuid=park.uuid, seq=5)
    person = make_person("admin")

    def hold(point: str) -> None:
        if point == "archive_file_written":
            VersionHold.objects.create(
                version=version, reason="A dispute", placed_by=person
            )

    before = texts_of(park)
    monkeypatch.setattr(moving, "reach", hold)
    archive()

    assert archived(park) == [seq for seq in range(1, 42) if seq != 5]
    assert texts_of(park) == before


def test_a_version_that_is_not_what_was_recorded_stays_and_is_named(
    park: ParkPage,
) -> None:
    version = PageVersion.objects.get(object_uuid=park.uuid, seq=5)
    Version.objects.filter(pk=version.payload_id).update(serialized_data="{}")

    job = archive()

    assert 5 not in archived(park)
    assert job.report["unsound"] == [f"{park.uuid}, version 5"]


@pytest.mark.parametrize("point", ["archive_file_written", "archive_row_switched"])
def test_a_run_broken_off_loses_nothing_and_is_repeated(
    park: ParkPage, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    before = texts_of(park)
    monkeypatch.setenv("TW_TEST", "1")
    monkeypatch.setenv("TW_FAULT", f"{point}:raise")

    failed = run(start_job(kind=ARCHIVE, by=None, options={"older_than": 0}).pk)

    assert failed is None or "InjectedFault" in failed.message
    assert archived(park) == []
    assert texts_of(park) == before
    monkeypatch.delenv("TW_FAULT")
    archive()
    assert len(archived(park)) == 41
    assert texts_of(park) == before


def test_the_same_versions_give_the_same_file(
    park: ParkPage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(point: str) -> None:
        raise InjectedFault(point)

    with monkeypatch.context() as broken:
        broken.setattr(moving, "reach", fail)
        run(start_job(kind=ARCHIVE, by=None, options={"older_than": 0}).pk)
    orphan = list(folder.rglob("*.twa"))

    archive()

    assert list(folder.rglob("*.twa")) == orphan
    assert list(faults_in_archive()) == []


def test_a_disk_that_returns_something_else_is_not_relied_on(
    park: ParkPage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad_sector(place: Path, at: int, length: int) -> bytes:
        return bytes(length)

    monkeypatch.setattr(files, "_read_local", bad_sector)

    job = run(
        start_job(kind=ARCHIVE, by=None, options={"older_than": 0}, ring=False).pk
    )

    assert job.state == "failed"
    assert "BundleDamaged" in job.message
    assert archived(park) == []
    assert list(folder.rglob("*.twa*")) == []


def test_a_storage_without_folders_keeps_bundles_too(
    park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = texts_of(park)
    monkeypatch.setattr(files, "_local_path", lambda storage, name: None)

    archive()

    assert len(archived(park)) == 41
    assert texts_of(park) == before


def test_a_storage_that_renames_is_refused(
    park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_local_path", lambda storage, name: None)
    monkeypatch.setattr(
        FileSystemStorage, "get_available_name", lambda self, name, max_length: "x.twa"
    )

    with pytest.raises(BundleDamaged, match="keep the name"):
        files.write_file("2026/11/a.twa", b"bundle", lambda read, size: None)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80),
        min_size=1,
        max_size=6,
    )
)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_archived_and_restored_texts_are_the_same_to_the_byte(
    park: ParkPage, titles: list[str]
) -> None:
    with describe_change(made_at=LONG_AGO):
        for title in titles:
            publish(park, search_description=title)
    before = kept_by_reversion(park)
    shown = texts_of(park)

    archive()
    assert texts_of(park) == shown
    restore()

    assert kept_by_reversion(park) == before

"""The archive's process is killed at its worst moments; nothing is lost."""

import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

import pytest
from pytest_django.fixtures import Settings
from reversion.models import Version

from core.jobs.models import Job, JobState
from history.archive import cold
from history.archive.checking import faults_in_archive
from home.models import HomePage
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.faults.processes import start_process
from tests.history.archive.running import archived, texts_of

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

VERSIONS = 1200
GOING = list(range(1, VERSIONS + 2 - 20))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Where the bundles of the test lie, for the killed process and for this one."""
    storage = {**settings.STORAGES["archive"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "archive": storage}
    cold._index_of.cache_clear()
    yield tmp_path
    cold._index_of.cache_clear()


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    """A park with enough versions for three bundles."""
    park = make_park()
    lengthen_history(park, by=VERSIONS, since=datetime(2015, 5, 1, tzinfo=UTC))
    with connection.cursor() as cursor:
        # As autovacuum would: without statistics the plans are for empty tables.
        cursor.execute("ANALYZE")
    return park


def start(folder: Path, fault: str = "") -> "subprocess.Popen[bytes]":
    return start_process(
        *("manage.py", "archive_versions", "--older-than", "0"),
        fault=fault,
        ARCHIVE_ROOT=str(folder),
    )


def run(folder: Path, fault: str = "") -> tuple[int, str]:
    process = start(folder, fault)
    out, errors = process.communicate(timeout=120)
    return process.returncode, (out + errors).decode()


@pytest.mark.parametrize("point", ["archive_file_written", "archive_row_switched"])
def test_a_killed_run_loses_nothing_and_goes_on(
    park: ParkPage, folder: Path, point: str
) -> None:
    before = texts_of(park)

    status, _ = run(folder, f"{point}:kill9")

    assert status == -signal.SIGKILL
    assert texts_of(park) == before
    assert archived(park) == []
    assert list(faults_in_archive()) == []
    assert Job.objects.get().state == JobState.RUNNING

    # The next run sees that the process is dead and takes its job up.
    status, shown = run(folder)

    assert status == 0, shown
    assert "Going on with job" in shown
    assert archived(park) == GOING
    assert texts_of(park) == before
    assert list(faults_in_archive()) == []
    assert Job.objects.get().state == JobState.DONE


def test_a_run_killed_again_and_again_comes_to_its_end(
    park: ParkPage, folder: Path
) -> None:
    before = texts_of(park)
    known = len(archived(park))
    for moment in (1.6, 2.2, 2.8, 3.4):
        process = start(folder, "archive_file_written:sleep=0.3")
        time.sleep(moment)
        process.kill()
        process.communicate()

        assert texts_of(park) == before
        assert list(faults_in_archive()) == []
        assert len(archived(park)) >= known
        known = len(archived(park))

    status, shown = run(folder)

    assert status == 0, shown
    assert archived(park) == GOING
    assert texts_of(park) == before
    assert Version.objects.filter(page_version__object_uuid=park.uuid).count() == 20
    assert list(faults_in_archive()) == []


def test_readers_get_every_text_while_a_run_goes_on(
    park: ParkPage, folder: Path
) -> None:
    before = texts_of(park)
    process = start(folder, "archive_row_switched:sleep=0.5")
    looks = 0

    while process.poll() is None:
        assert texts_of(park) == before
        looks += 1

    process.communicate()
    assert looks > 3
    assert archived(park) == GOING

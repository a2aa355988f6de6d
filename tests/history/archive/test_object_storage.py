"""The archive on object storage, asked over HTTP as in production."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

from django.core.cache import cache
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

import pytest
import time_machine
from moto.server import ThreadedMotoServer
from pytest_django.fixtures import Settings

from core.jobs.actions import start_job
from core.jobs.models import JobState
from core.jobs.running import run
from history.archive import cold
from history.archive.bundles import BundleDamaged
from history.archive.checking import faults_in_archive
from history.archive.files import every_file, reader_of, write_file
from history.archive.jobs import ARCHIVE, CHECK, RESTORE
from history.archive.out_of_reach import ArchiveOutOfReach
from history.models import ArchiveBundle
from parks.models import ParkPage
from tests.history.archive.running import archive, archived, restore, texts_of
from thrillwiki.settings import storing

pytestmark = pytest.mark.django_db

NAME = "2026/11/0a4bb2f4-4f6c-4a9c-9d9b-6f0a0f6e1c11.twa"


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadedMotoServer]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def at_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an operator puts into the environment, all but the address."""
    monkeypatch.setenv("ARCHIVE_STORAGE", f"s3://wiki-{uuid4()}/old/versions")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "wiki")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not a secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


@pytest.fixture
def bucket(
    server: ThreadedMotoServer,
    at_a_server: None,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
) -> Any:
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    bucket = keep_archive_there(settings).bucket
    bucket.create()
    return bucket


def keep_archive_there(settings: Settings) -> Any:
    """Settings as they are read when the site starts."""
    chosen = storing.storage("ARCHIVE_STORAGE", "unused")
    settings.STORAGES = {**settings.STORAGES, "archive": chosen}
    return storages["archive"]


def keys(bucket: Any) -> list[str]:
    return [found.key for found in bucket.objects.all()]


def forget_what_was_read() -> None:
    cold._index_of.cache_clear()
    cache.clear()


def accept(read: Any, size: int) -> None:
    """A check that finds nothing."""


def test_archived_versions_are_read_from_there_and_come_back(
    park: ParkPage, bucket: Any
) -> None:
    before = texts_of(park)

    archive()

    assert archived(park) == list(range(1, 42))
    assert [key.startswith("old/versions/20") for key in keys(bucket)] == [True]
    assert texts_of(park) == before
    assert list(faults_in_archive()) == []
    restore()
    assert (archived(park), texts_of(park)) == ([], before)


def test_a_comparison_of_archived_versions_is_the_same_as_before(
    park: ParkPage, bucket: Any, client: Client
) -> None:
    compared = f"{park.url}diff/1..5/"
    before = client.get(compared).content

    archive()
    forget_what_was_read()
    answer = client.get(compared)

    assert (answer.status_code, answer.content) == (200, before)


def test_a_damaged_object_is_named_and_never_shown(
    park: ParkPage, bucket: Any, client: Client
) -> None:
    archive()
    [stored] = bucket.objects.all()
    stored.put(Body=stored.get()["Body"].read()[:-300])
    forget_what_was_read()

    answer = client.get(f"{park.url}history/1/")

    assert answer.status_code == 503
    assert "version 1" in answer.content.decode().lower()
    assert list(faults_in_archive())


def test_an_object_that_is_gone_is_a_damaged_copy(
    park: ParkPage, bucket: Any, client: Client
) -> None:
    archive()
    bucket.objects.all().delete()
    forget_what_was_read()

    assert client.get(f"{park.url}history/1/").status_code == 503
    assert client.get(park.url).status_code == 200


@pytest.fixture
def out_of_reach(
    park: ParkPage, bucket: Any, monkeypatch: Any, settings: Settings
) -> None:
    """Versions were archived, and nobody answers for the storage any more."""
    archive()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    keep_archive_there(settings)
    forget_what_was_read()


def test_a_storage_out_of_reach_says_so_soon(
    park: ParkPage, at_a_server: None, settings: Settings, monkeypatch: Any
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    keep_archive_there(settings)

    with pytest.raises(ArchiveOutOfReach):
        reader_of(NAME)(0, 4)

    assert storing.PATIENCE.connect_timeout <= 3
    assert storing.PATIENCE.retries["max_attempts"] <= 2


@pytest.mark.parametrize(
    "asked", ["history/1/", "diff/1..2/", "history/versions.jsonl", "?known_at=2016"]
)
def test_readers_are_told_that_nothing_is_lost(
    park: ParkPage, out_of_reach: None, client: Client, asked: str
) -> None:
    answer = client.get(f"{park.url}{asked}")

    said = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "Nothing is lost" in said
    assert "damaged" not in said


def test_what_needs_no_archived_version_is_shown_all_the_same(
    park: ParkPage, out_of_reach: None, client: Client
) -> None:
    asked = ("", "history/", "history/61/", "diff/60..61/", "blame/")

    assert [client.get(f"{park.url}{path}").status_code for path in asked] == [200] * 5


def test_no_bundle_is_called_damaged_by_a_check_that_could_not_ask(
    park: ParkPage, out_of_reach: None
) -> None:
    jobs = [
        run(start_job(kind=kind, by=None, options=options, ring=False).pk)
        for kind, options in (
            (CHECK, {}),
            (RESTORE, {}),
            (ARCHIVE, {"older_than": 0, "limit": 2}),
        )
    ]

    assert [job.state for job in jobs] == [JobState.FAILED] * 3
    assert all(job.message.startswith("The archive of old") for job in jobs)
    assert ArchiveBundle.objects.get().problem == ""
    assert len(archived(park)) == 41


@pytest.mark.parametrize(
    "command",
    [
        ["verify_archive"],
        ["verify_history", "--page", "parks/gruna-lund/"],
        ["export_history", "--page", "parks/gruna-lund/"],
        ["restore_versions", "--all"],
    ],
)
def test_commands_tell_out_of_reach_from_damaged(
    park: ParkPage, out_of_reach: None, command: list[str]
) -> None:
    with pytest.raises(CommandError, match="cannot be reached just now") as raised:
        call_command(*command, stdout=StringIO(), stderr=StringIO())

    assert raised.value.returncode in (1, 2)
    assert "damaged" not in str(raised.value)


def test_only_the_range_that_is_asked_for_is_fetched(bucket: Any) -> None:
    write_file(NAME, b"0123456789", accept)
    sent: list[bytes] = []
    bucket.meta.client.meta.events.register(
        "before-send.s3.GetObject",
        lambda request, **asked: sent.append(request.headers["Range"]),
    )

    assert reader_of(NAME)(3, 4) == b"3456"
    assert sent == [b"bytes=3-6"]
    assert keys(bucket) == [f"old/versions/{NAME}"]
    assert list(every_file()) == [NAME]


def test_an_object_that_does_not_stand_the_check_is_removed(bucket: Any) -> None:
    def refuse(read: Any, size: int) -> None:
        raise BundleDamaged("not what was written")

    with pytest.raises(BundleDamaged):
        write_file(NAME, b"bundle", refuse)

    assert keys(bucket) == []


def test_an_object_without_a_row_is_left_for_a_day_and_then_removed(
    park: ParkPage, bucket: Any
) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=25), tick=True):
        write_file(NAME, b"left by a machine that fell over", accept)
    fresh = NAME.replace("0a4b", "1a4b")
    write_file(fresh, b"of a run that is going on", accept)
    assert [fault.bundle for fault in faults_in_archive()] == [NAME]

    job = archive(limit=1)

    assert len(job.report["files_removed"]) == 1
    assert {NAME, fresh} & set(every_file()) == {fresh}

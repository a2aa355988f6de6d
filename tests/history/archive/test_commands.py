"""What an operator sees at the command line."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.db.models.functions import Now

import pytest

from core.jobs.actions import start_job
from core.jobs.models import Job, JobState
from core.jobs.turns import take
from history.archive.jobs import ARCHIVE
from history.models import ArchiveBundle, PageVersion
from parks.models import ParkPage
from tests.history.archive.running import archived

pytestmark = pytest.mark.django_db


def command(name: str, *arguments: Any) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_a_dry_run_explains_and_changes_nothing(park: ParkPage) -> None:
    shown = command("archive_versions", "--dry-run", "--older-than", "0")

    assert "41 would be archived" in shown
    assert "stay: one of the newest 20 of its object" in shown
    assert archived(park) == []
    assert not Job.objects.exists()


def test_a_dry_run_keeps_to_the_limit_of_the_run(park: ParkPage) -> None:
    shown = command(
        "archive_versions", "--dry-run", "--older-than", "0", "--limit", "3"
    )

    assert " 3 would be archived" in shown
    assert "38 stay: for a later run" in shown


def test_a_run_tells_its_figures(park: ParkPage) -> None:
    shown = command("archive_versions", "--page", "parks/gruna-lund/")

    # The first of them was made today.
    assert shown.startswith("40 versions in 1 bundle: ")
    assert "times smaller" in shown
    assert archived(park) == list(range(2, 42))
    assert Job.objects.get().state == JobState.DONE


def test_versions_are_asked_back_by_page_bundle_or_one_by_one(park: ParkPage) -> None:
    command("archive_versions", "--older-than", "0", "--limit", "3")
    name = ArchiveBundle.objects.get().name

    one = command("restore_versions", "--one", "parks/gruna-lund@2")
    assert (one, archived(park)) == ("Back in the database: 1\n", [1, 3])
    command("restore_versions", "--bundle", name)
    assert archived(park) == []
    command("archive_versions", "--older-than", "0")
    command("restore_versions", "--page", str(park.uuid))
    assert archived(park) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("archive_versions", "--older-than", "-1"),
        ("archive_versions", "--older-than", "ten"),
        ("archive_versions", "--limit", "9" * 30),
        ("archive_versions", "--page", "parks/no-such-park/"),
        ("restore_versions", "--bundle", "no-such-bundle"),
        ("restore_versions", "--one", "parks/gruna-lund"),
        ("restore_versions", "--one", "parks/gruna-lund@999"),
        ("restore_versions",),
    ],
)
def test_what_is_not_there_is_named(park: ParkPage, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        command(*arguments)

    assert not Job.objects.exists()


def test_a_page_deleted_since_is_still_found_by_its_address(park: ParkPage) -> None:
    park.delete()

    shown = command("archive_versions", "--page", "parks/gruna-lund", "--dry-run")

    assert "would be archived" in shown


def test_the_check_is_green_and_changes_nothing(park: ParkPage) -> None:
    command("archive_versions", "--older-than", "0")
    before = list(ArchiveBundle.objects.values())

    assert "Versions: 41, bundles: 1, faults: 0" in command("verify_archive")
    assert json.loads(command("verify_archive", "--json"))["faults"] == []
    assert list(ArchiveBundle.objects.values()) == before


def test_the_check_fails_and_names_what_is_damaged(
    park: ParkPage, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("archive_versions", "--older-than", "0")
    next(folder.rglob("*.twa")).unlink()

    with pytest.raises(CommandError) as raised:
        call_command("verify_archive", "--json")

    assert raised.value.returncode == 1
    (fault,) = json.loads(capsys.readouterr().out)["faults"]
    assert "missing" in fault["problem"]
    assert fault["versions"][0].endswith("versions 1 to 41")


def test_a_run_waits_for_no_other_and_says_which(park: ParkPage) -> None:
    job = start_job(kind=ARCHIVE, by=None, ring=False)
    take(job.pk)

    with pytest.raises(CommandError, match=f"job {job.pk}"):
        command("archive_versions")


def test_a_run_that_was_broken_off_goes_on(park: ParkPage) -> None:
    job = start_job(kind=ARCHIVE, by=None, options={"older_than": 0}, ring=False)
    take(job.pk)
    Job.objects.filter(pk=job.pk).update(lease_until=Now())

    command("archive_versions")

    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert PageVersion.objects.filter(bundle__isnull=False).count() == 41

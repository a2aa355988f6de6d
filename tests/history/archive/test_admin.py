"""The archive in the admin: to look at, to start, to cancel; never to edit."""

from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client

import pytest

from core.jobs.actions import start_job
from core.jobs.models import Job, JobState
from core.jobs.turns import take
from history.archive.jobs import ARCHIVE
from history.models import ArchiveBundle
from parks.models import ParkPage
from tests.factories.people import make_person
from tests.history.archive.running import archive, archived

pytestmark = pytest.mark.django_db

START = "/admin/archive/start/"


@pytest.fixture
def admin(client: Client, park: ParkPage) -> Client:
    client.force_login(make_person("admin"))
    return client


def somebody_with(client: Client, *rights: str) -> Client:
    person = make_person("Editor")
    person.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(person)
    return client


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_bundles_are_listed_searched_and_inspected(admin: Client) -> None:
    archive()
    bundle = ArchiveBundle.objects.get()

    listed = text_of(admin.get("/admin/archive/"))
    found = text_of(admin.get(f"/admin/archive/?q={bundle.sha256[:12]}"))
    missed = text_of(admin.get("/admin/archive/?q=nothing-like-it"))
    shown = text_of(admin.get(f"/admin/archive/inspect/{bundle.pk}/"))

    assert bundle.name in listed
    assert bundle.name in found
    assert bundle.name not in missed
    assert bundle.sha256 in shown


def test_bundles_and_jobs_are_exported(admin: Client) -> None:
    archive()

    for listing in ("/admin/archive/", "/admin/jobs/"):
        response = admin.get(f"{listing}?export=csv")
        rows = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # it streams
        assert len(rows) == 2


def test_a_job_shows_its_report(admin: Client) -> None:
    job = archive()

    shown = text_of(admin.get(f"/admin/jobs/inspect/{job.pk}/"))

    assert "Done: 41 of 41" in shown
    assert "Versions per second" in shown
    assert "Cancel this job" not in shown


@pytest.mark.parametrize("listing", ["/admin/archive/", "/admin/jobs/"])
@pytest.mark.parametrize("deed", ["create/", "edit/{}/", "delete/{}/"])
def test_nobody_changes_the_rows(admin: Client, listing: str, deed: str) -> None:
    job = archive()
    key = job.pk if "jobs" in listing else ArchiveBundle.objects.get().pk
    address = listing + deed.format(key)

    assert admin.get(address).status_code in (302, 403, 404)
    assert admin.post(address).status_code in (302, 403, 404)
    assert (ArchiveBundle.objects.count(), Job.objects.count()) == (1, 1)


def test_a_dry_run_is_a_job_that_changes_nothing(
    admin: Client, park: ParkPage, django_capture_on_commit_callbacks: Any
) -> None:
    assert "Dry run" in text_of(admin.get(START))

    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(START, {"what": "rehearse", "older_than": "0"})

    shown = text_of(admin.get(response["Location"]))
    assert "Eligible" in shown
    assert "one of the newest 20 of its object" in shown
    assert archived(park) == []


def test_archiving_has_to_be_confirmed(
    admin: Client, park: ParkPage, django_capture_on_commit_callbacks: Any
) -> None:
    asked = {"what": "archive", "older_than": "0"}

    refused = admin.post(START, asked)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(START, {**asked, "sure": "on"})

    assert refused.status_code == 422
    assert "Tick it to archive" in refused.content.decode()
    assert len(archived(park)) == 41


@pytest.mark.parametrize("days", ["", "-1", "1e9", "ninety", "99999999999999999999"])
def test_a_strange_age_is_refused_beside_its_field(admin: Client, days: str) -> None:
    response = admin.post(START, {"what": "rehearse", "older_than": days})

    assert response.status_code == 422
    assert not Job.objects.exists()


def test_a_second_job_leads_to_the_first(admin: Client) -> None:
    first = start_job(kind=ARCHIVE, by=None, ring=False)

    response = admin.post(START, {"what": "rehearse", "older_than": "0"})

    assert response["Location"] == f"/admin/jobs/inspect/{first.pk}/"


def test_a_running_job_shows_how_far_it_is_and_can_be_cancelled(admin: Client) -> None:
    job = start_job(kind=ARCHIVE, by=None, ring=False)
    take(job.pk)
    Job.objects.filter(pk=job.pk).update(done=5, total=9)
    page, cancel = f"/admin/jobs/inspect/{job.pk}/", f"/admin/jobs/{job.pk}/cancel/"

    assert "Done: 5 of 9" in text_of(admin.get(page))
    part = admin.get(f"/admin/jobs/{job.pk}/progress/")
    assert "Done: 5 of 9" in text_of(part)
    assert "<html" not in part.content.decode()
    assert "Yes, cancel it" in text_of(admin.get(cancel))
    assert not Job.objects.get().cancel_requested
    admin.post(cancel)

    assert Job.objects.get().cancel_requested
    assert "Somebody asked to cancel it" in text_of(admin.get(page))


def test_the_page_of_a_job_is_loaded_anew_when_it_ends(admin: Client) -> None:
    job = archive()

    response = admin.get(f"/admin/jobs/{job.pk}/progress/")

    assert response["HX-Refresh"] == "true"


def test_cancelling_what_has_ended_says_so(admin: Client) -> None:
    job = archive()

    response = admin.post(f"/admin/jobs/{job.pk}/cancel/", follow=True)

    assert "has ended" in response.content.decode()
    assert Job.objects.get().state == JobState.DONE


def test_rights_are_asked_at_every_address(client: Client, park: ParkPage) -> None:
    job = archive()
    bundle = ArchiveBundle.objects.get()
    looking = [
        "/admin/archive/",
        f"/admin/archive/inspect/{bundle.pk}/",
        "/admin/jobs/",
        f"/admin/jobs/inspect/{job.pk}/",
        f"/admin/jobs/{job.pk}/progress/",
    ]
    acting = [START, f"/admin/jobs/{job.pk}/cancel/"]

    def answers(rights: list[str]) -> list[bool]:
        person = somebody_with(client, *rights)
        return [person.get(address).status_code == 200 for address in looking + acting]

    assert answers([]) == [False] * 7
    assert answers(["view_job", "view_archivebundle"]) == [True] * 5 + [False] * 2
    assert answers(["run_job", "view_job"]) == [False] * 2 + [True] * 5


def test_starting_and_cancelling_need_the_token_of_the_form(park: ParkPage) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_person("admin"))
    job = start_job(kind=ARCHIVE, by=None, ring=False)

    for address in (START, f"/admin/jobs/{job.pk}/cancel/"):
        assert strict.post(address).status_code == 403
    assert Job.objects.get().state == JobState.QUEUED

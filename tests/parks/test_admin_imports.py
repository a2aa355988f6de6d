"""Import runs and rows in the admin: to read, search and export, never to change."""

import csv
import io
from typing import Any

from django.test import Client

import pytest

from home.models import HomePage
from parks.models import ImportRow, ImportRun
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

FORMULA = '=HYPERLINK("https://example.org","Gemini")'


@pytest.fixture
def run(home: HomePage) -> ImportRun:
    run = ImportRun.objects.create(
        file_name="coasters.csv",
        sha256="ab" * 32,
        state="done",
        counts={"new": 2, "rejected": 1},
    )
    for number, (name, outcome, message) in enumerate(
        [
            ("Gemini", "new", ""),
            ("Blue Streak", "rejected", "No park of this name"),
            (FORMULA, "new", "-1 of 2 trains"),
        ],
        start=1,
    ):
        ImportRow.objects.create(
            run=run, number=number, ride_name=name, outcome=outcome, message=message
        )
    return run


@pytest.fixture
def admin(client: Client, home: HomePage) -> Client:
    client.force_login(make_person("admin"))
    return client


def everything() -> tuple[list[Any], list[Any]]:
    return list(ImportRow.objects.values()), list(ImportRun.objects.values())


def rows_in(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_runs_are_listed_with_what_became_of_their_rows(
    admin: Client, run: ImportRun
) -> None:
    response = admin.get("/admin/imports/runs/")

    assert "coasters.csv" in response.content.decode()
    assert "2 new, 1 rejected" in response.content.decode()


def test_rows_are_listed_and_searched(admin: Client, run: ImportRun) -> None:
    listed = admin.get("/admin/imports/rows/").content.decode()
    found = admin.get("/admin/imports/rows/?q=streak").content.decode()

    assert "Gemini" in listed
    assert "Blue Streak" in found
    assert "Gemini" not in found


@pytest.mark.parametrize("query", ["?q=%F0%9F%8E%A2", "?q='\"<x>", "?o=99", "?p=999"])
def test_a_strange_question_gets_an_answer(
    admin: Client, run: ImportRun, query: str
) -> None:
    assert admin.get(f"/admin/imports/rows/{query}").status_code in (200, 302)


def test_rows_are_filtered_by_outcome(admin: Client, run: ImportRun) -> None:
    response = admin.get("/admin/imports/rows/?outcome__exact=rejected")

    assert "Blue Streak" in response.content.decode()
    assert "Gemini" not in response.content.decode()


def test_a_run_and_a_row_can_be_inspected(admin: Client, run: ImportRun) -> None:
    row = run.rows.get(outcome="rejected")

    assert (
        run.sha256
        in admin.get(f"/admin/imports/runs/inspect/{run.pk}/").content.decode()
    )
    of_row = admin.get(f"/admin/imports/rows/inspect/{row.pk}/").content.decode()
    assert "No park of this name" in of_row


def test_an_export_holds_every_row(admin: Client, run: ImportRun) -> None:
    rows = rows_in(admin.get("/admin/imports/rows/?export=csv"))

    assert [row["Row"] for row in rows] == ["1", "2", "3"]
    assert rows[1]["Message"] == "No park of this name"


def test_an_export_computes_nothing_when_opened(admin: Client, run: ImportRun) -> None:
    cells = rows_in(admin.get("/admin/imports/rows/?export=csv"))[2].values()

    assert f"'{FORMULA}" in cells
    assert "'-1 of 2 trains" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_other_export_and_the_runs_export_answer(
    admin: Client, run: ImportRun
) -> None:
    assert admin.get("/admin/imports/rows/?export=xlsx").status_code == 200
    assert rows_in(admin.get("/admin/imports/runs/?export=csv"))[0]["State"] == "done"


@pytest.mark.parametrize("kind", ["runs", "rows"])
@pytest.mark.parametrize("deed", ["create/", "edit/{pk}/", "delete/{pk}/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_not_even_an_administrator_changes_what_happened(
    admin: Client, run: ImportRun, kind: str, deed: str, method: str
) -> None:
    thing = run if kind == "runs" else run.rows.earliest("number")
    before = everything()

    url = f"/admin/imports/{kind}/{deed.format(pk=thing.pk)}"
    response = getattr(admin, method)(url, {"file_name": "x"})

    # Wagtail answers "forbidden" by leading home with a message.
    assert response.status_code in (302, 403, 404)
    assert response.get("Location", "/admin/") == "/admin/"
    assert everything() == before


@pytest.mark.parametrize("kind", ["runs", "rows"])
def test_members_see_no_imports(client: Client, run: ImportRun, kind: str) -> None:
    client.force_login(make_person("Member"))

    assert client.get(f"/admin/imports/{kind}/").status_code in (302, 403)


def test_a_ride_named_by_an_import_can_be_deleted(
    admin: Client, run: ImportRun
) -> None:
    ride = make_ride(make_park())
    row = run.rows.earliest("number")
    row.ride = ride
    row.save()

    response = admin.post(f"/admin/pages/{ride.pk}/delete/")

    row.refresh_from_db()
    assert response.status_code == 302
    assert row.ride is None

"""The wiki while its database is busy, restarted or gone."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

import pytest

from accounts.models import User
from home import views
from home.models import HomePage
from parks.models import ParkPage
from tests import databases
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

BROWSER = {"accept": "text/html,*/*;q=0.8"}
AWAY = "cannot be reached just now"


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    return make_park("Liseberg")


@pytest.fixture
def impatient(
    park: ParkPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A wiki that waits for a lock a moment only; SQLite on a disk, as installed."""
    if connection.vendor == "sqlite":
        place = str(tmp_path / "wiki.sqlite3")
        databases._copy(databases._own_name(), place)
        monkeypatch.setitem(connection.settings_dict, "NAME", place)
        # Not before: Django never closes a database in memory.
        connection.close()
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
        yield
        connection.close()
        return
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    yield


@contextmanager
def somebody_writing() -> Iterator[None]:
    """Another process holds what every writer of accounts needs."""
    if connection.vendor == "sqlite":
        place = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(place, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield
        return
    with locked("accounts_user, wagtailcore_page IN SHARE MODE"):
        yield


@contextmanager
def locked(tables: str) -> Iterator[None]:
    """Another session of PostgreSQL locks tables until it is closed."""
    other: Any = connection.copy()
    other.set_autocommit(False)
    with closing(other), other.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {tables}")
        yield


def choose_german(client: Client) -> Any:
    return client.post("/language/", {"language": "de"}, headers=BROWSER)


def test_who_saves_while_another_writes_is_told_to_send_it_again(
    client: Client, impatient: None, caplog: pytest.LogCaptureFixture
) -> None:
    member = make_person()
    client.force_login(member)

    with somebody_writing():
        refused = choose_german(client)
        read = client.get("/parks/liseberg/", headers=BROWSER)
    saved = choose_german(client)

    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert "still in the form" in refused.content.decode()
    assert read.status_code == 200
    assert saved.status_code == 302
    assert User.objects.get(pk=member.pk).locale == "de"
    logged = [one for one in caplog.records if "/language/" in one.getMessage()]
    assert [one.levelno for one in logged] == [logging.WARNING]
    assert "lock" in logged[0].getMessage()


def test_the_admin_says_so_too_and_nothing_is_half_done(
    client: Client, impatient: None, park: ParkPage
) -> None:
    client.force_login(make_person("admin"))
    address = f"/admin/pages/{park.pk}/unpublish/"

    with somebody_writing():
        refused = client.post(address, headers=BROWSER)
    is_live = ParkPage.objects.get(pk=park.pk).live
    done = client.post(address, headers=BROWSER)

    assert (refused.status_code, is_live) == (503, True)
    assert AWAY in refused.content.decode()
    assert done.status_code == 302


def test_a_mistake_in_a_statement_stays_a_server_error(
    client: Client, home: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False

    def ask_for_what_is_not_there(*_: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr(views, "_comes_from_here", ask_for_what_is_not_there)

    assert choose_german(client).status_code == 500


@pytest.mark.services
def test_a_restart_in_the_middle_costs_one_answer(
    client: Client, park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes_from_here = views._comes_from_here

    def hung_up(request: Any) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return comes_from_here(request)

    with monkeypatch.context() as patch:
        patch.setattr(views, "_comes_from_here", hung_up)
        lost = choose_german(client)
    # What the server does between two requests, and the test client does not.
    connection.close_if_unusable_or_obsolete()

    assert (lost.status_code, lost["Retry-After"]) == (503, "30")
    assert client.get("/parks/liseberg/").status_code == 200


@pytest.mark.services
def test_who_reads_while_there_is_no_connection_left_is_told_so(
    client: Client, park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(make_person())
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", "9")
    # Sessions, sign-in and language fail before any view is reached.
    client.raise_request_exception = False
    asked = ["/", "/parks/liseberg/", "/changes/feed/", "/admin/", "/nowhere/"]

    answers = [client.get(path, headers=BROWSER) for path in asked]
    answers.append(Client().get("/parks/liseberg/", headers=BROWSER))
    health = Client().get("/healthz")

    assert [answer.status_code for answer in answers] == [503] * (len(asked) + 1)
    assert all("Retry-After" in answer for answer in answers)
    assert (health.status_code, health.json()) == (503, {"database": "away"})


@pytest.mark.services
def test_nobody_waits_behind_a_long_lock(client: Client, impatient: None) -> None:
    with locked("wagtailcore_page"):
        kept_out = client.get("/parks/liseberg/", headers=BROWSER)
    after = client.get("/parks/liseberg/")

    assert (kept_out.status_code, after.status_code) == (503, 200)

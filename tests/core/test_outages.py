"""An outage is told from a mistake by what the database's driver knows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import (
    DatabaseError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from django.db.transaction import TransactionManagementError

import psycopg
import pytest

from core.outages import outage_behind


def as_django_raises(kind: type[Error], driver: BaseException) -> Error:
    """An error of Django around that of a driver."""
    try:
        raise kind(*driver.args) from driver
    except Error as error:
        return error


def of_postgresql(state: str, kind: type[Error] = OperationalError) -> Error:
    return as_django_raises(kind, psycopg.errors.lookup(state)("as the server says"))


@contextmanager
def refused(statement: str, place: Path) -> Iterator[list[Error]]:
    """What a statement fails with on SQLite, as Django raises it."""
    found: list[Error] = []
    with closing(sqlite3.connect(place, timeout=0.05, isolation_level=None)) as ours:
        try:
            ours.execute(statement)
        except sqlite3.OperationalError as error:
            found.append(as_django_raises(OperationalError, error))
    yield found


def test_a_locked_sqlite_database_is_busy(tmp_path: Path) -> None:
    place = tmp_path / "wiki.sqlite3"
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE park (name)")
        other.execute("BEGIN IMMEDIATE")
        with refused("BEGIN IMMEDIATE", place) as [locked]:
            assert outage_behind(locked) is locked


@pytest.mark.parametrize(
    "mistake", ["SELECT name FROM parc", "SELECT nam FROM park", "SELEKT 1"]
)
def test_a_mistake_in_a_statement_is_no_outage_on_sqlite(
    tmp_path: Path, mistake: str
) -> None:
    place = tmp_path / "wiki.sqlite3"
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("CREATE TABLE park (name)")
    with refused(mistake, place) as [error]:
        assert outage_behind(error) is None


def test_a_sqlite_file_that_cannot_be_opened_is_out_of_reach(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as raised:
        sqlite3.connect(tmp_path / "gone" / "wiki.sqlite3")

    assert outage_behind(as_django_raises(OperationalError, raised.value))


@pytest.mark.parametrize(
    "state",
    [
        "57P01",  # restarted
        "57P03",  # starting up
        "53300",  # too many connections
        "53100",  # disk full
        "57014",  # a statement took too long
        "55P03",  # a lock was not to be had
        "40P01",  # deadlock
        "08006",  # connection lost
    ],
)
def test_what_postgresql_cannot_do_now_is_an_outage(state: str) -> None:
    assert outage_behind(of_postgresql(state))


def test_a_standby_that_takes_no_writes_is_an_outage() -> None:
    assert outage_behind(of_postgresql("25006", InternalError))


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("42P01", ProgrammingError),  # no such table
        ("42703", ProgrammingError),  # no such column
        ("23505", IntegrityError),
        ("22021", DatabaseError),  # a NUL in a text
        ("54001", OperationalError),  # a statement too complex
        ("58P01", OperationalError),  # a file of an extension is not installed
    ],
)
def test_what_postgresql_never_can_do_is_a_mistake(
    state: str, kind: type[Error]
) -> None:
    assert outage_behind(of_postgresql(state, kind)) is None


def test_a_server_that_is_not_there_names_no_state_and_is_an_outage() -> None:
    with pytest.raises(psycopg.OperationalError) as raised:
        psycopg.connect("host=127.0.0.1 port=9 connect_timeout=1")

    assert outage_behind(as_django_raises(OperationalError, raised.value))


def test_what_fails_for_want_of_the_lost_connection_is_the_same_outage() -> None:
    lost: Any = of_postgresql("57P01")
    closed = as_django_raises(
        InterfaceError, psycopg.InterfaceError("the connection is closed")
    )
    broken = TransactionManagementError("in the atomic block")
    broken.__context__ = lost

    assert outage_behind(broken) is lost
    assert outage_behind(closed) is closed


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("raised by hand"),
        InterfaceError("the cursor is closed"),
        ValueError("nothing to do with databases"),
    ],
)
def test_anything_else_stays_an_error_of_the_program(error: Exception) -> None:
    assert outage_behind(error) is None

"""The databases of the tests: made once in a run, then copied.

The settings name a database with the foundations laid. Each process works on its own
copy of it, in which tests are rolled back; a test that commits has the copy replaced.

    python -m tests.databases    makes what is copied, unless that is done
"""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests import kept_databases

FOUNDED = str(settings.DATABASES["default"]["NAME"])
MIGRATED = f"{FOUNDED}_migrated"  # what the migrations leave, and no more

# Whoever still serves a page from a database that is about to be copied.
HANG_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"

Filled = TypeVar("Filled")
_made: dict[str, Any] = {}

ROOT = Path(__file__).resolve().parents[1]


def start_making() -> "subprocess.Popen[bytes]":
    """Begin to make what is copied, in a process that knows nothing of the tests."""
    return subprocess.Popen([sys.executable, "-m", __name__], cwd=ROOT)  # noqa: S603  ours


def begin(source: str = FOUNDED) -> None:
    """Have this process work on a new copy."""
    own = _own_name()
    connection.close()
    connection.settings_dict["NAME"] = own
    # Held open, or a database in memory would be gone again.
    if connection.vendor == "sqlite":
        connection.ensure_connection()
    _copy(source, own)


def fill_once(name: str, fill: Callable[[], Filled]) -> Filled:
    """Have what `fill` made: in this process it is called for the first test only.

    The others get a copy of the database it left. Call it before anything else is
    written, in tests that commit.
    """
    filled = f"{FOUNDED}_{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    if name in _made:
        begin(filled)
    else:
        _made[name] = fill()
        if connection.vendor == "postgresql":
            connection.close()
        _copy(_own_name(), filled)
    made: Filled = _made[name]
    return made


def _own_name() -> str:
    if connection.vendor == "sqlite":
        return "file:tests?mode=memory&cache=shared"
    return f"{FOUNDED}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def _copy(source: str, target: str) -> None:
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(source, uri=True)) as original,
            closing(sqlite3.connect(target, uri=True)) as copy,
        ):
            original.backup(copy)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(HANG_UP, [source])
        # By force: a process that a test killed may not have let go of it yet.
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _fetch_or_make() -> None:
    names = [MIGRATED, FOUNDED]
    if connection.vendor == "postgresql":
        for name in names:
            _copy("template0", name)
    if not kept_databases.fetch(connection, names):
        _make()
        kept_databases.keep(connection, names)


def _make() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    connection.close()
    _copy(FOUNDED, MIGRATED)
    call_command("lay_foundations", stdout=StringIO())
    connection.close()


def _make_once() -> None:
    # Set by tests/services.py: where the processes of a run keep what they share.
    folder = Path(os.environ["TESTS_FOLDER"])
    made = folder / "databases-made"
    with (folder / "databases-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            django.setup()
            _fetch_or_make()
            made.touch()


if __name__ == "__main__":
    _make_once()

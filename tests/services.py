"""pytest plugin: the environment and the servers that the suite runs on.

TEST_DATABASE=sqlite (the default) is a newcomer's machine: no server at all, and tests
marked `services` or using a browser are left to the other run. TEST_DATABASE=postgres
is production's: a PostgreSQL and a Redis of our own, and every test. Behind a SQLite
run of the same tests (ALREADY_ON=sqlite) those are left out that ask no database, and
those marked `once`.

Loaded with `-p`, because pytest-django reads the settings before any conftest.py.
"""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

import pytest

from scripts import servers
from scripts.bootstrap import keep_bytecode
from scripts.console import Problem

# A developer's shell may point at a real database; no test may ever reach it.
_INHERITED = (
    "ARCHIVE_STORAGE",
    "CACHE_URL",
    "DATABASE_URL",
    "EMAIL_URL",
    "MAIL_DIR",
    "MEDIA_STORAGE",
    "REDIS_URL",
)
# Fixtures through which a test without the marker reaches the database.
_DATABASES = {"db", "transactional_db", "django_db_setup", "live_server"}
_MEMORY, _ROOM = Path("/dev/shm"), 4 * 2**30  # noqa: S108  a folder of our own in it
_FOLDERS = ("MEDIA_ROOT", "ARCHIVE_ROOT", "STATIC_ROOT", "CELERY_FILESYSTEM_DIR")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, None, None]:
    """Set the environment up before pytest-django reads the settings."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        _give_own_place(worker)
    else:
        _keep_bytecode()
        _leave_on_sigterm()
        block = ExitStack()
        early_config.add_cleanup(block.close)
        block.enter_context(_surroundings())
    return (yield)


def pytest_report_header() -> str:
    """Say which of the two surroundings this run has."""
    if _on_postgresql():
        return "wiki: PostgreSQL and Redis, browser tests included"
    return "wiki: SQLite without servers; browser tests run with TEST_DATABASE=postgres"


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Mark what drives a browser; leave out what this run need not or cannot do."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
    if not _on_postgresql():
        _leave_out(config, items, [item for item in items if _needs_servers(item)])
    elif os.environ.get("ALREADY_ON") == "sqlite":
        _leave_out(config, items, [item for item in items if _is_settled(item)])


def _leave_out(
    config: pytest.Config, items: list[pytest.Item], left_out: list[pytest.Item]
) -> None:
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        known = set(left_out)
        items[:] = [item for item in items if item not in known]


def asks_database(item: pytest.Item) -> bool:
    """Whether it has the marker, or one of the fixtures that stand for it."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & _DATABASES)


def _is_settled(item: pytest.Item) -> bool:
    """Whether another database says nothing that the first one did not."""
    if item.get_closest_marker("once"):
        return True
    return not asks_database(item) and not _needs_servers(item)


def _on_postgresql() -> bool:
    choice = os.environ.get("TEST_DATABASE", "sqlite")
    if choice not in ("sqlite", "postgres"):
        raise pytest.UsageError(f"TEST_DATABASE={choice}: choose sqlite or postgres")
    return choice == "postgres"


def _needs_servers(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("browser", "services"))


@contextmanager
def _surroundings() -> Iterator[None]:
    """One folder for everything the run writes, and the servers if they are wanted."""
    for name in _INHERITED:
        os.environ.pop(name, None)
    folder = Path(tempfile.mkdtemp(prefix="wiki-tests-", dir=_memory()))
    folder.chmod(0o711)  # PostgreSQL runs as another user and must get through
    try:
        with ExitStack() as running:
            _write_below(folder)
            os.environ["TESTS_FOLDER"] = str(folder)
            if _on_postgresql():
                _start_servers(running, folder)
            yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """A folder in memory with room enough, if the machine has one.

    Each test that commits has a database copied, which is a thousand files: on a disk
    that takes ten times as long, even where nobody waits for it.
    """
    if not _MEMORY.is_dir() or shutil.disk_usage(_MEMORY).free < _ROOM:
        return None
    return _MEMORY


def _write_below(folder: Path) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'db.sqlite3'}"
    for name in _FOLDERS:
        os.environ[name] = str(folder / name.lower())
    temporary = folder / "tmp"
    temporary.mkdir()
    os.environ["TMPDIR"] = str(temporary)
    tempfile.tempdir = None  # read TMPDIR again


def _start_servers(running: ExitStack, folder: Path) -> None:
    try:
        os.environ["DATABASE_URL"] = running.enter_context(servers.postgresql(folder))
        os.environ["REDIS_URL"] = running.enter_context(servers.redis(folder)) + "/0"
    except Problem as problem:
        raise pytest.UsageError(str(problem)) from problem


def _give_own_place(worker: str) -> None:
    """Parallel processes share the servers, but no folder and no Redis database."""
    for name in _FOLDERS:
        os.environ[name] += f"/{worker}"
    if address := os.environ.get("REDIS_URL"):
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = f"{address.rpartition('/')[0]}/{number}"


def _keep_bytecode() -> None:
    """For this process, and for the workers and what the tests start."""
    keep_bytecode(os.environ)
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in os.environ
    sys.pycache_prefix = os.environ.get("PYTHONPYCACHEPREFIX")


def _leave_on_sigterm() -> None:
    """Let SIGTERM end the run as Ctrl-C does, clean-up included."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)

"""A running wiki from nothing: install, migrate, load demo content, web and workers.

    python3 -m scripts.demo                serve until Ctrl-C or SIGTERM
    python3 -m scripts.demo --data-only    stop after loading the demo content

PORT (8000), HOST (127.0.0.1) and DEMO_DIR (var/demo) come from the environment. A
second start keeps what is in DEMO_DIR.
"""

import fcntl
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts import demo_servers
from scripts.bootstrap import PYTHON, ROOT, environment, prepare
from scripts.console import Interrupted, Problem, exit_with, step
from scripts.demo_servers import Address
from scripts.processes import Command, run, stop_on_signals

ACCOUNTS = """\
  Who                     May
  admin@example.org       everything
  editor@example.org      write; publish in own parks, submit elsewhere
  moderator@example.org   review what editors submit, publish
  member@example.org      suggest edits, keep a profile (no editing desk)

  Each signs in with the password thrillwiki-demo."""


@dataclass(frozen=True)
class Demo:
    """Where one demo keeps everything it writes, and the settings that follow."""

    folder: Path
    address: Address

    @property
    def logs(self) -> Path:
        """The folder of all logs."""
        return self.folder / "logs"

    def settings(self) -> dict[str, str]:
        """The environment of every demo process.

        Only REDIS_URL is taken from the caller. The demo accounts have a password
        that everybody knows, so they must never reach another database.
        """
        own = {
            "DJANGO_SETTINGS_MODULE": "thrillwiki.settings.dev",
            "SECRET_KEY": _secret_key(self.folder / "secret-key"),
            "ALLOWED_HOSTS": ",".join(self.address.allowed_hosts()),
            "BASE_URL": self.address.url(),
            "DATABASE_URL": f"sqlite:///{self.folder / 'db.sqlite3'}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "MEDIA_STORAGE": "file",
            "ARCHIVE_ROOT": str(self.folder / "archive"),
            "ARCHIVE_STORAGE": "file",
            "STATIC_ROOT": str(self.folder / "static"),
            "CELERY_FILESYSTEM_DIR": str(self.folder / "celery"),
            "MAIL_DIR": str(self.folder / "mail"),
        }
        cache = {"CACHE_URL": f"filecache://{self.folder / 'cache'}"}
        return environment() | own | ({} if os.environ.get("REDIS_URL") else cache)

    def manage(self, *arguments: str) -> None:
        """Run a management command to its end."""
        log = self.logs / f"{arguments[0]}.log"
        command: Command = [PYTHON, ROOT / "manage.py", *arguments]
        run(command, log=log, cwd=ROOT, env=self.settings())


def load(demo: Demo) -> None:
    """Migrate and, where the database is empty, load the demo content."""
    for queue in ("queue", "done", "control"):
        (demo.folder / "celery" / queue).mkdir(parents=True, exist_ok=True)
    with step("Migrating the database"):
        demo.manage("migrate", "--no-input")
    with step("Loading the demo content"):
        demo.manage("demo_data")
        # A demo that is older than the index has pages and nothing to find them by.
        demo.manage("rebuild_search", "--if-empty")


def serve(demo: Demo) -> int:
    """Run web and workers until a stop is asked for, or until one of them ends."""
    children = demo_servers.Servers(demo.address, demo.folder, demo.settings())
    with children:
        with step("Starting web and workers"):
            children.wait_until_they_answer()
        print(f"\nThrillWiki runs at {demo.address.url()}/ (Ctrl-C stops it)")
        print(f"Its admin is at {demo.address.url()}/admin/\n\n{ACCOUNTS}", flush=True)
        children.wait_until_stopped()
        started_at = time.monotonic()
    print(f"Stopped web and workers in {time.monotonic() - started_at:.1f} s.")
    return 0


@contextmanager
def _only_demo_on(folder: Path) -> Iterator[None]:
    """Two demos on one folder would share a database, a schedule and a queue."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem(
                f"A demo already uses {folder}: stop it or set another DEMO_DIR."
            ) from None
        yield


def _secret_key(file: Path) -> str:
    """This demo's own key, made at its first start and readable by its owner only."""
    if not file.exists():
        with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(60))
    return file.read_text()


def main() -> int:
    """Read the environment, say at once what cannot work, then do the slow work."""
    started_at = time.monotonic()
    demo = Demo(
        folder=Path(os.environ.get("DEMO_DIR") or ROOT / "var" / "demo").resolve(),
        address=Address.from_environment(),
    )
    data_only = "--data-only" in sys.argv[1:]
    stop_on_signals()
    if not data_only:
        demo.address.check_free()
    with _only_demo_on(demo.folder):
        try:
            prepare(dev=False)
            load(demo)
            if data_only:
                print(f"Demo content is ready in {time.monotonic() - started_at:.0f} s")
                return 0
            return serve(demo)
        except Interrupted:
            print("Stopped.")
            return 0


if __name__ == "__main__":
    exit_with(main)

"""Runs every test: on SQLite, then on PostgreSQL with Redis, nginx and a browser.

    python3 -m scripts.test [pytest arguments]

Installs what is missing first. The last line printed is pytest's own.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from scripts import machine
from scripts.bootstrap import PYTHON, ROOT, environment, prepare
from scripts.console import Interrupted, exit_with
from scripts.processes import stop_on_signals, stop_requested

NOTHING_COLLECTED = 5
# One test at a time to whichever process is free: the long ones come first.
IN_PARALLEL = ["-n", "2", "--maxschedchunk", "1"]

# pytest hears Ctrl-C from the terminal itself; a second signal would cut its clean-up.
_HEARD_ALREADY_SECONDS = 3


def main() -> int:
    """Run both suites, the second also when the first one failed."""
    arguments = sys.argv[1:]
    stop_on_signals()
    started_at = time.monotonic()
    prepare(dev=True)
    servers = machine.POSTGRESQL | machine.REDIS | machine.NGINX
    machine.require(servers | machine.CHROMIUM)
    _say(f"Prepared in {time.monotonic() - started_at:.0f} s. Now the SQLite suite.")

    started_at = time.monotonic()
    on_sqlite = run_pytest("sqlite", [*IN_PARALLEL, *arguments])
    outcome = "passed" if on_sqlite == 0 else f"ended with status {on_sqlite}"
    _say(
        f"The SQLite suite {outcome} in {time.monotonic() - started_at:.0f} s."
        " Now the PostgreSQL suite, browser tests included."
    )

    again = {"ALREADY_ON": "sqlite"}
    on_postgresql = run_pytest("postgres", [*IN_PARALLEL, *arguments], **again)
    return _verdict(on_sqlite, on_postgresql, narrowed=bool(arguments))


def run_pytest(database: str, arguments: Sequence[str], **surroundings: str) -> int:
    """Run pytest on "sqlite" or "postgres" and return its exit status.

    `surroundings` are more environment variables for it. It stays in the terminal's
    process group, so that Ctrl-C and a debugger work.
    Raises Interrupted, pytest and its servers being gone, if a stop was asked for.
    """
    child = subprocess.Popen(
        [str(PYTHON), "-m", "pytest", *arguments],
        cwd=ROOT,
        env={
            **environment(),
            "TEST_DATABASE": database,
            "MAKE_DATABASES": "1",  # with every migration; see tests/kept_databases.py
            **surroundings,
        },
    )
    while child.poll() is None and not stop_requested.is_set():
        time.sleep(0.1)
    if stop_requested.is_set():
        _end(child)
        raise Interrupted
    return child.returncode


def _end(child: "subprocess.Popen[bytes]") -> None:
    try:
        child.wait(_HEARD_ALREADY_SECONDS)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGTERM)
        child.wait()


def _verdict(on_sqlite: int, on_postgresql: int, *, narrowed: bool) -> int:
    if narrowed and NOTHING_COLLECTED in (on_sqlite, on_postgresql):
        # The arguments picked tests that only one of the suites has.
        statuses = {on_sqlite, on_postgresql} - {NOTHING_COLLECTED}
        return statuses.pop() if statuses else NOTHING_COLLECTED
    return on_sqlite or on_postgresql


def _say(line: str) -> None:
    print(f"--- {line}", flush=True)


if __name__ == "__main__":
    exit_with(main)

"""Starting child processes and stopping them so that none is left behind.

Signals only set a flag. Nothing is raised between a child's start and the moment it is
known to us, so no child can slip away.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from scripts.console import Interrupted, Problem

Command = Sequence[str | Path]

stop_requested = threading.Event()

_POLL_SECONDS = 0.1


def stop_on_signals() -> None:
    """From now on Ctrl-C, SIGTERM and a closed terminal only ask for a stop."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        started_by_nohup = signal.getsignal(number) is signal.SIG_IGN
        if number == signal.SIGHUP and started_by_nohup:
            continue
        signal.signal(number, lambda *_: stop_requested.set())


def start(
    command: Command,
    *,
    log: Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own, both its outputs appended to the log.

    Ctrl-C reaches every process of the terminal's group at once; in its own session
    the child hears only from us.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=env,
            user=user,
            start_new_session=True,
        )


def run(
    command: Command,
    *,
    log: Path,
    cwd: Path,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a command to its end.

    Raises Problem with the log's last lines if it fails, Interrupted (the child being
    gone) if a stop was asked for meanwhile.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")
    child = start(command, log=log, cwd=cwd, env=env)
    try:
        while child.poll() is None and not stop_requested.is_set():
            time.sleep(_POLL_SECONDS)
    finally:
        stop([child])
    if stop_requested.is_set():
        raise Interrupted
    if child.returncode:
        shown = " ".join(str(part) for part in command)
        raise Problem(f"\n{last_lines(log)}\n{shown} failed; its output is in {log}")


def stop(
    children: Iterable["subprocess.Popen[bytes]"],
    *,
    first: signal.Signals = signal.SIGTERM,
    patience_s: float = 8,
) -> None:
    """Ask each main process to end, then kill whatever is left of its group.

    Only the main process gets the first signal: a Celery pool told to stop behind its
    parent's back can hang the parent.
    """
    children = list(children)
    for child in children:
        if child.poll() is None:
            child.send_signal(first)
    deadline = time.monotonic() + patience_s
    for child in children:
        while child.poll() is None and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS / 2)
    for child in children:
        _kill_group(child.pid)
        child.wait()


def last_lines(log: Path, count: int = 20) -> str:
    """The end of a log, for showing why something failed."""
    text = log.read_text(errors="replace") if log.exists() else ""
    return "\n".join(text.splitlines()[-count:])


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return

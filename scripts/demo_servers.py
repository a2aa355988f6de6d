"""The demo's servers: where they listen, whether they answer, how they end."""

import errno
import http.client
import os
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType

from scripts.bootstrap import PYTHON, ROOT
from scripts.console import Interrupted, Problem
from scripts.processes import Command, last_lines, start, stop, stop_requested

_START_SECONDS = 90
_REFUSALS = {errno.EADDRINUSE: "is in use", errno.EACCES: "needs root"}
# Whoever looks at a fresh demo does not wait for the sizes of its pictures.
_PATIENTLY = {"bulk": ("nice", "-n", "15")}
_EVERYWHERE = "0.0.0.0"  # noqa: S104  only listened on when the caller asks for it


@dataclass(frozen=True)
class Address:
    """Where the demo listens."""

    host: str
    port: int

    @classmethod
    def from_environment(cls) -> "Address":
        """HOST and PORT, or 127.0.0.1 and 8000. Raises Problem if PORT is no port."""
        text = os.environ.get("PORT") or "8000"
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise Problem(f"PORT={text} is not a port number from 1 to 65535.")
        return cls(host=os.environ.get("HOST") or "127.0.0.1", port=int(text))

    def url(self) -> str:
        """The address to type into a browser on this machine."""
        local = self.host in ("127.0.0.1", _EVERYWHERE)
        return f"http://{'localhost' if local else self.host}:{self.port}"

    def allowed_hosts(self) -> list[str]:
        """Host names the site answers to; any, if asked to listen everywhere."""
        if self.host == _EVERYWHERE:
            return ["*"]
        return sorted({"localhost", "127.0.0.1", self.host})

    def check_free(self) -> None:
        """Raise Problem if the address cannot be listened on."""
        with socket.socket() as probe:
            # Without this a port left a minute ago still counts as taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                why = _REFUSALS.get(
                    error.errno or 0, f"cannot be used ({error.strerror})"
                )
                raise Problem(
                    f"Port {self.port} on {self.host} {why}."
                    f" Choose another: make demo PORT={self._another_port()}"
                ) from None

    def answers(self) -> bool:
        """Whether the home page comes back without an error."""
        # Not urllib: it would ask a configured proxy for our own machine.
        host = "127.0.0.1" if self.host == _EVERYWHERE else self.host
        connection = http.client.HTTPConnection(host, self.port, timeout=20)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status < 400
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _another_port(self) -> int:
        return self.port + 1 if 1024 <= self.port < 65535 else 8000


class Servers:
    """Web and two workers, all started on entering and all gone after leaving."""

    def __init__(
        self, address: Address, folder: Path, settings: Mapping[str, str]
    ) -> None:
        """Prepare; nothing runs before the block is entered."""
        self.address = address
        self.folder = folder
        self.settings = settings
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Servers":
        """Start them."""
        try:
            self._start("web", *_web_arguments(self.address))
            self._start("worker", *_worker_arguments(self.folder))
            self._start("bulk", *_BULK_ARGUMENTS)
        except BaseException:
            stop(self.children.values())
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop them."""
        stop(self.children.values())

    def wait_until_they_answer(self) -> None:
        """Return when the home page and the workers answer.

        Raises Problem if one of them ends or stays silent, Interrupted on a stop.
        """
        self._wait("web", self.address.answers)
        for name in ("worker", "bulk"):
            self._wait(name, partial(self._worker_answers, name))

    def wait_until_stopped(self) -> None:
        """Return when a stop is asked for. Raises Problem if a child ends by itself."""
        while not stop_requested.wait(0.5):
            self._check_alive()

    def _start(self, name: str, *arguments: str) -> None:
        log = self._log(name)
        log.unlink(missing_ok=True)
        command: Command = [*_PATIENTLY.get(name, ()), PYTHON, "-m", *arguments]
        self.children[name] = start(command, log=log, cwd=ROOT, env=self.settings)

    def _wait(self, name: str, answers: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not answers():
            if stop_requested.wait(0.2):
                raise Interrupted
            self._check_alive()
            if time.monotonic() > deadline:
                raise self._problem(name, f"did not answer in {_START_SECONDS} s")

    def _worker_answers(self, name: str) -> bool:
        # The worker's own word after connecting to the broker. Asking it over the
        # broker would cost another process that loads the whole site.
        log = self._log(name)
        return log.exists() and " ready." in log.read_text(errors="replace")

    def _check_alive(self) -> None:
        for name, child in self.children.items():
            if (status := child.poll()) is not None:
                raise self._problem(name, f"ended with status {status}")

    def _problem(self, name: str, what: str) -> Problem:
        log = self._log(name)
        return Problem(f"\n{last_lines(log)}\nThe {name} process {what}; see {log}")

    def _log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"


_WORKER = ("celery", "--app=thrillwiki.celery", "worker", "--loglevel=INFO")
# Pictures and what else nobody waits for, one at a time and in one process.
_BULK_ARGUMENTS = (
    *_WORKER,
    "--queues=bulk",
    "--pool=solo",
    "--hostname=bulk@localhost",
)


def _web_arguments(address: Address) -> list[str]:
    return [
        "gunicorn",
        "thrillwiki.wsgi:application",
        f"--bind={address.host}:{address.port}",
        "--worker-class=gthread",
        "--workers=1",
        "--threads=8",
        "--graceful-timeout=5",
        "--no-control-socket",  # its path is shared by all of a user's gunicorns
    ]


def _worker_arguments(folder: Path) -> list[str]:
    return [
        *_WORKER,
        "--queues=celery",
        "--beat",
        f"--schedule={folder / 'celery' / 'beat-schedule'}",
        "--pool=prefork",
        "--concurrency=2",
        "--hostname=demo@localhost",
    ]

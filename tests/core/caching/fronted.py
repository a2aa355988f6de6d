"""The wiki as it runs: nginx before gunicorn, with a Redis of its own."""

import http.client
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from scripts import servers
from scripts.processes import last_lines, start, stop

ROOT = Path(__file__).resolve().parents[3]
STARTS_WITHIN_S = 60


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def kept(self) -> str:
        """Whether nginx had it: HIT, MISS, BYPASS, STALE…"""
        return self.headers.get("X-Cache", "")


@dataclass
class Wiki:
    """A running wiki, its front, and the means to take parts of it away."""

    front: servers.Front
    app: str
    folder: Path
    redis: ExitStack = field(default_factory=ExitStack)
    web: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def get(self, path: str, *, of: str = "", **headers: str) -> Answer:
        """Ask nginx, or another server."""
        place = urlsplit(of or self.front.url).netloc
        server = http.client.HTTPConnection(place, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            server.request("GET", path, headers=named)
            found = server.getresponse()
            body = found.read()
        finally:
            server.close()
        return Answer(found.status, found.headers, body)

    def stop_redis(self) -> None:
        self.redis.close()

    def stop_web(self) -> None:
        stop(self.web)
        self.web.clear()


@contextmanager
def running(*, more: str = "") -> Iterator[Wiki]:
    """Start everything on the database of the test; nothing survives the block."""
    with ExitStack() as block:
        folder = Path(block.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        redis = block.enter_context(ExitStack())
        redis_url = redis.enter_context(servers.redis(folder)) + "/0"
        app = f"127.0.0.1:{servers.free_port()}"
        front = block.enter_context(servers.nginx(folder, app=app, more=more))
        wiki = Wiki(front, f"http://{app}", folder, redis)
        block.callback(wiki.stop_web)
        wiki.web.append(_gunicorn(folder, app, redis_url))
        _wait_for(wiki, folder)
        yield wiki


def _gunicorn(folder: Path, app: str, redis_url: str) -> "subprocess.Popen[bytes]":
    known = connection.settings_dict
    place = f"{known['USER']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    serving = ["--bind", app, "--worker-class", "gthread", "--threads", "4"]
    return start(
        [sys.executable, "-m", "gunicorn", "thrillwiki.wsgi:application", *serving],
        log=folder / "gunicorn.log",
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{place}",
            "DJANGO_SETTINGS_MODULE": "thrillwiki.settings.dev",
            "REDIS_URL": redis_url,
            # So that who is signed in here is signed in there.
            "SECRET_KEY": settings.SECRET_KEY,
        },
    )


def _wait_for(wiki: Wiki, folder: Path) -> None:
    deadline = monotonic() + STARTS_WITHIN_S
    while monotonic() < deadline:
        try:
            if wiki.get("/healthz", of=wiki.app).status == 200:
                return
        except OSError:
            sleep(0.1)
    raise AssertionError(last_lines(folder / "gunicorn.log"))

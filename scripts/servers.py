"""Throw-away PostgreSQL, Redis and nginx on free ports, all in the caller's folder."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.bootstrap import ROOT
from scripts.console import Problem
from scripts.machine import find_program
from scripts.processes import Command, last_lines, start, stop

_START_SECONDS = 30
_HOST = "127.0.0.1"

# A machine's own part: what Debian's nginx.conf would say, and one server block.
NGINX_CONF = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr;
{user}
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log off;
    sendfile on;
    client_body_temp_path {folder}/tmp/body;
    proxy_temp_path {folder}/tmp/proxy;
    fastcgi_temp_path {folder}/tmp/fastcgi;
    uwsgi_temp_path {folder}/tmp/uwsgi;
    scgi_temp_path {folder}/tmp/scgi;
    include {folder}/wiki-http.conf;
    server {{
        listen {listen};
        include {folder}/wiki-locations.conf;
        {more}
    }}
}}
"""


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A PostgreSQL server; yields its database URL. Nothing survives the block."""
    initdb, postgres = _program("initdb"), _program("postgres")
    user, data, log = _database_user(), folder / "postgresql", folder / "postgresql.log"
    data.mkdir(mode=0o700)
    if user:
        shutil.chown(data, user)
    _initialise(initdb, data, user)
    port = free_port()
    settings = {
        "listen_addresses": _HOST,
        "unix_socket_directories": "",
        # The data is thrown away, so nothing waits for the disk.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "60",
    }
    options = [part for item in settings.items() for part in ("-c", "=".join(item))]
    command: Command = [postgres, "-D", data, "-p", str(port), *options]
    server = start(command, log=log, cwd=folder, user=user)
    try:
        ready = "database system is ready to accept connections"
        _wait(server, "PostgreSQL", log, lambda: ready in last_lines(log))
        yield f"postgres://thrillwiki@{_HOST}:{port}/thrillwiki"
    finally:
        # SIGQUIT: leave at once, without a last checkpoint.
        stop([server], first=signal.SIGQUIT)


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis server that saves nothing; yields its URL without a database number."""
    port, log = free_port(), folder / "redis.log"
    options = {
        "--port": str(port),
        "--bind": _HOST,
        "--dir": str(folder),
        "--save": "",
        "--appendonly": "no",
        "--databases": "64",  # one for each parallel test process
    }
    arguments = [part for item in options.items() for part in item]
    command: Command = [_program("redis-server"), *arguments]
    server = start(command, log=log, cwd=folder)
    try:
        _wait(server, "Redis", log, lambda: _pongs(port))
        yield f"redis://{_HOST}:{port}"
    finally:
        stop([server])


@dataclass(frozen=True)
class Front:
    """An nginx in front of the wiki: for visitors, and for the wiki itself."""

    url: str
    purge_url: str


@contextmanager
def nginx(folder: Path, *, app: str, more: str = "") -> Iterator[Front]:
    """The configuration we ship, before the application at "host:port".

    Static files and media are those below `folder`; `more` are further lines for the
    server block.
    """
    port, purge_port, log = free_port(), free_port(), folder / "nginx.log"
    places = {name: folder / name for name in ("static", "media", "kept", "tmp")}
    for place in places.values():
        place.mkdir(exist_ok=True)
    filled_in = {
        "APP": app,
        "CACHE_DIR": places["kept"],
        "PURGE_LISTEN": f"{_HOST}:{purge_port}",
        "STATIC_ROOT": places["static"],
        "MEDIA_ROOT": places["media"],
    }
    for template in (ROOT / "deploy" / "nginx").glob("*.conf.template"):
        _fill_in(template, folder / template.name.removesuffix(".template"), filled_in)
    (folder / "nginx.conf").write_text(
        NGINX_CONF.format(
            user="user root;" if os.geteuid() == 0 else "",
            folder=folder,
            listen=f"{_HOST}:{port}",
            more=more,
        )
    )
    command: Command = [_program("nginx"), "-p", folder, "-c", folder / "nginx.conf"]
    server = start(command, log=log, cwd=folder)
    try:
        _wait(server, "nginx", log, lambda: _listens(port))
        yield Front(f"http://{_HOST}:{port}", f"http://{_HOST}:{purge_port}")
    finally:
        stop([server])


def _fill_in(template: Path, file: Path, values: Mapping[str, object]) -> None:
    """What envsubst does: nginx's own variables have no braces and stay."""
    text = template.read_text()
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", str(value))
    file.write_text(text)


def _program(name: str) -> Path:
    program = find_program(name)
    if program is None:
        raise Problem(f"{name} is not installed; `make test` says what to do.")
    return program


def _database_user() -> str | None:
    """PostgreSQL refuses to run as root, so root lends it another name."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _initialise(initdb: Path, data: Path, user: str | None) -> None:
    options = ["--username=thrillwiki", "--auth=trust", "--encoding=UTF8"]
    options += ["--locale=C.UTF-8", "--no-sync"]
    command: Command = [initdb, "-D", data, *options]
    made = subprocess.run(
        command, cwd=data, user=user, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise Problem(f"initdb failed: {made.stderr.strip()}")


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _pongs(port: int) -> bool:
    try:
        with socket.create_connection((_HOST, port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _listens(port: int) -> bool:
    try:
        with socket.create_connection((_HOST, port), timeout=1):
            return True
    except OSError:
        return False


def _wait(
    server: "subprocess.Popen[bytes]", name: str, log: Path, ready: Callable[[], bool]
) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline:
            raise Problem(f"{name} did not start:\n{last_lines(log)}")
        time.sleep(0.05)

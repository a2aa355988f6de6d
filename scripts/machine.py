"""Programs that no Python package brings: PostgreSQL, Redis, nginx, Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.bootstrap import LOGS, ROOT, environment
from scripts.console import Problem, step
from scripts.processes import run

# Each program beside the Debian package that holds it.
POSTGRESQL = {"initdb": "postgresql", "postgres": "postgresql"}
REDIS = {"redis-server": "redis-server"}
CHROMIUM = {"chromium": "chromium"}
NGINX = {"nginx": "nginx"}
WRK = {"wrk": "wrk"}

_POLICY = Path("/usr/sbin/policy-rc.d")


def find_program(name: str) -> Path | None:
    """A program on PATH or among the system's, or in the newest PostgreSQL's folder."""
    if found := shutil.which(name) or shutil.which(name, path="/usr/sbin"):
        return Path(found)
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name),
        reverse=True,
    )
    return next((bin_ / name for bin_ in versions if (bin_ / name).exists()), None)


def require(packages_by_program: dict[str, str]) -> None:
    """Install what is missing if we are root on Debian, else name it in a Problem."""
    packages = _missing(packages_by_program)
    if not packages:
        return
    names = " ".join(packages)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Problem(f"The tests need {names}: sudo apt install {names}")
    with step(f"Installing {', '.join(packages)} with apt"), _services_left_stopped():
        _apt_get("update")
        _apt_get("install", "--yes", "--no-install-recommends", *packages)
    if left := _missing(packages_by_program):
        raise Problem(f"apt installed {names}, yet {' '.join(left)} cannot be found.")


def _missing(packages_by_program: dict[str, str]) -> list[str]:
    return sorted(
        {
            package
            for program, package in packages_by_program.items()
            if find_program(program) is None
        }
    )


@contextmanager
def _services_left_stopped() -> Iterator[None]:
    """Keep Debian from starting the servers it installs: the tests own theirs."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text("#!/bin/sh\nexit 101\n")
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink()


def _apt_get(*arguments: str) -> None:
    run(
        ["apt-get", "--quiet", *arguments],
        log=LOGS / f"apt-{arguments[0]}.log",
        cwd=ROOT,
        env=environment() | {"DEBIAN_FRONTEND": "noninteractive"},
    )

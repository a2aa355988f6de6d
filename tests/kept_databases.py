"""The databases of earlier runs, for whoever runs a few tests again and again.

They are kept in var/tests/ under a hash of what they were made from, and only one
generation of them. `make test` never takes one: it sets MAKE_DATABASES.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from scripts.bootstrap import ROOT
from scripts.machine import find_program

FOLDER = ROOT / "var" / "tests"


def fetch(connection: Any, names: Sequence[str]) -> bool:
    """Bring back databases of these names; whether they were there."""
    kept = [_place(connection, name) for name in names]
    if os.environ.get("MAKE_DATABASES") or not all(file.exists() for file in kept):
        return False
    for file, name in zip(kept, names, strict=True):
        if connection.vendor == "sqlite":
            shutil.copyfile(file, name)
        else:
            _run("pg_restore", "--exit-on-error", f"--dbname={_address(name)}", file)
    return True


def keep(connection: Any, names: Sequence[str]) -> None:
    """Keep them in the place of those made from other sources."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob(f"*.{connection.vendor}"):
        old.unlink(missing_ok=True)
    for name in names:
        file = _place(connection, name)
        new = file.with_suffix(f".{os.getpid()}")
        if connection.vendor == "sqlite":
            shutil.copyfile(name, new)
        else:
            _run("pg_dump", "--format=custom", f"--file={new}", _address(name))
        new.replace(file)


def _place(connection: Any, name: str) -> Path:
    made_from = sha256(f"{connection.get_database_version()}".encode())
    for file in sorted(_sources()):
        made_from.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    made_from.update(Path(name).name.encode())
    return FOLDER / f"{made_from.hexdigest()[:16]}.{connection.vendor}"


def _sources() -> list[Path]:
    """What shapes the tables and the first rows; not all that runs while these are
    written, or hardly any change would find its databases again.
    """
    rooms = [file.parent for file in ROOT.glob("*/apps.py")]
    modules = [file for room in rooms for file in room.rglob("*.py")]
    return [*filter(_shapes_rows, modules), ROOT / "uv.lock"]


def _shapes_rows(module: Path) -> bool:
    names = {module.stem, *(folder.name for folder in module.parents)}
    return bool(names & {"migrations", "models", "foundations"})


def _address(name: str) -> str:
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{server}/{name}"


def _run(program: str, *arguments: str | Path) -> None:
    found = find_program(program)
    subprocess.run([str(found), *map(str, arguments)], check=True)  # noqa: S603  ours

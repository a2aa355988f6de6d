"""Which program makes the pages: another one makes other pages of the same facts."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings


@cache
def build() -> str:
    """A name of the code, templates and libraries of this process; read once."""
    digest = hashlib.sha256()
    for file in sorted(_sources()):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    root = Path(settings.BASE_DIR)
    yield from root.glob("uv.lock")
    # Where static files carry a hash in their name, this file lists them.
    yield from Path(settings.STATIC_ROOT).glob("staticfiles.json")
    for rooms in apps.get_app_configs():
        if Path(rooms.path).parent == root:
            yield from Path(rooms.path).rglob("*.py")
    yield from (root / "templates").rglob("*.html")
    yield from (root / "locale").rglob("*.mo")

"""Real processes of the wiki on the database of the test."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def start_process(
    *arguments: str, fault: str = "", **surroundings: str
) -> "subprocess.Popen[bytes]":
    """Start Python with these arguments, told to fail at a point of core/faults.py."""
    known = connection.settings_dict
    place = f"{known['HOST']}:{known['PORT']}/{known['NAME']}"
    person = (
        f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    )
    return subprocess.Popen(  # noqa: S603  arguments of the tests' own
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            **surroundings,
            "DATABASE_URL": f"postgres://{person}@{place}",
            "DJANGO_SETTINGS_MODULE": "thrillwiki.settings.test",
            "TW_TEST": "1",
            "TW_FAULT": fault,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )

"""Computes anew what the ride finder keeps of each ride."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from search.finder.actions import rebuild


class Command(BaseCommand):
    help = (
        "Computes anew what the ride finder keeps of each ride. It is kept in step by "
        "itself; run this after a restore of part of the database."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        found = rebuild()
        seconds = time.monotonic() - started
        self.stdout.write(f"{found:,} rides can be found; it took {seconds:.1f} s.")

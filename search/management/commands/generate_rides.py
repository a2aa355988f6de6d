"""Fills the wiki with rides nobody built, to measure it and to look at it."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.table_statistics import count_tables_anew
from parks.actions.inventing import invent_rides
from parks.models import ParkIndexPage
from search.finder.actions import keep_in_step
from search.finder.models import RideFacts

MOST = 1_000_000


class Command(BaseCommand):
    help = (
        "Adds made-up rides with parks, makers and models, for measurements and for "
        "looking at large lists. Their pages have no history and no drafts, so "
        "verify_history complains about them, and they cannot be taken out together. "
        "Others can write meanwhile, and it may be broken off: whatever is written by "
        "then stays and can be found."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="such as 100000")
        parser.add_argument(
            "--seed", type=int, default=1, help="other numbers draw other rides"
        )
        parser.add_argument(
            "--yes-really",
            action="store_true",
            help="needed where DEBUG is off: the rides stay",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or options["yes_really"]):
            raise CommandError(
                "These rides are made up and they stay. If this is not a wiki people "
                "rely on, say --yes-really."
            )
        if not 1 <= options["number"] <= MOST:
            raise CommandError(f"Make between 1 and {MOST:,} rides.")
        if not ParkIndexPage.objects.exists():
            raise CommandError("Run lay_foundations first: there is no list of parks.")
        started = time.monotonic()

        def say(step: str) -> None:
            self.stdout.write(f"  {time.monotonic() - started:5.1f} s  {step}")

        done = 0
        try:
            for done in invent_rides(
                options["number"], committing=keep_in_step, seed=options["seed"]
            ):
                say(f"{done:,} rides")
        except BaseException:
            say(
                f"Broken off. {done:,} rides are there and can be found; run it again "
                f"for the rest."
            )
            raise
        finally:
            count_tables_anew()
        say(f"{RideFacts.objects.count():,} rides can be found")

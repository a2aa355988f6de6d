"""Loads the demo world into an empty wiki."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.demo.loading import is_loaded, load_demo
from home.foundations import stand_at


class Command(BaseCommand):
    help = "Loads the demo parks, rides and accounts if there is no park yet."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()

        def say(step: str) -> None:
            self.stdout.write(f"  {time.monotonic() - started:5.1f} s  {step}")

        if is_loaded():
            self.stdout.write("The wiki has content already: nothing to load.")
        else:
            load_demo(say)
            say("demo content loaded")
        # It may have been served at another port the last time.
        stand_at(settings.WAGTAILADMIN_BASE_URL)

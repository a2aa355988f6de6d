"""Gives one page a long history, to show that length costs nothing."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wagtail.models import Page, Site

from core.models import ContentPage
from history.growing import lengthen_in_parts


class Command(BaseCommand):
    help = (
        "Adds versions to a page, each with another search description. For "
        "demonstrations: what is written into history cannot be taken out again. "
        "Others can write meanwhile; broken off, it says how far it came."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="such as /parks/cedar-point/")
        parser.add_argument("--versions", type=int, default=1000)
        parser.add_argument(
            "--years", type=float, default=5, help="over which they are spread"
        )
        parser.add_argument(
            "--yes-really",
            action="store_true",
            help="needed where DEBUG is off: the versions stay for ever",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or options["yes_really"]):
            raise CommandError(
                "These versions stay for ever. If this is not a wiki people rely on, "
                "say --yes-really."
            )
        if options["versions"] < 1 or not 0 <= options["years"] <= 100:
            raise CommandError("--versions starts at 1, --years runs from 0 to 100.")
        page = _page_at(options["address"])
        since = timezone.now() - timedelta(days=365.25 * options["years"])
        started = time.monotonic()
        made: list[int] = []
        try:
            for numbers in lengthen_in_parts(page, by=options["versions"], since=since):
                made += numbers
                if not made:
                    raise CommandError(f"“{page}” has never been published.")
        finally:
            if made:
                seconds = time.monotonic() - started
                self.stdout.write(
                    f"“{page}” has {len(made):,} versions more, {made[0]} to "
                    f"{made[-1]}, made in {seconds:.1f} s."
                )


def _page_at(address: str) -> ContentPage:
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    path = f"{site.root_page.url_path}{address.strip('/')}/".replace("//", "/")
    page = Page.objects.filter(url_path=path, live=True).specific().first()
    if not isinstance(page, ContentPage):
        raise CommandError(f"There is no live page at “{address}”.")
    return page

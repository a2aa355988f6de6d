"""Makes the search index again from the pages."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.indexing import rebuild
from search.models import Entry


class Command(BaseCommand):
    help = "Index every page for search again. Search goes on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="do nothing when anything is indexed already",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Entry.objects.exists():
            return
        done = 0
        for done in rebuild():
            self.stdout.write(f"{done:,} pages")
        self.stdout.write(f"{Entry.objects.count():,} of {done:,} pages can be found.")

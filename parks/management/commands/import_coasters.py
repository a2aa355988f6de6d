"""manage.py import_coasters FILE [--dry-run] [--json] [--by EMAIL] [--branch NAME]"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.command_accounts import account_called
from core.csv_files import UnreadableFile
from core.refusals import Refused
from parks.importing.running import NowhereToPut, import_file

STEP = 100


class Command(BaseCommand):
    """Import roller coasters. Exits with 1, changing nothing, if that fails."""

    help = "Import roller coasters and their parks and makers from a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file of at most 20 MB")
        parser.add_argument(
            "--dry-run", action="store_true", help="do the same work and undo it"
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print the report with every row as JSON",
        )
        parser.add_argument(
            "--branch",
            metavar="NAME",
            default="",
            help="put the pages on this branch, new or begun, and publish nothing",
        )
        parser.add_argument(
            "--by", metavar="EMAIL", help="the account that publishes the pages"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_file(
                options["file"],
                by=account_called(options["by"]),
                dry_run=options["dry_run"],
                branch=options["branch"],
                progress=self._show_progress,
            )
        except (UnreadableFile, NowhereToPut, Refused) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(report.to_json() if options["json"] else report.to_text())

    def _show_progress(self, done: int, total: int) -> None:
        # On standard error, so that --json can be piped.
        if done % STEP == 0 or done == total:
            self.stderr.write(f"Rides: {done} of {total}")
            sys.stderr.flush()

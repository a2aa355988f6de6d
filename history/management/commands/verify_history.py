"""manage.py verify_history [--page parks/cedar-point/] [--json]"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from history.archive.asking import NotFound, object_at
from history.archive.out_of_reach import ArchiveOutOfReach
from history.verifying import Checked, Fault, verify


class Command(BaseCommand):
    """Read the whole record and name what is wrong. Changes nothing.

    Exits with 1 when there is a fault, with 2 when the archive cannot be asked.
    """

    help = "Check that the history is whole and agrees with what visitors see."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--page", help="one page only: parks/cedar-point/")

    def handle(self, *args: Any, **options: Any) -> None:
        only = None
        if options["page"] is not None:
            try:
                only = UUID(object_at(options["page"]))
            except NotFound as error:
                raise CommandError(str(error)) from error
        checked, faults = Checked(), list[Fault]()
        try:
            for fault in verify(only, checked=checked, told=self._tell):
                faults.append(fault)
                if not options["json"]:
                    self.stdout.write(str(fault))
        except ArchiveOutOfReach as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        if options["json"]:
            report = {
                "ok": not faults,
                "checked": asdict(checked),
                "faults": [asdict(fault) for fault in faults],
            }
            self.stdout.write(json.dumps(report, indent=2))
        else:
            self.stdout.write(
                f"Versions: {checked.versions:,}, pages and other objects: "
                f"{checked.objects:,}, faults: {len(faults):,}"
            )
        if faults:
            raise CommandError("The history is damaged.", returncode=1)

    def _tell(self, checked: Checked) -> None:
        if checked.versions and checked.versions % 10_000 == 0 and not checked.objects:
            self.stderr.write(f"{checked.versions:,} versions read")

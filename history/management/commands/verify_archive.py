"""manage.py verify_archive [--json]"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from history.archive.checking import faults_in_archive
from history.archive.out_of_reach import ArchiveOutOfReach
from history.models import ArchiveBundle, PageVersion


class Command(BaseCommand):
    """Read every archived version and name what is damaged. Changes nothing.

    Exits with 1 when there is a fault, with 2 when the storage cannot be asked.
    """

    help = "Check every bundle and every version in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            faults = list(faults_in_archive())
        except ArchiveOutOfReach as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        report = {
            "bundles": ArchiveBundle.objects.count(),
            "versions": PageVersion.objects.filter(bundle__isnull=False).count(),
            "faults": [asdict(fault) for fault in faults],
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, indent=2))
        else:
            for fault in faults:
                self.stdout.write(str(fault))
            self.stdout.write(
                f"Versions: {report['versions']:,}, bundles: {report['bundles']:,}, "
                f"faults: {len(faults):,}"
            )
        if faults:
            raise CommandError("The archive is damaged.", returncode=1)

"""manage.py restore_versions --page PAGE | --bundle NAME | --one PAGE@12 | --all"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from core.jobs.commands import JobCommand
from history.archive.asking import (
    NotFound,
    bundle_called,
    object_at,
    version_called,
)
from history.archive.jobs import RESTORE


class Command(JobCommand):
    """Bring archived versions back into the database, the same to the byte."""

    help = "Bring archived versions back into the database."
    kind = RESTORE

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--page", help="all of the page at this address or uuid")
        which.add_argument("--bundle", help="all in the bundle of this name or uuid")
        which.add_argument(
            "--one", metavar="PAGE@NUMBER", help="one, as parks/cedar-point@12"
        )
        which.add_argument("--all", action="store_true", help="everything")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = _asked(options)
        except NotFound as problem:
            raise CommandError(str(problem)) from problem
        report = self.do_job(asked).report
        self.stdout.write(f"Back in the database: {report['versions']:,}")
        for name in report["damaged"]:
            self.stderr.write(f"Damaged, stays where it is: {name}")
        if report["damaged"]:
            raise CommandError("Not everything could be read.")


def _asked(options: dict[str, Any]) -> dict[str, Any]:
    if options["page"]:
        return {"object_uuid": object_at(options["page"])}
    if options["bundle"]:
        return {"bundle_id": bundle_called(options["bundle"])}
    if options["one"]:
        return version_called(options["one"])
    return {}

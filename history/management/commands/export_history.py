"""manage.py export_history --page parks/cedar-point/ [--output FILE]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from history.archive.asking import NotFound, object_at
from history.archive.out_of_reach import ArchiveOutOfReach
from history.export.lines import Summary, exported
from history.models import PageVersion


class Command(BaseCommand):
    """Write every version of one page as JSON lines, those in the archive too.

    What is hidden is left out here as well: whoever may run commands can read the
    database. Exits with 1 when a version cannot be read, after writing all others, and
    with 2 when the archive cannot be asked: what was written then lacks its last line.
    """

    help = "Write all versions of a page as JSON lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--page", required=True, help="parks/cedar-point/, or the uuid of anything"
        )
        parser.add_argument("--output", type=Path, help="a file instead of the output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            uuid = object_at(options["page"])
        except NotFound as error:
            raise CommandError(str(error)) from error
        versions = PageVersion.objects.filter(object_uuid=uuid)
        if not versions.exists():
            raise CommandError("Nothing of this was ever published.")
        summary, output = Summary(), options["output"]
        try:
            if output is None:
                self.stdout.ending = ""
                self._write(self.stdout, versions, summary)
            else:
                self._write_file(output, versions, summary)
        except ArchiveOutOfReach as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        if summary.damaged:
            names = ", ".join(summary.damaged)
            raise CommandError(f"Versions could not be read from: {names}")

    def _write_file(self, output: Path, versions: Any, summary: Summary) -> None:
        """Under another name until it is whole."""
        part = output.with_name(f"{output.name}.part")
        try:
            with part.open("w", encoding="utf-8", newline="\n") as file:
                self._write(file, versions, summary)
            part.replace(output)
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stderr.write(f"{summary.versions:,} versions in {output}")

    def _write(self, file: TextIO | Any, versions: Any, summary: Summary) -> None:
        for line in exported(versions, summary):
            file.write(line)

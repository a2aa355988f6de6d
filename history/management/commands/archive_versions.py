"""manage.py archive_versions [--older-than 90] [--dry-run] [--limit N] [--page PAGE]"""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Q
from django.template.defaultfilters import pluralize

from core.jobs.commands import JobCommand
from history.archive.asking import NotFound, object_at
from history.archive.jobs import ARCHIVE
from history.archive.policy import default_age, explain


class Command(JobCommand):
    """Move old versions to compressed bundles. History, diff and revert notice nothing.

    Safe to break off at any moment: run it again and it goes on.
    """

    help = "Move old versions from the database to compressed bundles."
    kind = ARCHIVE

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than",
            type=not_negative,
            default=default_age(),
            metavar="DAYS",
            help="the age from which versions may go (default: %(default)s)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would go and what not"
        )
        parser.add_argument("--limit", type=not_negative, help="at most so many")
        parser.add_argument(
            "--page", help="only of the page at this address, or of this uuid"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked: dict[str, Any] = {"older_than": options["older_than"]}
        if options["page"]:
            try:
                asked["object_uuid"] = object_at(options["page"])
            except NotFound as problem:
                raise CommandError(str(problem)) from problem
        if options["dry_run"]:
            self._explain(asked, limit=options["limit"])
            return
        if options["limit"] is not None:
            asked["limit"] = options["limit"]
        self._figures(self.do_job(asked).report)

    def _explain(self, asked: dict[str, Any], *, limit: int | None) -> None:
        uuid = asked.get("object_uuid")
        within = Q(object_uuid=uuid) if uuid else None
        reasons = explain(older_than=asked["older_than"], within=within)
        may_go = reasons.pop("", 0)
        going = may_go if limit is None else min(may_go, limit)
        if going < may_go:
            reasons["for a later run, which is not so limited"] = may_go - going
        self.stdout.write(f"{going:>10,} would be archived")
        for reason, number in sorted(reasons.items(), key=lambda item: -item[1]):
            self.stdout.write(f"{number:>10,} stay: {reason}")

    def _figures(self, report: dict[str, Any]) -> None:
        for name in report.get("unsound", ()):
            self.stderr.write(f"Stays, its text is not what was recorded: {name}")
        for name in report.get("files_removed", ()):
            self.stderr.write(f"Removed, no version was in it: {name}")
        if not report.get("versions"):
            self.stdout.write("Nothing to archive.")
            return
        self.stdout.write(
            f"{report['versions']:,} version{pluralize(report['versions'])} in "
            f"{report['bundles']:,} bundle{pluralize(report['bundles'])}: "
            f"{report['bytes_before']:,} bytes became {report['bytes_after']:,} "
            f"({report['ratio']:,} times smaller), {report['versions_per_second']:,} "
            f"versions a second"
        )


def not_negative(text: str) -> int:
    """A whole number of days or versions."""
    if not text.isascii() or not text.isdecimal() or int(text) > 1_000_000:
        raise ArgumentTypeError(f"{text} is no number from 0 to a million")
    return int(text)

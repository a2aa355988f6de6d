"""manage.py rollback_changes --user EMAIL --from 2026-11-28T14:00 --by EMAIL"""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from branches.batches.actions import put_on_branch
from branches.batches.rollback import prepare_rollback
from branches.models import Batch, Outcome
from branches.rights import MOST_ITEMS, may_review
from core.command_accounts import account_called
from core.moments import is_told_everywhere
from core.refusals import Refused


class Command(BaseCommand):
    help = "Take back what was published by somebody or in a time, as one branch."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", metavar="EMAIL", help="whose changes")
        parser.add_argument("--from", dest="since", help="UTC, as 2026-11-28T14:00")
        parser.add_argument("--to", dest="until", help="UTC; until now if not given")
        parser.add_argument("--by", metavar="EMAIL", required=True, help="who does it")
        parser.add_argument("--name", help="of the branch")
        parser.add_argument(
            "--dry-run", action="store_true", help="report, and make no branch"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user, by = account_called(options["user"]), account_called(options["by"])
        since, until = _moment(options["since"]), _moment(options["until"])
        if user is None and since is None:
            raise CommandError("Give --user, --from, or both.")
        if not may_review(by):
            raise CommandError(f"{by} may not decide about changes of others.")
        name = options["name"] or f"Rollback {timezone.now():%Y-%m-%d %H:%M}"
        try:
            batch = prepare_rollback(
                user=user, since=since, until=until, by=by, name=name, by_job=False
            )
            self._report(batch)
            if not options["dry_run"]:
                put_on_branch(
                    batch,
                    by=by,
                    name=name,
                    reason="Rolled back",
                    merges_whole=batch.rows.count() <= MOST_ITEMS,
                    by_job=False,
                )
                self.stdout.write(f"On the branch “{name}”.")
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _report(self, batch: Batch) -> None:
        for row in batch.rows.order_by("number"):
            told = f": {row.words}" if row.message else ""
            self.stdout.write(f"{row.outcome:10} {row.title}{told}")
        counts = batch.rows.count_by_outcome()
        self.stdout.write(
            ", ".join(
                f"{Outcome(outcome).label}: {count}"
                for outcome, count in counts.items()
            )
        )


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise CommandError(f"{text} is no moment. Write 2026-11-28T14:00.") from wrong
    if not is_told_everywhere(found):
        raise CommandError(f"{text} is too near to an end of time.")
    return found if timezone.is_aware(found) else found.replace(tzinfo=UTC)

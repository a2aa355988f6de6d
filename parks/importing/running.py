"""One import from file to report: all of it or nothing, and a record of both."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.aside import Shelf, open_shelf
from core.bulk_loading import index_pages, indexing_paused
from core.refusals import Refused
from parks.importing.applying import Applied, Progress, RideImport
from parks.importing.chronicle import RideRecord, write_record
from parks.importing.notes import Level, messages_at
from parks.importing.parsing import CoasterRow, parse_row
from parks.importing.places import place_rows
from parks.importing.publishing import Publisher
from parks.importing.reading import RawFile, read_file
from parks.importing.relocation import group_rows, joined_moves
from parks.importing.report import ImportReport, Outcome, RowReport
from parks.models import ImportRow, ImportRun, ParkIndexPage
from parks.models.imports import RunState


class NowhereToPut(Exception):
    """The wiki has no index pages yet."""


class _Rehearsed(Exception):
    """Ends the transaction of what publishes nothing, undoing all of it."""


def import_file(
    path: Path,
    *,
    by: Any = None,
    dry_run: bool = False,
    branch: str = "",
    progress: Progress = lambda done, total: None,
) -> ImportReport:
    """Import a CSV file of roller coasters in one transaction.

    A dry run does the same work and undoes it; with the name of a branch the pages are
    kept there instead of being published. Rejected rows do not stop the others;
    any other failure leaves nothing behind but a failed run. Raises UnreadableFile,
    NowhereToPut, and a Refused when the branch takes nothing, before anything is
    written.
    """
    file = read_file(path)
    if not ParkIndexPage.objects.exists():
        raise NowhereToPut(
            "The wiki has no page for its parks yet. Create the site first: make "
            "demo-data, or manage.py lay_foundations."
        )
    shelf = open_shelf(branch, by=by) if branch else None
    run = ImportRun.objects.create(
        file_name=file.name[:200], sha256=file.sha256, by=by, dry_run=dry_run
    )
    try:
        applied, rejected = _import_rows(file, by, dry_run, progress, shelf)
        if shelf is not None and not dry_run:
            shelf.keep()
    except Exception as failure:
        _finish(run, RunState.FAILED, message=_stopped_by(failure))
        raise
    rows = sorted(
        [*rejected, *(row for one in applied for row in one.rows)],
        key=lambda row: row.number,
    )
    report = ImportReport(file.name, file.sha256, dry_run, tuple(rows))
    _keep_rows(run, report, applied, is_undone=dry_run or bool(branch))
    state = RunState.ASIDE if branch else RunState.DONE
    if dry_run:
        state = RunState.REHEARSED
    told = f"On the branch “{branch}”."[:500] if state == RunState.ASIDE else ""
    _finish(run, state, counts=report.counts(), message=told)
    return report


def read_records(file: RawFile) -> tuple[list[RideRecord], list[CoasterRow]]:
    """The rides a file describes, and the rows that cannot be imported."""
    rows = [parse_row(raw) for raw in file.rows]
    rejected = [row for row in rows if row.is_rejected]
    placed = place_rows(row for row in rows if not row.is_rejected)
    groups = joined_moves(group_rows(placed))
    return [write_record(group) for group in groups], rejected


def _import_rows(
    file: RawFile,
    by: Any,
    dry_run: bool,
    progress: Progress,
    shelf: Shelf | None,
) -> tuple[list[Applied], list[RowReport]]:
    records, rejected = read_records(file)
    applied: list[Applied] = []
    try:
        with transaction.atomic():
            # One import at a time: a second one waits here for the first.
            ParkIndexPage.objects.select_for_update().get()
            publisher = Publisher(by, file.name, is_reviewed=shelf is not None)
            with indexing_paused():
                applied = RideImport(publisher).run(records, progress)
            index_pages(publisher.published)
            if shelf is not None:
                shelf.read(page.uuid for page in publisher.published)
            if dry_run or shelf is not None:
                raise _Rehearsed
    except _Rehearsed:
        pass
    return applied, list(_rejections(rejected))


def _stopped_by(failure: Exception) -> str:
    # The text of an unforeseen error is for the log, where `raise` brings it.
    if isinstance(failure, Refused):
        return str(failure)[:500]
    kind = type(failure).__name__
    return f"Stopped by an unforeseen error ({kind}); nothing was imported."


def _rejections(rows: Iterable[CoasterRow]) -> Iterable[RowReport]:
    for row in rows:
        reasons = messages_at(Level.REJECTED, row.notes)
        name, park = row.name, row.location
        yield RowReport(row.number, Outcome.REJECTED, name, park, tuple(reasons))


def _keep_rows(
    run: ImportRun, report: ImportReport, applied: list[Applied], *, is_undone: bool
) -> None:
    rides = {row.number: one.ride for one in applied for row in one.rows if one.ride}
    ImportRow.objects.bulk_create(
        ImportRow(
            run=run,
            number=row.number,
            outcome=row.outcome,
            is_suspicious=row.is_suspicious,
            ride_name=row.name[:200],
            park_name=row.park[:200],
            message=" ".join(row.reasons),
            ride=rides.get(row.number) if _still_exists(row, is_undone) else None,
        )
        for row in report.rows
    )


def _still_exists(row: RowReport, is_undone: bool) -> bool:
    """A ride made by a dry run is gone again."""
    return not (is_undone and row.outcome in {Outcome.NEW, Outcome.DUPLICATE})


def _finish(run: ImportRun, state: RunState, **fields: Any) -> None:
    run.state, run.finished_at = state, timezone.now()
    for name, value in fields.items():
        setattr(run, name, value)
    run.save()

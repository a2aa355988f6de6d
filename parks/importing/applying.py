"""Brings the records of a file into the wiki, one ride after the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from core.partial_dates import parse_partial_date
from core.refusals import Refused
from parks.importing.chronicle import RideRecord
from parks.importing.content import wanted_units
from parks.importing.dates import year_of
from parks.importing.directory import Directory
from parks.importing.known_rides import SeveralRidesMatch, record_key
from parks.importing.merging import Units, is_blank, merge
from parks.importing.notes import Level, Note, NoteTaker, messages_at
from parks.importing.page_units import present_units, write_units
from parks.importing.parsing import CoasterRow
from parks.importing.publishing import Publisher
from parks.importing.report import Outcome, RowReport
from parks.models import ParkPage, RidePage
from parks.rules.stays import too_early

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one record's rows, and the ride they are about."""

    rows: tuple[RowReport, ...]
    ride: RidePage | None = None


class RideImport:
    """One pass over the records of a file. Runs inside the caller's transaction."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._directory = Directory(publisher)
        self._met: dict[str, RideRecord] = {}

    def run(self, records: Iterable[RideRecord], progress: Progress) -> list[Applied]:
        """Import every record, the oldest ride first: newer ones may replace it."""
        ordered = sorted(records, key=lambda record: year_of(record.opened) or 9999)
        self._directory.companies.add_makers(record.row for record in ordered)
        applied = []
        for done, record in enumerate(ordered, start=1):
            applied.append(self._apply(record))
            progress(done, len(ordered))
        return applied

    def _apply(self, record: RideRecord) -> Applied:
        notes = NoteTaker([*record.row.notes, *record.notes])
        earlier = self._met.setdefault(record_key(record), record)
        if earlier is not record:
            reason = f"Row {earlier.row.number} has the same name, park and year."
            return Applied(_reported(record, Outcome.DUPLICATE, notes, reason))
        try:
            return self._brought_in(record, notes)
        except (ValidationError, Refused, SeveralRidesMatch) as problem:
            messages = getattr(problem, "messages", [str(problem)])
            notes.reject("", " ".join(messages))
            return Applied(_reported(record, Outcome.REJECTED, notes))

    def _brought_in(self, record: RideRecord, notes: NoteTaker) -> Applied:
        parks = [self._directory.parks.at(stay.place) for stay in record.stays]
        match = self._directory.rides.match(record, parks)
        for said in _too_early(record, parks):
            notes.suspicious("Opened", said)
        units = wanted_units(record, self._directory, notes)
        if match.page is None:
            page, outcome = self._create(record, units), Outcome.NEW
        else:
            page = match.page
            if match.is_guess:
                where = page.get_parent().title
                notes.suspicious("Location", f"Taken for the one at {where}.")
            outcome = self._update(record, page, match.remembered, units, notes)
        return Applied(_reported(record, outcome, notes), page)

    def _create(self, record: RideRecord, units: dict[str, Any]) -> RidePage:
        page = RidePage(title=record.name)
        filled = {unit: value for unit, value in units.items() if not is_blank(value)}
        write_units(page, filled, self._directory)
        park = self._directory.parks.at(record.place)
        year = str(year_of(record.opened) or record.row.year_introduced or "")
        self._publisher.add(page, park, _reason(record), distinction=year)
        self._directory.rides.add(page)
        self._directory.rides.remember(record, page, units)
        return page

    def _update(
        self,
        record: RideRecord,
        page: RidePage,
        remembered: Units | None,
        units: dict[str, Any],
        notes: NoteTaker,
    ) -> Outcome:
        found = merge(units, present_units(page), remembered)
        for unit in found.kept:
            notes.suspicious(unit, f"The wiki says otherwise and was kept: {unit}.")
        changes = _without_a_move(found.changes, page)
        if changes and (reason := _reason_to_wait(page)):
            notes.suspicious("", f"Not changed: {reason}.")
            return Outcome.UNCHANGED
        if changes:
            write_units(page, changes, self._directory)
            self._publisher.change(page, _reason(record))
        self._directory.rides.remember(record, page, units)
        return Outcome.CHANGED if changes else Outcome.UNCHANGED


def _too_early(record: RideRecord, parks: Iterable[ParkPage]) -> Iterator[str]:
    """What is odd about dates of the ride that lie before those of its parks."""
    for number, (stay, park) in enumerate(zip(record.stays, parks, strict=True)):
        text = stay.began or (record.opened if number == 0 else "")
        began = parse_partial_date(text)
        if began is not None and (said := too_early(began, park)):
            yield said


def _without_a_move(changes: dict[str, Any], page: RidePage) -> dict[str, Any]:
    """The changes less stays that end elsewhere: moving a page is an act of its own."""
    stays = changes.get("stays")
    if not stays or stays[-1][0] == str(page.get_parent().specific.uuid):
        return changes
    return {unit: value for unit, value in changes.items() if unit != "stays"}


def _reason_to_wait(page: RidePage) -> str:
    """Why an import must not publish this page now, "" when it may."""
    if not page.live:
        return "it is not published"
    if page.has_unpublished_changes or page.workflow_in_progress:
        return "it has a draft that is not published yet"
    if page.locked:
        return "it is locked"
    return ""


def _reason(record: RideRecord) -> str:
    numbers = ", ".join(str(row.number) for row in record.rows)
    return f"Imported from a file, row {numbers}"[:200]


def _reported(
    record: RideRecord, outcome: Outcome, notes: NoteTaker, reason: str = ""
) -> tuple[RowReport, ...]:
    """The first row tells what became of the ride; the others are duplicates of it."""
    first = _row_report(record, record.row, outcome, notes.notes, reason)
    others = []
    for row in record.rows:
        if row is record.row:
            continue
        also = f"The same ride as row {record.row.number}."
        fate = outcome if outcome is Outcome.REJECTED else Outcome.DUPLICATE
        others.append(_row_report(record, row, fate, row.notes, also))
    return (first, *others)


def _row_report(
    record: RideRecord,
    row: CoasterRow,
    outcome: Outcome,
    notes: Iterable[Note],
    reason: str,
) -> RowReport:
    known = list(notes)
    doubts = messages_at(Level.SUSPICIOUS, known)
    reasons = [reason, *messages_at(Level.REJECTED, known), *doubts]
    return RowReport(
        number=row.number,
        outcome=outcome,
        name=row.name,
        park=record.place.name,
        reasons=tuple(filter(None, reasons)),
        is_suspicious=bool(doubts),
    )

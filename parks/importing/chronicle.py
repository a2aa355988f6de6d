"""Writes the life of a ride out of its rows: names, stays and statuses in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parks.choices import NOT_YET_OPEN, NameKind, RideStatus
from parks.importing.atlas import Place
from parks.importing.cells import comparable
from parks.importing.dates import is_certainly_before, year_of
from parks.importing.notes import Note, NoteTaker
from parks.importing.parsing import CoasterRow, is_located
from parks.importing.relocation import Kinship, Phase, RideGroup

_ENDED = frozenset({RideStatus.CLOSED, RideStatus.DEMOLISHED, RideStatus.IN_STORAGE})


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in a time. The last official one of a ride is its present name."""

    text: str
    kind: NameKind = NameKind.OFFICIAL
    began: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class StaySpan:
    """A time at one park."""

    place: Place
    section: str = ""
    began: str = ""
    ended: str = ""


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """A status in a time; the last one is the present one."""

    status: RideStatus
    began: str = ""
    ended: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RideRecord:
    """One ride, ready to be compared with what the wiki knows.

    `row` carries its figures; `rows` are all that speak of it, `row` among them.
    """

    row: CoasterRow
    rows: tuple[CoasterRow, ...]
    kinship: Kinship
    names: tuple[NameSpan, ...]
    stays: tuple[StaySpan, ...]
    periods: tuple[StatusSpan, ...]
    notes: tuple[Note, ...]

    @property
    def name(self) -> str:
        return self.names[-1].text

    @property
    def place(self) -> Place:
        return self.stays[-1].place

    @property
    def opened(self) -> str:
        """When visitors first rode it, "" when it has not opened or is not known."""
        periods = (p for p in self.periods if p.status is RideStatus.OPERATING)
        return next((period.began for period in periods), "")


def write_record(group: RideGroup) -> RideRecord:
    """The life of the ride that a group of rows describes."""
    rows = tuple(group.rows)
    notes = NoteTaker(list(group.notes))
    starts = _starts(group, notes)
    closed = _closing(group, starts, notes)
    return RideRecord(
        row=rows[0],
        rows=rows,
        kinship=group.kinship,
        names=_names(group, starts),
        stays=_stays(group, starts, closed),
        periods=_periods(group, starts, closed, notes),
        notes=tuple(notes.notes),
    )


def _starts(group: RideGroup, notes: NoteTaker) -> list[str]:
    """When each phase began. The first is the ride's opening."""
    row = group.rows[0]
    first, *later = group.phases
    years = sorted(first.years) or [y for y in [year_of(row.opened)] if y]
    start = _opening(row, years, len(group.rows) == 1, notes)
    starts = [start]
    for phase in later:
        known = year_of(start) or 0
        year = min((y for y in phase.years if y > known), default=None)
        starts.append(_precise(year, row.opened))
    return starts


def _opening(
    row: CoasterRow, years: Sequence[int], is_alone: bool, notes: NoteTaker
) -> str:
    if not row.opened or not years:
        return row.opened or str(next(iter(years), ""))
    gap = (year_of(row.opened) or 0) - years[0]
    if gap and is_alone:
        notes.suspicious(
            "year_introduced",
            f"{row.opened} and {years[0]} are given as its opening: it may have "
            "changed its name or its park in between.",
        )
    # A coaster announced for one year often opens in the next; a longer gap is a
    # rebuilding, and the first year stands.
    return str(years[0]) if gap > 1 or (gap == 1 and not is_alone) else row.opened


def _precise(year: int | None, opened: str) -> str:
    if year is None:
        return ""
    return opened if opened and year_of(opened) == year else str(year)


def _closing(group: RideGroup, starts: list[str], notes: NoteTaker) -> str:
    """The closing date as far as it is the ride's own."""
    row = group.rows[0]
    closed = row.closed or row.status.since
    if not closed:
        return ""
    column = "Closing date"
    if group.kinship is not Kinship.MOVED and is_certainly_before(closed, starts[0]):
        notes.suspicious(
            column, f"The closing {closed} is before the opening {starts[0]}: left out."
        )
        return ""
    if row.status.status is RideStatus.OPERATING:
        notes.suspicious(column, f"It is operating, and {closed} is given: left out.")
        return ""
    return closed


def _names(group: RideGroup, starts: list[str]) -> tuple[NameSpan, ...]:
    spans: list[NameSpan] = []
    for phase, start in zip(group.phases, starts, strict=True):
        if spans and comparable(spans[-1].text) == comparable(phase.name):
            continue
        if spans:
            spans[-1] = _ended_name(spans[-1], start)
        spans.append(NameSpan(phase.name, NameKind.OFFICIAL, start))
    known = {comparable(span.text) for span in spans}
    other = group.rows[0].other_name
    if other and comparable(other) not in known:
        spans.insert(0, NameSpan(other, NameKind.FORMER))
    return tuple(spans)


def _ended_name(span: NameSpan, ended: str) -> NameSpan:
    """The name as it stands in the past; without an end it is only "former"."""
    kind = NameKind.OFFICIAL if ended else NameKind.FORMER
    return NameSpan(span.text, kind, span.began, ended)


def _stays(group: RideGroup, starts: list[str], closed: str) -> tuple[StaySpan, ...]:
    spans: list[StaySpan] = []
    for phase, start in zip(group.phases, starts, strict=True):
        if spans and spans[-1].place == phase.place:
            continue
        if spans:
            last = spans[-1]
            spans[-1] = StaySpan(last.place, last.section, last.began, closed)
        spans.append(StaySpan(phase.place, _section(phase), start))
    return tuple(spans)


def _section(phase: Phase) -> str:
    """The part of the park. Where a description speaks of several parks, nobody's."""
    row = phase.members[0].row
    return row.section if is_located(row) else ""


def _periods(
    group: RideGroup, starts: list[str], closed: str, notes: NoteTaker
) -> tuple[StatusSpan, ...]:
    row = group.rows[0]
    if row.status.status in NOT_YET_OPEN:
        return _before_opening(group, starts[0], notes)
    spans = list(_soft_opening(row, starts[0], notes))
    if group.kinship is Kinship.MOVED:
        return (*spans, *_with_a_break(group, starts, closed))
    spans.append(StatusSpan(RideStatus.OPERATING, starts[0]))
    last = _present(row, closed, notes)
    if last.status is RideStatus.OPERATING:
        return tuple(spans)
    spans[-1] = StatusSpan(RideStatus.OPERATING, starts[0], last.began)
    return (*spans, last)


def _soft_opening(
    row: CoasterRow, start: str, notes: NoteTaker
) -> Iterator[StatusSpan]:
    soft = row.soft_opened
    if not is_certainly_before(soft, start):
        return
    if (year_of(start) or 0) - (year_of(soft) or 0) > 1:
        notes.suspicious(
            "Soft opening date", f"{soft} is long before the opening {start}: left out."
        )
        return
    yield StatusSpan(RideStatus.SOFT_OPENING, soft, start)


def _before_opening(
    group: RideGroup, start: str, notes: NoteTaker
) -> tuple[StatusSpan, ...]:
    row = group.rows[0]
    spans = []
    if len(group.rows) > 1 and start:
        spans.append(StatusSpan(RideStatus.OPERATING, start))
    elif start:
        notes.info("year_introduced", f"{start} is when it is expected to open.")
    return (*spans, StatusSpan(row.status.status, note=_quoted(row)))


def _with_a_break(
    group: RideGroup, starts: list[str], closed: str
) -> tuple[StatusSpan, ...]:
    """Open, closed, open again; what became of it since is the status cell's."""
    again = starts[1]
    row = group.phases[-1].members[-1].row
    spans = [
        StatusSpan(RideStatus.OPERATING, starts[0], closed),
        StatusSpan(RideStatus.CLOSED, closed, again),
        StatusSpan(RideStatus.OPERATING, again),
    ]
    if row.status.status is not RideStatus.OPERATING:
        spans.append(StatusSpan(row.status.status, note=_quoted(row)))
    return tuple(spans)


def _present(row: CoasterRow, closed: str, notes: NoteTaker) -> StatusSpan:
    status = row.status.status
    if row.describes_park and status is not RideStatus.UNKNOWN:
        notes.suspicious("Status", f"“{row.status.raw}” is said of the park.")
        status = status if status in _ENDED else RideStatus.UNKNOWN
    if status is RideStatus.UNKNOWN and closed:
        if is_located(row):
            return StatusSpan(RideStatus.CLOSED, closed)
        notes.suspicious("Closing date", f"It closed at one of its places: {closed}.")
        return StatusSpan(RideStatus.UNKNOWN)
    return StatusSpan(status, closed, note=_quoted(row))


def _quoted(row: CoasterRow) -> str:
    """The source's own word where ours says it differently."""
    raw, ours = row.status.raw, str(row.status.status.label)
    same = comparable(raw) in {"", comparable(ours)}
    return "" if same or row.status.of_model else f"Source: {raw}"[:200]

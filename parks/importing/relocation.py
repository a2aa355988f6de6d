"""Tells one ride in several rows from several rides that look alike.

Rows which repeat one description under other names and years are one ride when
they stand in one park, or when the ride certainly left one place before it began
at the next. Everything else stays apart: a clone is never taken for a move.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from parks.countries import NOT_KNOWN
from parks.importing.atlas import Place
from parks.importing.cells import comparable
from parks.importing.companies import company_key
from parks.importing.dates import is_certainly_before, year_of
from parks.importing.notes import Level, Note
from parks.importing.parsing import CoasterRow, is_located
from parks.importing.places import PlacedRow, lost_place


class Kinship(Enum):
    """Why rows belong to one ride."""

    ALONE = "only row"
    RENAMED = "same park"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Phase:
    """The years a ride is listed under one name at one place."""

    name: str
    place: Place
    members: tuple[PlacedRow, ...]

    @property
    def years(self) -> set[int]:
        return {m.row.year_introduced for m in self.members if m.row.year_introduced}


@dataclass(frozen=True, slots=True)
class RideGroup:
    """The rows of one ride, its phases in the order in which they came."""

    kinship: Kinship
    phases: tuple[Phase, ...]
    notes: tuple[Note, ...] = field(default=())

    @property
    def rows(self) -> list[CoasterRow]:
        members = (member for phase in self.phases for member in phase.members)
        return sorted((member.row for member in members), key=lambda row: row.number)


def group_rows(placed: Iterable[PlacedRow]) -> list[RideGroup]:
    """One group for each ride, in the order of their first rows."""
    articles: dict[str, list[PlacedRow]] = defaultdict(list)
    for member in placed:
        articles[_description_of(member.row)].append(member)
    groups = [group for rows in articles.values() for group in _rides_in(rows)]
    return sorted(groups, key=lambda group: group.rows[0].number)


def _description_of(row: CoasterRow) -> str:
    """Equal for rows which may repeat what is said of one ride.

    Without figures two names are two rides, even in one park.
    """
    tells_rides_apart = row.has_figures and not row.describes_park
    return row.article if tells_rides_apart else f"{row.article} {row.name}"


def joined_moves(groups: Sequence[RideGroup]) -> list[RideGroup]:
    """Join rides of one name and build whose stays follow on each other.

    Only two rides with equal figures, makers and name, of which one certainly
    closed before the other opened, are joined.
    """
    alike: dict[tuple[object, ...], list[RideGroup]] = defaultdict(list)
    for group in groups:
        if group.kinship is Kinship.ALONE:
            alike[_build(group)].append(group)
    joined: dict[int, RideGroup] = {}
    for build, pair in alike.items():
        if all(build) and len(pair) == 2 and (moved := _follow_on(pair)):
            joined.update((id(group), moved) for group in pair)
    kept = (joined.get(id(group), group) for group in groups)
    return list({id(group): group for group in kept}.values())


def _rides_in(members: list[PlacedRow]) -> list[RideGroup]:
    first = members[0].row
    phases = _phases(members)
    if len(members) == 1:
        return [RideGroup(Kinship.ALONE, tuple(phases))]
    if not (first.status.of_model or first.describes_several):
        if is_located(first) or (first.opened and len({p.place for p in phases}) == 1):
            return [_renamed(phases)]
        if first.closed and (ordered := _moves(phases, first.closed)):
            return [_moved(ordered)]
    return _apart(phases)


def _phases(members: Iterable[PlacedRow]) -> list[Phase]:
    """One phase for each name at each place, by their first years."""
    entities: dict[tuple[str, Place], list[PlacedRow]] = defaultdict(list)
    for member in members:
        entities[comparable(member.row.name), member.place].append(member)
    phases = [
        Phase(rows[0].row.name, place, tuple(rows))
        for (_, place), rows in entities.items()
    ]
    return sorted(phases, key=_first_year)


def _first_year(phase: Phase) -> int:
    return min(phase.years, default=9999)


def _renamed(phases: list[Phase]) -> RideGroup:
    """One ride at one park, each name from the first year that is its own."""
    shared = _first_year(phases[0])

    def own_year(phase: Phase) -> int:
        return min(phase.years - {shared}, default=shared)

    ordered = sorted(phases, key=own_year)
    notes = []
    if len(ordered) > 1 and own_year(ordered[0]) == own_year(ordered[1]):
        # Nothing tells which name came first; the one listed first is kept.
        ordered.sort(key=lambda phase: -phase.members[0].row.number)
        names = " and ".join(phase.name for phase in ordered)
        notes.append(_doubt(f"Two names are given for the same year: {names}."))
    return RideGroup(Kinship.RENAMED, tuple(ordered), tuple(notes))


def _moves(phases: list[Phase], closed: str) -> list[Phase]:
    """The phases as stays that follow on each other, [] when that is not certain."""
    left = year_of(closed) or 0
    start = _first_year(phases[0])
    if len(phases) == 1:
        return _two_stays(phases[0], left)
    early = [p for p in phases if start in p.years and not _returns(p, start, left)]
    late = [p for p in phases if _returns(p, start, left)]
    if len(early) != 1 or len(early) + len(late) != len(phases):
        return []
    years = [_return_year(phase, start, left) for phase in late]
    if len(set(years)) != len(years) or start > left:
        return []
    return early + sorted(late, key=lambda phase: _return_year(phase, start, left))


def _two_stays(phase: Phase, left: int) -> list[Phase]:
    """One name listed before and after a closing: the place is that of the later."""
    start = _first_year(phase)
    after = [m for m in phase.members if _returns_in(m, start, left)]
    before = [m for m in phase.members if m not in after]
    if not before or not after or start > left:
        return []
    early = lost_place(NOT_KNOWN)
    name = before[0].row.other_name or phase.name
    return [
        Phase(name, early, tuple(before)),
        Phase(phase.name, phase.place, tuple(after)),
    ]


def _returns_in(member: PlacedRow, start: int, left: int) -> bool:
    year = member.row.year_introduced
    return year is not None and year > start and year >= left


def _returns(phase: Phase, start: int, left: int) -> bool:
    return any(_returns_in(member, start, left) for member in phase.members)


def _return_year(phase: Phase, start: int, left: int) -> int:
    return min(year for year in phase.years if year > start and year >= left)


def _moved(ordered: list[Phase]) -> RideGroup:
    places = {phase.place.key for phase in ordered}
    if len(places) > 1:
        message = "The rows were read as one ride that moved; it may be a new one."
    else:
        message = "The rows were read as one ride that closed and opened again."
    return RideGroup(Kinship.MOVED, tuple(ordered), (_doubt(message),))


def _apart(phases: list[Phase]) -> list[RideGroup]:
    """Separate rides. Rows with one name at one known park are still one ride."""
    groups = []
    for phase in phases:
        if phase.place.is_recorded:
            groups.append(_entity(phase))
            continue
        for member in phase.members:
            single = replace(phase, members=(member,))
            groups.append(RideGroup(Kinship.ALONE, (single,)))
    count = len(groups)
    if count == 1:
        return groups
    note = _doubt(
        f"{count} rides share these figures: they may be clones or one ride that moved."
    )
    return [replace(group, notes=(*group.notes, note)) for group in groups]


def _entity(phase: Phase) -> RideGroup:
    if len(phase.members) == 1:
        return RideGroup(Kinship.ALONE, (phase,))
    years = ", ".join(map(str, sorted(phase.years)))
    note = _doubt(f"{years} are given as its years: some may be of another park.")
    return RideGroup(Kinship.RENAMED, (phase,), (note,))


def _build(group: RideGroup) -> tuple[object, ...]:
    row = group.rows[0]
    makers = tuple(sorted(company_key(maker.name) for maker in row.manufacturers))
    return (comparable(row.name), makers, row.length, row.height)


def _follow_on(pair: list[RideGroup]) -> RideGroup | None:
    one, other = sorted(pair, key=lambda group: _first_year(group.phases[0]))
    closed, opened = one.rows[0].closed, _opening(other.rows[0])
    places = {one.phases[0].place, other.phases[0].place}
    if not closed or not opened or len(places) == 1:
        return None
    if not is_certainly_before(closed, opened):
        return None
    return _moved([*one.phases, *other.phases])


def _opening(row: CoasterRow) -> str:
    return row.opened or str(row.year_introduced or "")


def _doubt(message: str) -> Note:
    return Note(Level.SUSPICIOUS, "", message)

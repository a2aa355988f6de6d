"""Turns a raw row into a coaster: each cell read, each doubt noted, nothing guessed."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.csv_files import RawRow
from core.measures import Dimension
from parks.choices import Material, RideCategory
from parks.importing.cells import clean
from parks.importing.companies import (
    Maker,
    names_several_places,
    read_designers,
    read_manufacturers,
)
from parks.importing.costs import Cost, read_cost
from parks.importing.dates import is_certainly_before, read_date, read_reckoned_day
from parks.importing.figures import (
    Span,
    read_capacity,
    read_count,
    read_duration,
    read_measure,
    read_number,
    read_span,
    read_speed,
)
from parks.importing.naming import is_other_name, is_park_name, read_title
from parks.importing.notes import Level, Note, NoteTaker
from parks.importing.statuses import StatusCell, read_status
from parks.importing.trains import Trains, read_trains

EARLIEST_YEAR = 1800
_GENERIC_MODEL = re.compile(
    r"(?:\b(?:custom|wood|wooden|steel|roller|coaster|design|track|frame|powered)\b"
    r" ?)+",
    re.IGNORECASE,
)
_MATERIALS = {"steel": Material.STEEL, "wood": Material.WOOD}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoasterRow:
    """One row of the file, read. Dates are EDTF text, measures text with their unit.

    "" and None stand for what the row does not say. `article` is equal for rows that
    repeat one description under several names or years.
    """

    number: int
    name: str
    place_hint: str = ""
    location: str = ""
    article: str = ""
    describes_park: bool = False
    describes_several: bool = False
    year_introduced: int | None = None
    opened: str = ""
    soft_opened: str = ""
    closed: str = ""
    status: StatusCell = field(default_factory=StatusCell)
    other_name: str = ""
    section: str = ""
    category: RideCategory = RideCategory.ROLLER_COASTER
    material: Material | None = None
    length: str = ""
    height: str = ""
    drop: str = ""
    speed: str = ""
    rider_height: Span = field(default_factory=Span)
    inversions: int | None = None
    max_angle: Decimal | None = None
    g_force: Decimal | None = None
    duration_s: int | None = None
    capacity_per_hour: int | None = None
    trains: Trains = field(default_factory=Trains)
    cost: Cost | None = None
    manufacturers: tuple[Maker, ...] = ()
    designers: tuple[Maker, ...] = ()
    model: str = ""
    replaced: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    notes: tuple[Note, ...] = ()

    @property
    def is_rejected(self) -> bool:
        return any(note.level is Level.REJECTED for note in self.notes)

    @property
    def has_figures(self) -> bool:
        """True when two measures of the ride are given: enough to know it again."""
        measures = (self.length, self.height, self.drop, self.speed, self.duration_s)
        return sum(map(bool, measures)) > 1


def parse_row(raw: RawRow) -> CoasterRow:
    """Read every cell of a row. A row that cannot be imported says so in its notes."""
    notes = NoteTaker()
    title = read_title(raw.get("coaster_name"))
    if not title.name:
        notes.reject("coaster_name", "The row has no name.")
    row = CoasterRow(
        number=raw.number,
        name=title.name,
        place_hint=title.place,
        location=clean(raw.get("Location")),
        article=_article_of(raw),
        # "Opened" is filled where the page of a park was read in place of a ride's.
        describes_park=bool(clean(raw.get("Opened"))),
        describes_several=names_several_places(clean(raw.get("Manufacturer"))),
        year_introduced=_year_introduced(raw, notes),
    )
    row = _with_history(row, raw, notes)
    row = _with_figures(row, raw, notes)
    row = _with_makers(row, raw, notes)
    if len(row.name) > 200:
        notes.reject("coaster_name", "The name is longer than 200 characters.")
    return replace(row, notes=tuple(notes.notes))


def _year_introduced(raw: RawRow, notes: NoteTaker) -> int | None:
    column = "year_introduced"
    year = read_count(raw.get(column), column, notes)
    if year is None or EARLIEST_YEAR <= year <= 2100:
        return year
    notes.reject(column, f"{year} cannot be the year of a coaster.")
    return None


def _with_history(row: CoasterRow, raw: RawRow, notes: NoteTaker) -> CoasterRow:
    year = row.year_introduced
    opened = read_reckoned_day(
        raw.get("opening_date_clean"), "opening_date_clean", notes
    )
    column = "Soft opening date"
    soft = read_date(raw.get(column), column, notes, near_year=year)
    if opened and soft and is_certainly_before(opened, soft):
        notes.suspicious(column, f"The soft opening {soft} is later than {opened}.")
        soft = ""
    closed = read_date(raw.get("Closing date"), "Closing date", notes, not_before=year)
    other_name = read_title(raw.get("Name")).name
    return replace(
        row,
        opened=opened,
        soft_opened=soft if soft != opened else "",
        closed=closed,
        status=read_status(raw.get("Status"), notes),
        other_name=other_name if is_other_name(other_name, row.name) else "",
        replaced=clean(raw.get("Replaced")),
    )


def _with_figures(row: CoasterRow, raw: RawRow, notes: NoteTaker) -> CoasterRow:
    row = replace(
        row,
        length=read_measure(raw.get("Length"), Dimension.LENGTH, "Length", notes),
        height=_height_of(raw, notes),
        drop=read_measure(raw.get("Drop"), Dimension.LENGTH, "Drop", notes),
        speed=read_speed(raw.get("speed1"), raw.get("speed2"), "speed1", notes),
        rider_height=read_span(
            raw.get("Height restriction"), "Height restriction", notes
        ),
        max_angle=read_number(
            raw.get("Max vertical angle"), "Max vertical angle", notes
        ),
        g_force=read_number(raw.get("Gforce_clean"), "Gforce_clean", notes),
        duration_s=read_duration(raw.get("Duration"), notes),
        capacity_per_hour=read_capacity(raw.get("Capacity"), notes),
        trains=read_trains(raw.get("Trains"), notes),
        cost=read_cost(raw.get("Cost"), notes),
        latitude=_coordinate(raw, "latitude", 90, notes),
        longitude=_coordinate(raw, "longitude", 180, notes),
    )
    inversions = read_count(raw.get("Inversions_clean"), "Inversions_clean", notes)
    # The column says 0 for "not known" too; a row without figures knows nothing.
    known = inversions if inversions or row.length or row.height else None
    return replace(row, inversions=known)


def _with_makers(row: CoasterRow, raw: RawRow, notes: NoteTaker) -> CoasterRow:
    model = clean(raw.get("Model"))
    return replace(
        row,
        section=clean(raw.get("Park section")),
        material=_MATERIALS.get(clean(raw.get("Type_Main")).casefold()),
        category=_category_of(row.name, model),
        manufacturers=read_manufacturers(raw.get("Manufacturer"), notes),
        # Some cells repeat the ride's model where its designer belongs.
        designers=tuple(
            maker
            for maker in read_designers(raw.get("Designer"), notes)
            if maker.name != model
        ),
        model="" if _GENERIC_MODEL.fullmatch(model) else model,
    )


def _height_of(raw: RawRow, notes: NoteTaker) -> str:
    value, unit = clean(raw.get("height_value")), clean(raw.get("height_unit"))
    return read_measure(f"{value} {unit}".strip(), Dimension.LENGTH, "height", notes)


def _coordinate(
    raw: RawRow, column: str, limit: int, notes: NoteTaker
) -> Decimal | None:
    value = read_number(raw.get(column), column, notes)
    if value is None or abs(value) <= limit:
        return value
    notes.suspicious(column, f"{value} is no {column}: left out.")
    return None


def _category_of(name: str, model: str) -> RideCategory:
    words = f"{name} {model}".casefold()
    if "powered" in words:
        return RideCategory.POWERED_COASTER
    if "alpine coaster" in words or "mountain coaster" in words:
        return RideCategory.ALPINE_COASTER
    return RideCategory.ROLLER_COASTER


def _article_of(raw: RawRow) -> str:
    """A key of all cells but the name and the year under which they are repeated."""
    cells = (
        f"{column}\x1f{value}"
        for column, value in raw.cells.items()
        if column not in {"coaster_name", "year_introduced"}
    )
    return hashlib.sha256("\x1e".join(cells).encode()).hexdigest()


def is_located(row: CoasterRow) -> bool:
    """True when the row's location column names the ride's park."""
    return is_park_name(row.location) and not row.describes_park

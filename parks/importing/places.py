"""Finds out at which park each row's ride stood, and in which country that is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from parks.countries import NOT_KNOWN, country_choices, english_country_name
from parks.geography import (
    Point,
    Region,
    point_of,
    region_of_most,
)
from parks.importing.atlas import Atlas, Place, is_near, park_key
from parks.importing.cells import comparable
from parks.importing.naming import is_address
from parks.importing.notes import Level, Note
from parks.importing.parsing import CoasterRow, is_located

NOT_RECORDED = "Location not recorded"
_COUNTRY_WORDS = {"u s": "US", "us": "US", "usa": "US", "england": "GB"}


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row and the park its ride stood at."""

    row: CoasterRow
    place: Place


def place_rows(rows: Iterable[CoasterRow]) -> list[PlacedRow]:
    """Give each row its park; rows that name none say how theirs was found.

    A ride whose park is not known goes to a park that says so, one per country.
    """
    known = list(rows)
    atlas = Atlas((row.location, _point(row)) for row in known if is_located(row))
    shared = _shared_addresses(known)
    return [_placed(row, atlas, shared) for row in known]


def lost_place(country: str) -> Place:
    """The park that stands for "not recorded" in a country."""
    is_known = country != NOT_KNOWN
    name = (
        f"{NOT_RECORDED} ({english_country_name(country)})"
        if is_known
        else NOT_RECORDED
    )
    return Place(f"{NOT_RECORDED} {country}", name, Region(country), None, False)


def _placed(row: CoasterRow, atlas: Atlas, shared: Mapping[str, str]) -> PlacedRow:
    point = _point(row)
    if is_located(row) and (place := atlas.named(row.location, point)):
        if point and not is_near(place.point, point):
            row = _noted(row, "The coordinates are not those of the park: left out.")
        return PlacedRow(row, place)
    hint = row.place_hint or shared.get(row.location, "")
    if hint and (place := _hinted(hint, row, atlas)):
        message = f"The park was read from the title: {place.name}."
        return PlacedRow(_noted(row, message, Level.INFO), place)
    if point and (place := atlas.around(point)):
        message = f"The park was found by its coordinates: {place.name}."
        return PlacedRow(_noted(row, message, Level.INFO), place)
    return PlacedRow(_noted(row, "The row does not name the park."), _lost(row))


def _hinted(hint: str, row: CoasterRow, atlas: Atlas) -> Place | None:
    """The park a title speaks of, a new one if no location names it.

    None when several parks begin with these words, or when they name a maker.
    """
    if place := atlas.named(hint):
        return place
    longer = atlas.completed(hint)
    if longer:
        return longer[0] if len(longer) == 1 else None
    makers = {word for m in row.manufacturers for word in comparable(m.name).split()}
    if comparable(hint).split()[0] in makers:
        return None
    point = _point(row)
    # Coordinates inside another park were not taken from this one.
    if point is None or atlas.around(point):
        return Place(f"{park_key(hint)} 0", hint)
    return Place(f"{park_key(hint)} 0", hint, region_of_most([point]), point)


def _lost(row: CoasterRow) -> Place:
    point = _point(row)
    country = region_of_most([point]).country if point else _country_in(row.location)
    return lost_place(country)


def _country_in(location: str) -> str:
    """The country at the end of an address, "ZZ" when it names none."""
    last = comparable(location.rsplit(",", 1)[-1])
    if last in _COUNTRY_WORDS:
        return _COUNTRY_WORDS[last]
    named = (
        code for code, name in country_choices() if last.endswith(comparable(name))
    )
    return next(named, NOT_KNOWN)


def _shared_addresses(rows: Iterable[CoasterRow]) -> dict[str, str]:
    """Addresses at which every title that names a park names the same one."""
    hints: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.place_hint and is_address(row.location):
            hints[row.location].add(row.place_hint)
    return {address: min(found) for address, found in hints.items() if len(found) == 1}


def _point(row: CoasterRow) -> Point | None:
    return point_of(row.latitude, row.longitude)


def _noted(
    row: CoasterRow, message: str, level: Level = Level.SUSPICIOUS
) -> CoasterRow:
    return replace(row, notes=(*row.notes, Note(level, "Location", message)))

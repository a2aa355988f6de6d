"""Reads the units of a ride page, and writes them back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core.partial_dates import PartialDate
from parks.importing.content import MEASURES, NUMBERS, TRACK, plain_number, uuid_of
from parks.importing.directory import Directory
from parks.models import MakerCredit, RideName, RidePage, RideStatusPeriod, RideStay

ReadRow = Callable[[Any], list[str]]
BuildRow = Callable[[list[str], Directory], Any]


def present_units(page: RidePage) -> dict[str, Any]:
    """What a page says, in the form in which a file's units come."""
    track = page.tracks.first()
    return {
        "category": page.category,
        "material": page.material,
        "model": uuid_of(page.model),
        "replaces": uuid_of(page.replaces),
        "cost": _cost_of(page),
        **{f"{TRACK}{name}": _figure(track, name) for name in (*MEASURES, *NUMBERS)},
        **{
            relation: [read(row) for row in getattr(page, relation).all()]
            for relation, (read, _) in _ROWS.items()
        },
    }


def write_units(page: RidePage, units: dict[str, Any], directory: Directory) -> None:
    """Put units on a page in memory. Rows that say the same keep their identity."""
    for unit, value in units.items():
        if unit.startswith(TRACK):
            _write_figure(page, unit.removeprefix(TRACK), value)
        elif unit in _ROWS:
            _write_rows(page, unit, value, directory)
        elif unit == "cost":
            amount, page.cost_currency, page.cost_year = value or [None, "", None]
            page.cost_amount = Decimal(amount) if amount else None
        elif unit == "model":
            page.model = directory.models.by_uuid(value)
        elif unit == "replaces":
            page.replaces = directory.rides.by_uuid(value)
        else:
            setattr(page, unit, value)


def _write_figure(page: RidePage, name: str, text: str) -> None:
    if not text:
        return
    track = page.tracks.first()
    if track is None:
        tracks: Any = page.tracks
        track = tracks.model()
    field = track._meta.get_field(name)
    setattr(track, name, text if name in MEASURES else field.to_python(text))
    page.tracks.add(track)


def _write_rows(
    page: RidePage, relation: str, wanted: list[list[str]], directory: Directory
) -> None:
    read, build = _ROWS[relation]
    manager = getattr(page, relation)
    spare = list(manager.all())
    rows = []
    for place, values in enumerate(wanted):
        same = next((row for row in spare if read(row) == values), None)
        if same is not None:
            spare.remove(same)
        row = same or build(values, directory)
        row.sort_order = place
        rows.append(row)
    manager.set(rows)


def _figure(track: Any, name: str) -> str:
    value = getattr(track, name, None)
    if name in NUMBERS:
        return plain_number(value)
    return "" if value is None else str(value)


def _cost_of(page: RidePage) -> list[Any]:
    if page.cost_amount is None:
        return []
    return [plain_number(page.cost_amount), page.cost_currency, page.cost_year]


def _text(date: PartialDate | None) -> str:
    return "" if date is None else date.text


def _read_name(row: RideName) -> list[str]:
    return [row.text, row.kind, _text(row.began), _text(row.ended)]


def _build_name(values: list[str], directory: Directory) -> RideName:
    text, kind, began, ended = values
    return RideName(text=text, kind=kind, began=began, ended=ended)


def _read_period(row: RideStatusPeriod) -> list[str]:
    return [row.status, _text(row.began), _text(row.ended), row.note]


def _build_period(values: list[str], directory: Directory) -> RideStatusPeriod:
    status, began, ended, note = values
    return RideStatusPeriod(status=status, began=began, ended=ended, note=note)


def _read_stay(row: RideStay) -> list[str]:
    dates = [_text(row.began), _text(row.ended)]
    return [uuid_of(row.park), uuid_of(row.area), *dates, row.continuity]


def _build_stay(values: list[str], directory: Directory) -> RideStay:
    park, area, began, ended, continuity = values
    return RideStay(
        park=directory.parks.by_uuid(park),
        area=directory.parks.area_by_uuid(area),
        began=began,
        ended=ended,
        continuity=continuity,
    )


def _read_credit(row: MakerCredit) -> list[str]:
    return [uuid_of(row.company), row.role, _text(row.began), _text(row.ended)]


def _build_credit(values: list[str], directory: Directory) -> MakerCredit:
    company, role, began, ended = values
    maker = directory.companies.by_uuid(company)
    return MakerCredit(company=maker, role=role, began=began, ended=ended)


_ROWS: dict[str, tuple[ReadRow, BuildRow]] = {
    "names": (_read_name, _build_name),
    "status_periods": (_read_period, _build_period),
    "stays": (_read_stay, _build_stay),
    "credits": (_read_credit, _build_credit),
}

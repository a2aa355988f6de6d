"""What a file says about a ride, as units that can be compared and kept as JSON."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from parks.choices import Continuity, CreditRole
from parks.importing.cells import comparable
from parks.importing.chronicle import RideRecord
from parks.importing.costs import currency_in
from parks.importing.directory import Directory
from parks.importing.notes import NoteTaker
from parks.importing.parsing import CoasterRow
from parks.models import RideTrack

TRACK = "track."
MEASURES = ("length", "height", "drop", "speed", "rider_height_min", "rider_height_max")
NUMBERS = (
    *("inversions", "duration_s", "max_angle", "g_force", "capacity_per_hour"),
    *("trains", "cars_per_train", "rows_per_car", "seats_per_row"),
)


def wanted_units(
    record: RideRecord, directory: Directory, notes: NoteTaker
) -> dict[str, Any]:
    """The units of a ride. Figures out of range are left out with a doubt."""
    row = record.row
    park = directory.parks.at(record.place)
    return {
        "category": str(row.category),
        "material": str(row.material or ""),
        "model": uuid_of(directory.models.of(row)),
        "replaces": _replaced(record, directory),
        "cost": _cost(row, park.country, notes),
        **dict(_figures(row, notes)),
        "names": [[n.text, str(n.kind), n.began, n.ended] for n in record.names],
        "status_periods": [
            [str(p.status), p.began, p.ended, p.note] for p in record.periods
        ],
        "stays": list(_stays(record, directory)),
        "credits": list(_credits(row, directory)),
    }


def uuid_of(page: Any) -> str:
    """The lasting identity of a page, "" for None."""
    return "" if page is None else str(page.uuid)


def plain_number(value: Decimal | int | None) -> str:
    """A number as text without trailing zeros, "" for None."""
    if value is None:
        return ""
    return f"{Decimal(value).normalize():f}"


def _figures(row: CoasterRow, notes: NoteTaker) -> Iterator[tuple[str, str]]:
    figures = {
        **{name: getattr(row, name) for name in ("length", "height", "drop", "speed")},
        "rider_height_min": row.rider_height.low,
        "rider_height_max": row.rider_height.high,
        **{name: getattr(row, name) for name in NUMBERS[:5]},
        **{name: getattr(row.trains, name) for name in NUMBERS[5:]},
    }
    for name, value in figures.items():
        text = value if isinstance(value, str) else plain_number(value)
        yield f"{TRACK}{name}", _within_range(name, text, notes)


def _within_range(name: str, text: str, notes: NoteTaker) -> str:
    """The figure, or "" with a note when the track's own field refuses it."""
    field: Any = RideTrack._meta.get_field(name)
    try:
        field.clean(text or None if name in NUMBERS else text, None)
    except ValidationError as problem:
        label = str(field.verbose_name).capitalize()
        notes.suspicious(name, f"{label} {text}: {' '.join(problem.messages)}")
        return ""
    return text


def _replaced(record: RideRecord, directory: Directory) -> str:
    """The ride that made room for this one, if it is known and no name of this one."""
    name, own_names = record.row.replaced, {n.text for n in record.names}
    if not record.place.is_recorded or comparable(name) in map(comparable, own_names):
        return ""
    park = directory.parks.at(record.place)
    return uuid_of(directory.rides.older_at_park(name, park, record.opened))


def _cost(row: CoasterRow, country: str, notes: NoteTaker) -> list[Any]:
    if row.cost is None:
        return []
    currency = currency_in(row.cost, country)
    if not currency:
        notes.suspicious("Cost", f"Which “{row.cost.symbol}” is meant is not known.")
        return []
    return [plain_number(row.cost.amount), currency, row.cost.year]


def _stays(record: RideRecord, directory: Directory) -> Iterator[list[str]]:
    for number, stay in enumerate(record.stays):
        park = directory.parks.at(stay.place)
        # The file never says how much of a ride was rebuilt on the way.
        continuity = Continuity.RELOCATED_SAME_TRACK if number else Continuity.ORIGINAL
        area = directory.parks.area_uuid(park, stay.section)
        yield [str(park.uuid), area, stay.began, stay.ended, str(continuity)]


def _credits(row: CoasterRow, directory: Directory) -> Iterator[list[str]]:
    for role, makers in (
        (CreditRole.MANUFACTURER, row.manufacturers),
        (CreditRole.DESIGNER, row.designers),
    ):
        for maker in makers:
            company = directory.companies.named(maker.name)
            yield [str(company.uuid), str(role), maker.began, maker.ended]

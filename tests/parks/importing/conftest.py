"""Small CSV files and rows that show only what a test is about."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from core.csv_files import RawRow
from home.models import HomePage
from parks.importing.chronicle import RideRecord, write_record
from parks.importing.parsing import CoasterRow, parse_row
from parks.importing.places import PlacedRow, place_rows
from parks.importing.reading import REQUIRED_COLUMNS
from parks.importing.relocation import group_rows, joined_moves
from parks.importing.report import ImportReport
from parks.importing.running import import_file

EVERYDAY = {
    "coaster_name": "Comet",
    "Location": "Seaside Park",
    "Status": "Operating",
    "Manufacturer": "Timberworks",
    "Type_Main": "Wood",
    "year_introduced": "1999",
    "opening_date_clean": "5/12/1999",
    "Length": "3,000 ft (910 m)",
    "height_value": "80",
    "height_unit": "ft",
    "Inversions_clean": "0",
}
COLUMNS = (
    *REQUIRED_COLUMNS,
    *("Name", "Capacity", "Trains", "Cost", "Designer", "Model", "Park section"),
    *("Height restriction", "Replaced", "latitude", "longitude"),
)

WriteCsv = Callable[..., Path]
ReadCells = Callable[..., CoasterRow]
PlaceAll = Callable[..., list[PlacedRow]]
RecordAll = Callable[..., list[RideRecord]]
ImportRows = Callable[..., ImportReport]


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """Write everyday rows with the given cells; returns the file's path."""

    def write(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> Path:
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({**EVERYDAY, **row} for row in rows)
        path = tmp_path / "coasters.csv"
        path.write_bytes(text.getvalue().encode())
        return path

    return write


@pytest.fixture
def read_cells() -> ReadCells:
    """Parse an everyday row in which some cells say something else."""

    def read(number: int = 2, **cells: str) -> CoasterRow:
        named = {name.replace("__", " "): text for name, text in cells.items()}
        return parse_row(RawRow(number, {**EVERYDAY, **named}))

    return read


@pytest.fixture
def place_all(read_cells: ReadCells) -> PlaceAll:
    """Parse rows and find their parks."""

    def place(*rows: dict[str, str]) -> list[PlacedRow]:
        return place_rows(
            read_cells(number, **{k.replace(" ", "__"): v for k, v in cells.items()})
            for number, cells in enumerate(rows, start=2)
        )

    return place


@pytest.fixture
def record_all(place_all: PlaceAll) -> RecordAll:
    """Parse rows and write the lives of the rides they describe."""

    def record(*rows: dict[str, str]) -> list[RideRecord]:
        return [
            write_record(group) for group in joined_moves(group_rows(place_all(*rows)))
        ]

    return record


@pytest.fixture
def import_rows(home: HomePage, write_csv: WriteCsv) -> ImportRows:
    """Import rows of a file; options go to the importer."""

    def run(*rows: dict[str, str], **options: object) -> ImportReport:
        path = write_csv(*rows)
        return import_file(path, **options)  # type: ignore[arg-type]  # as given

    return run

"""Opens the CSV file: nothing is imported from a file that cannot be read whole."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from core.csv_files import RawRow, UnreadableFile, read_rows

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000

REQUIRED_COLUMNS = (
    *("coaster_name", "Location", "Status", "Manufacturer", "Type_Main"),
    *("year_introduced", "opening_date_clean", "Closing date", "Length"),
    *("height_value", "height_unit", "speed1", "Inversions_clean"),
)


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file which could be read from its first to its last row."""

    name: str
    sha256: str
    rows: tuple[RawRow, ...]


def read_file(path: Path) -> RawFile:
    """Read a CSV file of at most 20 MB. Raises UnreadableFile with one sentence."""
    content = _content_of(path)
    rows = read_rows(
        content,
        most_bytes=MAX_BYTES,
        most_rows=MAX_ROWS,
        required=REQUIRED_COLUMNS,
    )
    return RawFile(path.name, hashlib.sha256(content).hexdigest(), rows)


def _content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise UnreadableFile(f"{path.name} could not be opened: {reason}.") from problem

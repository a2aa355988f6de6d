"""Opens the CSV file: nothing is imported from a file that cannot be read whole."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 100_000
# The longest cell. An unclosed quote swallows no more than this before it is noticed.
MAX_CELL = 100_000

REQUIRED_COLUMNS = (
    *("coaster_name", "Location", "Status", "Manufacturer", "Type_Main"),
    *("year_introduced", "opening_date_clean", "Closing date", "Length"),
    *("height_value", "height_unit", "speed1", "Inversions_clean"),
)
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class UnreadableFile(Exception):
    """The file as a whole cannot be imported; the text says what to do about it."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands. The header is row 1, as in a spreadsheet."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell, or an empty one when the file has no such column."""
        return self.cells.get(column) or ""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file which could be read from its first to its last row."""

    name: str
    sha256: str
    rows: tuple[RawRow, ...]


def read_file(path: Path) -> RawFile:
    """Read a CSV file of at most 20 MB. Raises UnreadableFile with one sentence."""
    content = _content_of(path)
    text = _decoded(content)
    rows = tuple(_rows_of(text))
    if not rows:
        raise UnreadableFile("The file has a header and no rows below it.")
    return RawFile(path.name, hashlib.sha256(content).hexdigest(), rows)


def _content_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as problem:
        reason = problem.strerror or "it cannot be opened"
        raise UnreadableFile(f"{path.name} could not be opened: {reason}.") from problem
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. "
            "Split it and import the parts."
        )
    if not content.strip():
        raise UnreadableFile("The file is empty.")
    return content


def _decoded(content: bytes) -> str:
    marks = (name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark))
    encoding = next(marks, "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableFile(_encoding_message(content, encoding, problem)) from problem
    if "\x00" in text:
        raise UnreadableFile(
            "The file holds NUL characters: it is no CSV text, or it is UTF-16 without "
            "a byte order mark. Save it as UTF-8."
        )
    return text


def _encoding_message(
    content: bytes, encoding: str, problem: UnicodeDecodeError
) -> str:
    if encoding != "utf-8":
        return f"The file is marked as {encoding.upper()} and is not. Save it as UTF-8."
    line = content.count(b"\n", 0, problem.start) + 1
    return (
        "The file is not UTF-8: it looks like Latin-1 or Windows-1252 (byte "
        f"0x{content[problem.start]:02X} on line {line}). Save it as UTF-8."
    )


def _rows_of(text: str) -> Iterator[RawRow]:
    records = _records(text)
    header = next(records)
    _check_header(header)
    for number, cells in enumerate(records, start=2):
        if len(cells) != len(header):
            raise UnreadableFile(
                f"Row {number} has {len(cells)} cells, the header has {len(header)}. "
                "A comma or a quotation mark may be missing."
            )
        if number > MAX_ROWS + 1:
            raise UnreadableFile(f"The file has more than {MAX_ROWS:,} rows. Split it.")
        yield RawRow(number, dict(zip(header, cells, strict=True)))


def _records(text: str) -> Iterator[list[str]]:
    """The rows of cells. Blank lines are skipped."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise UnreadableFile(_quoting_message(start, problem)) from problem
        if any(len(cell) > MAX_CELL for cell in cells):
            raise UnreadableFile(_quoting_message(start, None))
        if cells:
            yield cells


def _quoting_message(line: int, problem: csv.Error | None) -> str:
    detail = f" ({problem})" if problem else ""
    return (
        f"The row that begins on line {line} could not be read{detail}. A quotation "
        "mark may be left open there."
    )


def _check_header(header: list[str]) -> None:
    repeated = [name for name, count in Counter(header).items() if count > 1]
    if repeated:
        raise UnreadableFile(f"The header names a column twice: {_listed(repeated)}.")
    missing = [name for name in REQUIRED_COLUMNS if name not in header]
    if missing:
        raise UnreadableFile(f"The header lacks these columns: {_listed(missing)}.")


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)

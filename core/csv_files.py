"""Reads a CSV file from its first to its last row, or says in one sentence why not.

What is written into one is made safe for spreadsheets.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

# The longest cell. An unclosed quote swallows no more than this before it is noticed.
MAX_CELL = 100_000

_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


# The first of them that the header has.
_SEPARATORS = (",", ";", "\t")
# No letter of any encoding that a table is saved in.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")

# What a spreadsheet takes for the beginning of a formula, wide letters included.
_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 (these are meant)
_CONTROLS = ("\t", "\r", "\n")


def safe_cell(cell: Any) -> Any:
    """A cell no spreadsheet runs: text that looks like a formula begins with '."""
    if not isinstance(cell, str):
        return cell
    looks = cell.startswith(_CONTROLS) or cell.strip().startswith(_FORMULAS)
    return f"'{cell}" if looks else cell


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the text says what to do about it."""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands. The header is row 1, as in a spreadsheet."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell, or an empty one when the file has no such column."""
        return self.cells.get(column) or ""


def read_rows(
    content: bytes, *, most_bytes: int, most_rows: int, required: Iterable[str] = ()
) -> tuple[RawRow, ...]:
    """Every row below the header. Raises UnreadableFile."""
    if len(content) > most_bytes:
        raise UnreadableFile(
            _("The file is larger than %(limit)s MB. Split it and import the parts.")
            % {"limit": most_bytes // 1024 // 1024}
        )
    if not content.strip():
        raise UnreadableFile(_("The file is empty."))
    rows = tuple(_rows_of(_decoded(content), most_rows, tuple(required)))
    if not rows:
        raise UnreadableFile(_("The file has a header and no rows below it."))
    return rows


def _decoded(content: bytes) -> str:
    marks = (name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark))
    encoding = next(marks, "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise UnreadableFile(_encoding_message(content, encoding, problem)) from problem
    if "\x00" in text:
        raise UnreadableFile(
            _(
                "The file holds NUL characters: it is no CSV text, or it is UTF-16 "
                "without a byte order mark. Save it as UTF-8."
            )
        )
    return text


def _encoding_message(
    content: bytes, encoding: str, problem: UnicodeDecodeError
) -> str:
    if encoding != "utf-8":
        return _("The file is marked as %(name)s and is not. Save it as UTF-8.") % {
            "name": encoding.upper()
        }
    if _NO_TEXT.search(content):
        return _(
            "This is no text file: it may be a picture or a workbook. Save the table "
            "as CSV in UTF-8."
        )
    return _(
        "The file is not UTF-8: it looks like Latin-1 or Windows-1252 (byte %(byte)s "
        "on line %(line)s). Save it as UTF-8."
    ) % {
        "byte": f"0x{content[problem.start]:02X}",
        "line": content.count(b"\n", 0, problem.start) + 1,
    }


def _rows_of(text: str, most_rows: int, required: tuple[str, ...]) -> Iterator[RawRow]:
    records = _records(text)
    header = next(records, [])
    _check_header(header, required)
    for number, cells in enumerate(records, start=2):
        if len(cells) != len(header):
            raise UnreadableFile(
                _(
                    "Row %(number)s has not as many cells as the header: %(cells)s, "
                    "not %(header)s. A comma or a quotation mark may be missing."
                )
                % {"number": number, "cells": len(cells), "header": len(header)}
            )
        if number > most_rows + 1:
            raise UnreadableFile(
                _("The file has more than %(limit)s rows. Split it.")
                % {"limit": f"{most_rows:,}"}
            )
        yield RawRow(number, dict(zip(header, cells, strict=True)))


def _separator_of(text: str) -> str:
    """What stands between the cells: spreadsheets of many countries write others."""
    header = re.split(r"[\r\n]", text.lstrip(), maxsplit=1)[0]
    return next((mark for mark in _SEPARATORS if mark in header), _SEPARATORS[0])


def _records(text: str) -> Iterator[list[str]]:
    """The rows of cells. Blank lines are skipped."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_separator_of(text), strict=True
    )
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
    return _(
        "The row that begins on line %(line)s could not be read%(detail)s. A quotation "
        "mark may be left open there."
    ) % {"line": line, "detail": f" ({problem})" if problem else ""}


def _check_header(header: list[str], required: tuple[str, ...]) -> None:
    repeated = [name for name, count in Counter(header).items() if count > 1]
    if repeated:
        raise UnreadableFile(
            _("The header names a column twice: %(names)s.")
            % {"names": listed(repeated)}
        )
    missing = [name for name in required if name not in header]
    if missing:
        raise UnreadableFile(
            _("The header lacks these columns: %(names)s.") % {"names": listed(missing)}
        )


def listed(names: Iterable[str]) -> str:
    """Names of columns in a sentence."""
    return ", ".join(f"“{name}”" for name in names)

"""Opening the file: read whole, or refused with one sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.csv_files import MAX_CELL, UnreadableFile
from parks.importing.reading import MAX_BYTES, REQUIRED_COLUMNS, read_file

WriteCsv = Callable[..., Path]


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_file(path)
    return str(refused.value)


def test_rows_are_numbered_as_in_a_spreadsheet(write_csv: WriteCsv) -> None:
    path = write_csv({"coaster_name": "Comet"}, {"coaster_name": "Cyclone"})

    file = read_file(path)

    assert [row.number for row in file.rows] == [2, 3]
    assert file.rows[1].get("coaster_name") == "Cyclone"
    assert file.name == "coasters.csv"


def test_a_column_the_file_lacks_reads_as_empty(write_csv: WriteCsv) -> None:
    file = read_file(write_csv({}))

    assert file.rows[0].get("Restraint Style") == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_told_by_their_mark(
    write_csv: WriteCsv, encoding: str
) -> None:
    path = write_csv({"coaster_name": "Kärnan"})
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))

    assert read_file(path).rows[0].get("coaster_name") == "Kärnan"


def test_line_ends_of_old_macs_are_read(write_csv: WriteCsv) -> None:
    path = write_csv({"coaster_name": "Comet"})
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\r"))

    assert read_file(path).rows[0].get("coaster_name") == "Comet"


def test_latin_1_is_refused_by_name_with_the_line(write_csv: WriteCsv) -> None:
    path = write_csv({"coaster_name": "Comet"}, {"coaster_name": "Kärnan"})
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))

    message = refusal(path)

    assert "Latin-1 or Windows-1252" in message
    assert "line 3" in message


def test_utf_16_without_its_mark_is_refused(write_csv: WriteCsv) -> None:
    path = write_csv({})
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16-le"))

    assert "UTF-16 without a byte order mark" in refusal(path)


def test_a_broken_utf_16_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "coasters.csv"
    path.write_bytes(b"\xff\xfe\x00")

    assert "is marked as UTF-16" in refusal(path)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert "could not be opened" in refusal(tmp_path / "missing.csv")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"\n")

    assert refusal(path) == "The file is empty."


def test_a_header_alone_is_refused(write_csv: WriteCsv) -> None:
    assert "no rows below" in refusal(write_csv())


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    assert "larger than 20 MB" in refusal(path)


def test_missing_columns_are_named(write_csv: WriteCsv) -> None:
    columns = tuple(name for name in REQUIRED_COLUMNS if name != "Length")

    assert "lacks these columns: “Length”" in refusal(write_csv({}, columns=columns))


def test_a_repeated_column_is_named(write_csv: WriteCsv) -> None:
    path = write_csv({})
    path.write_bytes(path.read_bytes().replace(b"Capacity", b"Status"))

    assert "names a column twice: “Status”" in refusal(path)


@pytest.mark.parametrize("extra", [b",one,too many", b""])
def test_a_row_with_another_number_of_cells_is_named(
    write_csv: WriteCsv, extra: bytes
) -> None:
    path = write_csv({})
    row = b"Comet" if not extra else path.read_bytes().splitlines()[1]
    path.write_bytes(path.read_bytes() + row + extra + b"\r\n")

    assert "Row 3 has" in refusal(path)


def test_a_quotation_mark_left_open_is_refused(write_csv: WriteCsv) -> None:
    path = write_csv({})
    path.write_bytes(path.read_bytes() + b'"Comet,' + b"Seaside Park,\r\n" * 5000)

    assert "quotation mark may be left open" in refusal(path)


def test_a_cell_longer_than_any_text_is_refused(write_csv: WriteCsv) -> None:
    path = write_csv({"Manufacturer": "x" * (MAX_CELL + 1)})

    assert "quotation mark may be left open" in refusal(path)


def test_nul_characters_are_refused(write_csv: WriteCsv) -> None:
    path = write_csv({"coaster_name": "Com\x00et"})

    assert "NUL" in refusal(path)


def test_the_same_bytes_have_the_same_fingerprint(write_csv: WriteCsv) -> None:
    first = read_file(write_csv({}))
    second = read_file(write_csv({}))

    assert first.sha256 == second.sha256

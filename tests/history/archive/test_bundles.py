"""The layout of a bundle: what goes in comes out, and damage never passes."""

import json
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from history.archive import bundles
from history.archive.bundles import (
    TRAILER_BYTES,
    BundleDamaged,
    Entry,
    Line,
    every_line,
    range_of,
    read_entries,
    read_index,
    write_bundle,
)
from history.content import canonical_text, fingerprint

# What JSON can hold and a database can store; the two odd ones end a line elsewhere.
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    | st.sampled_from("\u2028\x85"),
    max_size=30,
)
contents = st.dictionaries(words, words | st.integers() | st.lists(words, max_size=3))


def entry(number: int, content: Any, *, of: str = "a") -> Entry:
    text = canonical_text(content)
    return Entry(
        object_uuid=of,
        seq=number,
        model="parks.parkpage",
        key="7",
        change=number,
        title="Cedar Point",
        sha256=fingerprint(text),
        text=text,
    )


def many(number: int) -> list[Entry]:
    return [entry(n, {"title": "Cedar Point", "edit": n}) for n in range(number)]


def written_of(entries: list[Entry]) -> bytes:
    return write_bundle(each.line() for each in entries)


def reread(content: bytes) -> list[Entry]:
    """All entries, one by one as a reader of single versions gets them."""
    read = range_of(content)
    return [
        found
        for frame in read_index(read, len(content)).frames
        for number in range(frame.first, frame.first + len(frame.lines))
        for found in read_entries(read, frame, [number]).values()
    ]


def lines_in(content: bytes) -> list[Line]:
    """All of it at once, as the archive compares it with what it wrote."""
    return list(every_line(range_of(content), len(content)))


@given(st.lists(st.tuples(st.sampled_from("abc"), contents), max_size=12))
def test_versions_come_out_as_they_went_in(given_contents: list[Any]) -> None:
    entries = [
        entry(n, content, of=of) for n, (of, content) in enumerate(given_contents)
    ]
    entries.sort(key=lambda each: (each.object_uuid, each.seq))

    written = written_of(entries)

    assert reread(written) == entries
    assert lines_in(written) == [each.line() for each in entries]


@given(contents, st.data())
@settings(max_examples=200)
def test_altered_bytes_never_give_another_text(
    content: Any, data: st.DataObject
) -> None:
    entries = [entry(1, content), entry(2, {**content, "more": 1})]
    written = written_of(entries)
    at = data.draw(st.integers(0, len(written) - 1))
    bit = data.draw(st.integers(0, 7))
    altered = written[:at] + bytes([written[at] ^ 1 << bit]) + written[at + 1 :]

    for read, expected in (
        (reread, entries),
        (lines_in, [each.line() for each in entries]),
    ):
        with suppress(BundleDamaged):
            assert read(altered) == expected


@given(st.data())
def test_a_bundle_cut_short_is_noticed(data: st.DataObject) -> None:
    written = written_of(many(3))
    kept = data.draw(st.integers(0, len(written) - 1))

    with pytest.raises(BundleDamaged):
        list(every_line(range_of(written[:kept]), len(written)))


def test_long_histories_are_cut_into_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "MOST_IN_FRAME", 4)
    entries = many(10)
    written = written_of(entries)

    index = read_index(range_of(written), len(written))

    assert [len(frame.lines) for frame in index.frames] == [4, 4, 2]
    assert index.entries == 10
    assert [index.frame_of(n).first for n in (0, 3, 4, 9)] == [0, 0, 4, 8]  # type: ignore[union-attr]  # they exist
    assert [index.frame_of(n) for n in (-1, 10)] == [None, None]


def test_long_texts_are_cut_into_frames_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "FRAME_BYTES", 1000)
    entries = [entry(n, {"body": str(n) * 600}) for n in range(3)]
    written = written_of(entries)

    index = read_index(range_of(written), len(written))

    assert [len(frame.lines) for frame in index.frames] == [1, 1, 1]
    assert reread(written) == entries


def test_one_version_is_read_without_the_rest_of_the_file() -> None:
    entries = sorted(many(600), key=lambda each: each.seq)
    written = written_of(entries)
    index = read_index(range_of(written), len(written))
    asked: list[int] = []

    def read(at: int, length: int) -> bytes:
        asked.append(length)
        return written[at : at + length]

    frame = index.frame_of(590)
    assert frame is not None
    found = read_entries(read, frame, [590])

    assert found == {590: entries[590]}
    assert sum(asked) < len(written) / 2


def test_anybody_can_read_a_bundle_without_the_wiki(tmp_path: Path) -> None:
    program = shutil.which("zstd")
    if program is None:
        pytest.skip("zstd is not installed")
    file = tmp_path / "bundle.twa"
    file.write_bytes(written_of(many(2)))

    shown = subprocess.run(  # noqa: S603 (a fixed program)
        [program, "-dc", str(file)], capture_output=True, check=True
    )

    record, text, *_ = shown.stdout.decode().split("\n")
    assert json.loads(record)["seq"] == 0
    assert json.loads(text) == {"title": "Cedar Point", "edit": 0}
    assert b"zstd -dc" in file.read_bytes()[:200]


def test_what_is_no_bundle_is_damaged() -> None:
    for content in (b"", b"x" * TRAILER_BYTES, b"x" * 500):
        with pytest.raises(BundleDamaged):
            read_index(range_of(content), len(content))

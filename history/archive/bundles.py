"""The layout of a bundle: old versions in one file, readable for ever.

A bundle is a sequence of zstd frames, so `zstd -dc FILE` shows all of it: pairs of
lines, a record in JSON and the text it describes. Each ordinary frame holds versions of
one object in the order of their numbers. What readers of single versions need stands in
skippable frames, which zstd passes over: a heading in plain words, the index, and at
the end a trailer of fixed length that says where the index is.

Nothing in here knows of a database or of a file system.
"""

import hashlib
import json
import struct
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import zstandard

LAYOUT = "thrillwiki-1"
HEADING = (
    b"ThrillWiki archive, layout 1. `zstd -dc` shows pairs of lines: a record and the "
    b"text it describes, whose sha256 it names.\n"
)

# Chosen by measurement: docs/decisions/0013-archive-bundles.md
MOST_IN_FRAME = 125
FRAME_BYTES = 4 * 1024 * 1024
LEVEL = 9
# How far back a version of an ordinary page looks for what it repeats: a few versions.
SMALLEST_WINDOW, LARGEST_WINDOW = 16, 19
MOST_INDEX_BYTES = 16 * 1024 * 1024

_SKIPPABLE = struct.Struct("<II")
_SKIPPABLE_MAGIC = 0x184D2A5A
# Where the index begins, its length, its sha256, and the mark of the layout.
_TRAILER = struct.Struct("<QI32s8s")
_MARK = b"TWARCH01"
TRAILER_BYTES = _SKIPPABLE.size + _TRAILER.size

ReadRange = Callable[[int, int], bytes]


class BundleDamaged(Exception):
    """What was read is not what was written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One version as a bundle holds it. It names no person: names may have to go."""

    object_uuid: str
    seq: int
    model: str
    key: str
    change: int
    title: str
    sha256: str
    text: str

    def line(self) -> "Line":
        """As it stands in a bundle."""
        known = {name: getattr(self, name) for name in _RECORD}
        record = json.dumps(known, ensure_ascii=False).encode()
        return Line(self.object_uuid, record, self.text.encode())


class Line(NamedTuple):
    """A version in bytes: a line of record and a line of text."""

    object_uuid: str
    record: bytes
    text: bytes


_RECORD = ("object_uuid", "seq", "model", "key", "change", "title", "sha256")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the versions of one object lie: their place, and their lines' lengths."""

    object_uuid: str
    first: int
    at: int
    size: int
    raw_size: int
    sha256: str
    lines: tuple[tuple[int, int], ...]

    def place_of(self, number: int) -> tuple[int, int, int]:
        """Where a record begins, where its text begins and where that ends."""
        before = self.lines[: number - self.first]
        start = sum(map(sum, before)) + 2 * len(before)
        record, text = self.lines[number - self.first]
        return start, start + record + 1, start + record + 1 + text


@dataclass(frozen=True, slots=True)
class Index:
    """What a reader has to know of a bundle before reading a version from it."""

    frames: tuple[Frame, ...]
    entries: int

    def frame_of(self, number: int) -> Frame | None:
        """The frame with entry `number`, None if the bundle has no such entry."""
        if not 0 <= number < self.entries:
            return None
        return self.frames[bisect(self.frames, number, key=attrgetter("first")) - 1]


def write_bundle(lines: Iterable[Line]) -> bytes:
    """The bytes of a bundle with these versions, in this order."""
    parts = [_skippable(HEADING)]
    at = len(parts[0])
    frames: list[dict[str, Any]] = []
    compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
    first = 0
    for object_uuid, together in _framed(lines):
        raw = b"".join(b"%b\n%b\n" % line[1:] for line in together)
        packed = _compressor_for(together).compress(raw)
        frames.append(
            {
                "object_uuid": object_uuid,
                "first": first,
                "at": at,
                "size": len(packed),
                "raw_size": len(raw),
                "sha256": hashlib.sha256(packed).hexdigest(),
                "lines": [(len(line.record), len(line.text)) for line in together],
            }
        )
        parts.append(packed)
        at += len(packed)
        first += len(together)
    index = compressor.compress(
        json.dumps({"layout": LAYOUT, "entries": first, "frames": frames}).encode()
    )
    parts.append(_skippable(index))
    digest = hashlib.sha256(index).digest()
    at += _SKIPPABLE.size
    parts.append(_skippable(_TRAILER.pack(at, len(index), digest, _MARK)))
    return b"".join(parts)


def read_index(read: ReadRange, size: int) -> Index:
    """The index of a bundle of `size` bytes. Raises BundleDamaged."""
    at, length, digest, mark = _trailer(read(size - TRAILER_BYTES, TRAILER_BYTES))
    if mark != _MARK or at + length + TRAILER_BYTES != size:
        raise BundleDamaged("its end is missing or altered")
    packed = read(at, length)
    if hashlib.sha256(packed).digest() != digest:
        raise BundleDamaged("its index is altered")
    with _as_written():
        known = json.loads(_unpacked(packed, MOST_INDEX_BYTES))
        frames = tuple(
            Frame(**{**frame, "lines": tuple(map(tuple, frame["lines"]))})
            for frame in known["frames"]
        )
        return Index(frames=frames, entries=known["entries"])


def read_entries(
    read: ReadRange, frame: Frame, numbers: Iterable[int]
) -> dict[int, Entry]:
    """Entries of one frame by their number. Raises BundleDamaged.

    What stands behind the last of them is not unpacked, what stands before them not
    kept.
    """
    numbers = sorted(set(numbers))
    packed = read(frame.at, frame.size)
    # Before unpacking: altered bytes may ask for any amount of memory.
    if hashlib.sha256(packed).hexdigest() != frame.sha256:
        raise BundleDamaged(f"the frame at byte {frame.at} is altered")
    with _as_written(), zstandard.ZstdDecompressor().stream_reader(packed) as stream:
        return {number: _entry_in(stream, frame, number) for number in numbers}


def _entry_in(
    stream: zstandard.ZstdDecompressionReader, frame: Frame, number: int
) -> Entry:
    start, middle, end = frame.place_of(number)
    stream.seek(start)
    lines = stream.read(end - start)
    record = json.loads(lines[: middle - start])
    text = lines[middle - start :]
    if hashlib.sha256(text).hexdigest() != record["sha256"]:
        raise BundleDamaged(f"entry {number} is not what its record says")
    return Entry(**record, text=text.decode())


def every_line(read: ReadRange, size: int) -> Iterator[Line]:
    """All versions in their order, as bytes that nobody has looked into.

    For comparing them with what was written. Raises BundleDamaged.
    """
    for frame in read_index(read, size).frames:
        packed = read(frame.at, frame.size)
        if hashlib.sha256(packed).hexdigest() != frame.sha256:
            raise BundleDamaged(f"the frame at byte {frame.at} is altered")
        with _as_written():
            raw = _unpacked(packed, frame.raw_size)
        at = 0
        for record, text in frame.lines:
            middle, end = at + record + 1, at + record + 1 + text
            yield Line(frame.object_uuid, raw[at : middle - 1], raw[middle:end])
            at = end + 1
        if at != len(raw):
            raise BundleDamaged(f"the frame at byte {frame.at} has another length")


def range_of(content: bytes) -> ReadRange:
    """Reads ranges of a bundle that is in memory."""
    return partial(_slice, content)


def _slice(content: bytes, at: int, length: int) -> bytes:
    return content[max(at, 0) : max(at, 0) + length]


def _framed(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Lines for each frame: versions of one object, neither too many nor too long."""
    for object_uuid, versions in groupby(lines, key=attrgetter("object_uuid")):
        together: list[Line] = []
        length = 0
        for line in versions:
            size = len(line.record) + len(line.text)
            length += size
            if together and (len(together) == MOST_IN_FRAME or length > FRAME_BYTES):
                yield object_uuid, together
                together, length = [], size
            together.append(line)
        yield object_uuid, together


def _compressor_for(lines: list[Line]) -> zstandard.ZstdCompressor:
    """What packs one frame.

    A search tree over the last few versions finds more than a chain over all of them,
    and readers get by with less memory. Over texts beyond 128 KB it is too slow.
    """
    longest = max(len(line.text) for line in lines)
    window = max((4 * longest).bit_length(), SMALLEST_WINDOW)
    if window > LARGEST_WINDOW:
        return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
    return zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters(
            strategy=zstandard.STRATEGY_BTLAZY2,
            window_log=window,
            hash_log=window,
            chain_log=window,
            search_log=1,
            min_match=6,
            write_checksum=True,
        )
    )


def _skippable(content: bytes) -> bytes:
    return _SKIPPABLE.pack(_SKIPPABLE_MAGIC, len(content)) + content


def _trailer(found: bytes) -> tuple[int, int, bytes, bytes]:
    if len(found) != TRAILER_BYTES:
        raise BundleDamaged("it is cut short")
    return _TRAILER.unpack(found[_SKIPPABLE.size :])


def _unpacked(packed: bytes, most: int) -> bytes:
    """The first bytes of what was packed, `most` of them."""
    with zstandard.ZstdDecompressor().stream_reader(packed) as stream:
        return stream.read(most)


@contextmanager
def _as_written() -> Iterator[None]:
    try:
        yield
    except (zstandard.ZstdError, ValueError, KeyError, TypeError) as error:
        raise BundleDamaged("it does not hold what it should") from error

"""Aligning two sequences, in C and within a limit that no input can exceed.

The longest common subsequence costs one bit for each cell of the table of both
sequences, whatever they hold; so the cost is known before it is paid. Tables beyond
the limit are cut into smaller ones at runs of three that occur once on either side.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

# One table: 8 MB and about 10 ms. All tables of one comparison: about 0.1 s.
LARGEST_TABLE = 64_000_000
LARGEST_WORK = 512_000_000
# Letters of both texts that one comparison tells apart word by word.
MOST_LETTERS = 400_000
# Letters of both texts that one comparison reads at all, other than by paragraphs:
# 640 KB against 640 KB.
LARGEST_TEXT = 1_400_000
# Longer sequences than this are not searched for landmarks.
LONGEST = 150_000
STEP = 256


@dataclass(slots=True)
class Work:
    """What one comparison may still cost, and the cells of tables used up so far."""

    left: int = LARGEST_WORK
    letters: int = MOST_LETTERS
    text: int = LARGEST_TEXT
    used: int = 0

    def takes(self, rows: int, columns: int) -> bool:
        """Whether a table of this size is affordable; if so, it counts as used."""
        cells = rows * columns
        if cells > min(LARGEST_TABLE, self.left):
            return False
        self.left -= cells
        self.used += cells
        return True

    def reads_sentences(self, letters: int) -> bool:
        """Whether texts of so many letters are compared by sentences; they count."""
        if letters > self.text:
            return False
        self.text -= letters
        return True

    def reads_words(self, letters: int) -> bool:
        """Whether so many letters may be compared by words; if so, they count."""
        if letters > self.letters:
            return False
        self.letters -= letters
        return True


class Stretch(NamedTuple):
    """A part of both sequences, either equal in both or without anything in common."""

    is_equal: bool
    start: int
    end: int
    other_start: int
    other_end: int


def align(
    one: Sequence[Hashable], other: Sequence[Hashable], work: Work
) -> list[Stretch]:
    """Both sequences whole, from begin to end, equal and differing parts in turn."""
    return list(_joined(_aligned(one, other, work)))


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """Positions of a longest rising subsequence: what stays where others moved."""
    ends: list[int] = []
    at_end: list[int] = []
    previous: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(at_end[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            at_end.append(position)
        else:
            ends[length] = number
            at_end[length] = position
    rise = []
    position = at_end[-1] if at_end else -1
    while position >= 0:
        rise.append(position)
        position = previous[position]
    return rise[::-1]


def _aligned(
    one: Sequence[Hashable], other: Sequence[Hashable], work: Work
) -> Iterator[Stretch]:
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    end, other_end = len(one) - tail, len(other) - tail
    yield Stretch(True, 0, head, 0, head)
    for stretch in _aligned_middle(one[head:end], other[head:other_end], work):
        is_equal, *places = stretch
        yield Stretch(is_equal, *(place + head for place in places))
    yield Stretch(True, end, len(one), other_end, len(other))


def _aligned_middle(
    one: Sequence[Hashable], other: Sequence[Hashable], work: Work
) -> Iterator[Stretch]:
    if work.takes(len(one), len(other)):
        yield from _by_table(one, other, 0, 0)
        return
    at, other_at = 0, 0
    is_searchable = max(len(one), len(other)) <= LONGEST
    landmarks = _landmarks(one, other) if is_searchable else ()
    for start, end, other_start, other_end in landmarks:
        yield from _gap(one, other, (at, start, other_at, other_start), work)
        yield Stretch(True, start, end, other_start, other_end)
        at, other_at = end, other_end
    yield from _gap(one, other, (at, len(one), other_at, len(other)), work)


def _gap(
    one: Sequence[Hashable],
    other: Sequence[Hashable],
    bounds: tuple[int, int, int, int],
    work: Work,
) -> Iterator[Stretch]:
    start, end, other_start, other_end = bounds
    if work.takes(end - start, other_end - other_start):
        part, other_part = one[start:end], other[other_start:other_end]
        yield from _by_table(part, other_part, start, other_start)
    else:
        yield Stretch(False, *bounds)


def _by_table(
    one: Sequence[Hashable], other: Sequence[Hashable], at: int, other_at: int
) -> Iterator[Stretch]:
    if not one or not other:
        yield Stretch(False, at, at + len(one), other_at, other_at + len(other))
        return
    for step in LCSseq.opcodes(one, other):
        yield Stretch(
            step.tag == "equal",
            at + step.src_start,
            at + step.src_end,
            other_at + step.dest_start,
            other_at + step.dest_end,
        )


def _landmarks(
    one: Sequence[Hashable], other: Sequence[Hashable]
) -> Iterator[tuple[int, int, int, int]]:
    """Equal parts around the runs of three that occur once on either side."""
    here, there = _unique_runs(one), _unique_runs(other)
    shared = [(at, there[run]) for run, at in here.items() if run in there]
    kept = longest_rise([other_at for _, other_at in shared])
    end, other_end = 0, 0
    for at, other_at in (shared[position] for position in kept):
        if at < end or other_at < other_end:
            continue
        while at > end and other_at > other_end and one[at - 1] == other[other_at - 1]:
            at, other_at = at - 1, other_at - 1
        end, other_end = at, other_at
        while (
            end < len(one) and other_end < len(other) and one[end] == other[other_end]
        ):
            end, other_end = end + 1, other_end + 1
        yield at, end, other_at, other_end


def _unique_runs(sequence: Sequence[Hashable]) -> dict[tuple[Hashable, ...], int]:
    runs = list(zip(sequence, sequence[1:], sequence[2:], strict=False))
    times = Counter(runs)
    return {run: at for at, run in enumerate(runs) if times[run] == 1}


def _common(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many items at the start are equal: slices compare in C, so first those."""
    shorter, at = min(len(one), len(other)), 0
    while at < shorter and one[at : at + STEP] == other[at : at + STEP]:
        at += STEP
    at = min(at, shorter)
    while at < shorter and one[at] == other[at]:
        at += 1
    return at


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Without empty stretches, neighbours of one sort made one."""
    last: Stretch | None = None
    for stretch in stretches:
        if stretch.start == stretch.end and stretch.other_start == stretch.other_end:
            continue
        if last is not None and last.is_equal == stretch.is_equal:
            last = last._replace(end=stretch.end, other_end=stretch.other_end)
            continue
        if last is not None:
            yield last
        last = stretch
    if last is not None:
        yield last

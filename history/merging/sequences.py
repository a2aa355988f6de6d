"""Three sequences merged by position: what either side changed, and where both did."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from history.diff.sequences import Work, align

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Region(Generic[T]):
    """A stretch of the merged sequence; in dispute when both sides are told apart.

    Settled regions have what is agreed on in all three places.
    """

    base: Sequence[T]
    ours: Sequence[T]
    theirs: Sequence[T]
    is_settled: bool


def merge_sequences(
    base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
) -> list[Region[T]]:
    """The regions of the merged sequence in their order, none of them empty.

    Changes with no unchanged item between them are in dispute, as in version control.
    The rule is that of diff3 (Khanna, Kunal, Pierce: A Formal Investigation of Diff3,
    2007): what both sides kept cuts the three sequences into parts, and a part that
    both changed differently is in dispute.
    """
    return [
        region
        for parts in _cut(base, ours, theirs)
        if any(parts) and (region := _region(*parts))
    ]


def _region(
    base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
) -> Region[T] | None:
    if base != ours != theirs != base:
        return Region(base, ours, theirs, is_settled=False)
    agreed = theirs if ours == base else ours
    return Region(agreed, agreed, agreed, is_settled=True) if agreed else None


def _cut(
    base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
) -> Iterator[tuple[Sequence[T], Sequence[T], Sequence[T]]]:
    """Parts of all three, one behind the other: not kept by both, kept, and so on."""
    at, here, there = 0, 0, 0
    for start, end, mine, his in _kept_by_both(base, ours, theirs):
        yield base[at:start], ours[here:mine], theirs[there:his]
        length = end - start
        yield base[start:end], ours[mine : mine + length], theirs[his : his + length]
        at, here, there = end, mine + length, his + length
    yield base[at:], ours[here:], theirs[there:]


def _kept_by_both(
    base: Sequence[T], ours: Sequence[T], theirs: Sequence[T]
) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of the base that both sides have: start, end, and where they begin."""
    mine, his = (
        [part for part in align(base, side, Work()) if part.is_equal]
        for side in (ours, theirs)
    )
    one = other = 0
    while one < len(mine) and other < len(his):
        here, there = mine[one], his[other]
        start, end = max(here.start, there.start), min(here.end, there.end)
        if start < end:
            yield (
                start,
                end,
                here.other_start + start - here.start,
                there.other_start + start - there.start,
            )
        if here.end <= there.end:
            one += 1
        else:
            other += 1

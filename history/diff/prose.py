"""Which words of a text differ: sentences first, then words where sentences differ.

A text is a list of pieces: words in one style, and breaks between paragraphs. How
much is compared word by word is limited (`Work`), so that no text
costs more than the page it stands on is worth.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import NamedTuple

from history.diff.sequences import Work, align

# Rewritten sentences share a few small words with anything; below this share, in
# characters, a stretch is shown as replaced.
LEAST_SHARED = 0.25
# Characters between two larger changes that are not worth keeping apart.
LARGEST_CRUMB = 8
# Sentences of a rewritten stretch that are told apart together.
CHUNK = 50
# A text of more lines is cut into paragraphs of a hundred lines.
MOST_LINES = 5_000

# Marks the style of a break between paragraphs; what follows is the kind it ends.
BREAK = "¶"
# Full stops of East Asian texts and the ellipsis among them.
END = ".!?\u3002\uff01\uff1f\u2026"
# A text without sentence ends is cut behind the word at 500 characters.
SENTENCE = re.compile(
    rf"[^{END}]{{1,500}}[^{END}\s]{{0,64}}(?:[{END}]{{1,20}})?[\"'”’»)\]]{{0,5}}\s*"
    rf"|[{END}]{{1,500}}\s*"
)
# Scripts written without spaces are compared sign by sign; an emoji with what
# changes its colour or joins it to the next is one sign.
_LETTER = r"[\w\u0300-\u036f\u200c\u200d]{1,64}"
_SIGN = (
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[\U0001f1e6-\U0001f1ff]{2}"
    r"|[^\w\s](?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[^\w\s]){0,8}"
)
WORD = re.compile(rf"(?:{_SIGN}|{_LETTER})\s*|\s+")
BARE_WORD = re.compile(rf"{_SIGN}|{_LETTER}")


class Piece(NamedTuple):
    """Text in one style; a style is what it is marked with, from the outside in."""

    text: str
    style: tuple[str, ...] = ()

    @property
    def is_break(self) -> bool:
        return bool(self.style) and self.style[0] == BREAK


class Side(StrEnum):
    """Which of the two texts holds a run."""

    BOTH = "both"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of pieces that both texts have, or only one of them."""

    side: Side
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts as one sequence of runs. Not `complete`: whole paragraphs only."""

    runs: tuple[Run, ...]
    is_complete: bool = True

    @property
    def is_change(self) -> bool:
        return any(run.side is not Side.BOTH for run in self.runs)


def plain(text: str) -> list[Piece]:
    """A plain text as pieces: each line ends a paragraph."""
    lines = text.splitlines() or [text]
    if len(lines) > MOST_LINES:
        lines = ["\n".join(lines[at : at + 100]) for at in range(0, len(lines), 100)]
    pieces: list[Piece] = []
    for line in lines:
        if line:
            pieces.append(Piece(line))
        pieces.append(Piece("\n", (BREAK, "p")))
    return pieces


def compare(before: Sequence[Piece], after: Sequence[Piece], work: Work) -> Comparison:
    """Both texts, told apart by words; by paragraphs when they are very large."""
    if not work.reads_sentences(_size(before) + _size(after)):
        return Comparison(tuple(_merged(_by_paragraphs(before, after, work))), False)
    here, there = _sentences(before), _sentences(after)
    return Comparison(tuple(_merged(_by_sentences(here, there, work))))


def only(pieces: Iterable[Piece], side: Side = Side.BOTH) -> Comparison:
    """A text without another one to compare it with."""
    return Comparison((Run(side, tuple(pieces)),))


def _sentences(pieces: Iterable[Piece]) -> list[Piece]:
    found = []
    for piece in pieces:
        if piece.is_break or not piece.text:
            found.append(piece)
        else:
            style = piece.style
            found += [Piece(text, style) for text in SENTENCE.findall(piece.text)]
    return found


def _by_sentences(before: list[Piece], after: list[Piece], work: Work) -> Iterator[Run]:
    for stretch in align(*_numbered(before, after), work):
        here = before[stretch.start : stretch.end]
        there = after[stretch.other_start : stretch.other_end]
        if stretch.is_equal:
            yield Run(Side.BOTH, tuple(there))
        else:
            for part, other_part in _chunks(here, there):
                yield from _rewritten(part, other_part, work)


def _chunks(
    before: list[Piece], after: list[Piece]
) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """A long rewritten stretch in parts, where as many sentences came as went."""
    size = CHUNK if len(before) == len(after) else max(len(before), len(after), 1)
    for at in range(0, max(len(before), len(after)), size):
        yield before[at : at + size], after[at : at + size]


def _rewritten(before: list[Piece], after: list[Piece], work: Work) -> Iterator[Run]:
    if before and after and work.reads_words(_size(before) + _size(after)):
        yield from _by_words(before, after, work)
    else:
        yield Run(Side.BEFORE, tuple(before))
        yield Run(Side.AFTER, tuple(after))


def _by_words(before: list[Piece], after: list[Piece], work: Work) -> Iterator[Run]:
    numbers: defaultdict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    fresh = count()
    here, there = _Words(before, numbers, fresh), _Words(after, numbers, fresh)
    runs = []
    shared = 0
    for stretch in align(here.keys, there.keys, work):
        ours = there.pieces(stretch.other_start, stretch.other_end)
        if stretch.is_equal:
            shared += _size(ours)
            runs.append(Run(Side.BOTH, ours))
        else:
            runs.append(Run(Side.BEFORE, here.pieces(stretch.start, stretch.end)))
            runs.append(Run(Side.AFTER, ours))
    has_breaks = any(piece.is_break for piece in after)
    if shared < LEAST_SHARED * min(_size(before), _size(after)) and not has_breaks:
        yield Run(Side.BEFORE, tuple(before))
        yield Run(Side.AFTER, tuple(after))
    else:
        yield from _without_crumbs(runs)


class _Words:
    """Pieces cut into words, each with the space after it and a number as its key.

    Words that differ only in the space after them have one key: how many spaces
    follow a word is no difference to a reader.
    """

    def __init__(
        self,
        pieces: list[Piece],
        numbers: defaultdict[tuple[str, ...], dict[str, int]],
        fresh: Iterator[int],
    ) -> None:
        self.words: list[str] = []
        self.keys: list[int] = []
        self.starts: list[int] = []
        self.styles: list[tuple[str, ...]] = []
        for text, style in pieces:
            self.starts.append(len(self.words))
            self.styles.append(style)
            known = numbers[style]
            words, bare = _cut(text, style)
            self.words += words
            self.keys += [known.setdefault(word, next(fresh)) for word in bare]

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The words from one position to another, joined as far as styles go."""
        if start == end:
            return ()
        found: list[Piece] = []
        at = bisect_right(self.starts, start) - 1
        while start < end:
            stop = self.starts[at + 1] if at + 1 < len(self.starts) else end
            text, style = "".join(self.words[start : min(stop, end)]), self.styles[at]
            if found and found[-1].style == style and text and not found[-1].is_break:
                found[-1] = Piece(found[-1].text + text, style)
            elif start < min(stop, end):
                found.append(Piece(text, style))
            start, at = max(start, min(stop, end)), at + 1
        return tuple(found)


def _cut(text: str, style: tuple[str, ...]) -> tuple[list[str], list[str]]:
    if not text or (style and style[0] == BREAK):
        return [text], [text]
    start = len(text) - len(text.lstrip())
    words, bare = WORD.findall(text[start:]), BARE_WORD.findall(text)
    return ([text[:start], *words], [" ", *bare]) if start else (words, bare)


def _without_crumbs(runs: list[Run]) -> Iterator[Run]:
    """Runs in which scraps between two larger changes are part of the change."""
    for position, run in enumerate(runs):
        around = (
            runs[max(position - 2, 0) : position],
            runs[position + 1 : position + 3],
        )
        if run.side is Side.BOTH and _is_crumb(run.pieces, *around):
            yield Run(Side.BEFORE, run.pieces)
            yield Run(Side.AFTER, run.pieces)
        else:
            yield run


def _is_crumb(pieces: tuple[Piece, ...], last: list[Run], following: list[Run]) -> bool:
    size = _size(pieces)
    changes = [
        max((_size(run.pieces) for run in runs), default=0)
        for runs in (last, following)
    ]
    has_break = any(piece.is_break or not piece.text for piece in pieces)
    return size <= min(*changes, LARGEST_CRUMB) and not has_break


def _size(pieces: Iterable[Piece]) -> int:
    return sum([len(piece.text) for piece in pieces])


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs without empty ones; what is removed comes before what replaces it."""
    waiting: dict[Side, list[Piece]] = {}
    for run in runs:
        is_both = run.side is Side.BOTH
        if waiting and run.pieces and is_both != (Side.BOTH in waiting):
            yield from _in_order(waiting)
            waiting = {}
        if run.pieces:
            waiting.setdefault(run.side, []).extend(run.pieces)
    yield from _in_order(waiting)


def _in_order(waiting: dict[Side, list[Piece]]) -> Iterator[Run]:
    for side in Side:
        if side in waiting:
            yield Run(side, tuple(waiting[side]))


def _by_paragraphs(
    before: Sequence[Piece], after: Sequence[Piece], work: Work
) -> Iterator[Run]:
    here, there = _paragraphs(before), _paragraphs(after)
    for stretch in align(*_numbered(here, there), work):
        sides = (
            [(Side.BOTH, there[stretch.other_start : stretch.other_end])]
            if stretch.is_equal
            else [
                (Side.BEFORE, here[stretch.start : stretch.end]),
                (Side.AFTER, there[stretch.other_start : stretch.other_end]),
            ]
        )
        for side, paragraphs in sides:
            if paragraphs:
                yield Run(side, tuple(piece for part in paragraphs for piece in part))


def _paragraphs(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    found: list[tuple[Piece, ...]] = []
    current: list[Piece] = []
    for piece in pieces:
        current.append(piece)
        if piece.is_break:
            found.append(tuple(current))
            current = []
    return [*found, tuple(current)] if current else found


def _numbered(
    one: Sequence[object], other: Sequence[object]
) -> tuple[list[int], list[int]]:
    """The same sequences with a small number for each different item."""
    numbers: dict[object, int] = {}
    return (
        [numbers.setdefault(item, len(numbers)) for item in one],
        [numbers.setdefault(item, len(numbers)) for item in other],
    )

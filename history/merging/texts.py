"""Prose merged by paragraphs, and by words in paragraphs that both sides changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.block_keys import has_keys, without_keys
from history.diff.prose import WORD
from history.diff.sequences import LARGEST_TEXT
from history.merging.sequences import merge_sequences

# A shorter text of one line is a name, an address or a label: half of one and half
# of the other would be neither.
SHORTEST_PROSE = 80

# A paragraph of rich text ends behind one of these tags.
_PARAGRAPH_END = re.compile(
    r"(?<=</p>)|(?<=</li>)|(?<=</h[1-6]>)|(?<=</blockquote>)|(?<=</ul>)|(?<=</ol>)"
    r"|(?<=<hr/>)|(?<=<br/>)"
)
_WORD = re.compile(
    rf"<[^<>]*>|&#?\w{{1,40}};\s*|{WORD.pattern}|.", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*?(/?)>", re.IGNORECASE)
_ALONE = frozenset({"br", "hr", "img", "embed"})
# Tags that cannot stand within one of their own kind.
_NEVER_NESTED = frozenset({"a", "p", "b", "i"})


@dataclass(frozen=True, slots=True)
class Hunk:
    """Paragraphs that both sides changed in ways that cannot both be."""

    base: str
    ours: str
    theirs: str


def is_prose(texts: Iterable[str]) -> bool:
    """Whether plain texts are long enough to be merged word by word."""
    return all(len(text) >= SHORTEST_PROSE or "\n" in text for text in texts)


def merge_texts(
    base: str, ours: str, theirs: str, *, is_rich: bool
) -> list[str | Hunk] | None:
    """The merged text in pieces, agreed ones and hunks; None if it has to stay whole.

    That is when it is too long to be compared, or when a merge would put the tags of
    a rich text into each other.
    """
    if is_rich and has_keys(ours + theirs):
        return _merged_but_for_keys(base, ours, theirs)
    return _merged(base, ours, theirs, is_rich=is_rich)


def _merged_but_for_keys(base: str, ours: str, theirs: str) -> list[str | Hunk] | None:
    """The same for texts whose paragraphs have keys.

    The editor gives one to each paragraph that has none, another one every time: who
    opens an imported page and saves it has not changed what it says.
    """
    was, here, there = map(without_keys, (base, ours, theirs))
    if here == there:
        return [min(ours, theirs)]
    if was in (here, there):
        return [theirs if was == here else ours]
    pieces = _merged(base, ours, theirs, is_rich=True)
    if pieces is not None and all(isinstance(piece, str) for piece in pieces):
        return pieces
    return _merged(was, here, there, is_rich=True)


def _merged(
    base: str, ours: str, theirs: str, *, is_rich: bool
) -> list[str | Hunk] | None:
    texts = (base, ours, theirs)
    if sum(map(len, texts)) > LARGEST_TEXT:
        return None
    if is_rich and not all(map(is_nested, texts)):
        return None
    paragraphs = [_paragraphs(text, is_rich=is_rich) for text in texts]
    pieces: list[str | Hunk] = []
    for region in merge_sequences(*paragraphs):
        sides = ["".join(side) for side in (region.base, region.ours, region.theirs)]
        piece = sides[0] if region.is_settled else _by_words(*sides, is_rich=is_rich)
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    if is_rich and not all(map(is_nested, _readings(pieces))):
        return None
    return pieces


def is_nested(html: str) -> bool:
    """Whether every tag is closed where it should be."""
    open_tags: list[str] = []
    for closing, name, alone in _TAG.findall(html):
        tag = name.lower()
        if alone or tag in _ALONE:
            continue
        if closing:
            if not open_tags or open_tags.pop() != tag:
                return False
        elif tag in _NEVER_NESTED and tag in open_tags:
            return False
        else:
            open_tags.append(tag)
    return not open_tags


def _by_words(base: str, ours: str, theirs: str, *, is_rich: bool) -> str | Hunk:
    words = [_WORD.findall(text) for text in (base, ours, theirs)]
    regions = merge_sequences(*words)
    hunk = Hunk(base, ours, theirs)
    if not all(region.is_settled for region in regions):
        return hunk
    merged = "".join(word for region in regions for word in region.base)
    if is_rich and all(map(is_nested, (base, ours, theirs))) and not is_nested(merged):
        return hunk
    return merged


def _paragraphs(text: str, *, is_rich: bool) -> Sequence[str]:
    if not is_rich:
        return text.splitlines(keepends=True)
    return [part for part in _PARAGRAPH_END.split(text) if part]


def _readings(pieces: list[str | Hunk]) -> Iterator[str]:
    """The text as it would be with one side everywhere."""
    for side in ("base", "ours", "theirs"):
        yield "".join(
            piece if isinstance(piece, str) else getattr(piece, side)
            for piece in pieces
        )

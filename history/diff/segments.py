"""Compared texts as HTML: paragraphs in which added and removed words are marked.

All markup here is ours. Authors' text is escaped, and of their markup only the
styles of history/diff/markup.py are left, which are written anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from history.diff.markup import IMAGE, LINK, MEDIA, RULE
from history.diff.prose import Comparison, Piece, Run, Side
from history.diff.references import PAGE, PHOTO, reference
from history.diff.wording import visible

# Unchanged paragraphs beside a changed one that are shown with it.
CONTEXT = 1
# What is shown of a text too large to be compared in full.
MOST_PARAGRAPHS = 200
LONGEST_PARAGRAPH = 2_000

TAGS = {"b": "b", "i": "i", "s": "s", "u": "u", "sup": "sup", "sub": "sub"}
TAGS["code"] = "code"
MARKS = {Side.BEFORE: "del", Side.AFTER: "ins"}
BOTH_SIDES = set(Side)
NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs that stand side by side; `count` of them when they are folded.

    `left` shows the older text or, where the view asks for it, both in one; `right`
    the newer one, and nothing in the inline view and for what did not change.
    """

    left: SafeString
    right: SafeString
    is_change: bool
    count: int = 0


class View(StrEnum):
    """How a comparison is laid out. AUTO: inline on narrow screens, else side by side.

    For AUTO the left column holds both texts, and the style sheet hides the new words
    in it where there is room for the right one.
    """

    AUTO = "auto"
    SIDE = "side"
    INLINE = "inline"


def stretches_of(comparison: Comparison, view: View) -> list[Stretch]:
    """A compared text from top to bottom; of one too large, the changed paragraphs."""
    longest = None if comparison.is_complete else LONGEST_PARAGRAPH
    rows = list(_rows(comparison))
    near = {
        beside
        for at, row in enumerate(rows)
        if _is_change(row)
        for beside in range(at - CONTEXT, at + CONTEXT + 1)
    }
    found = []
    for (is_near, _), group in groupby(
        enumerate(rows), lambda item: (item[0] in near, _is_change(item[1]))
    ):
        members = [row for _, row in group]
        if is_near:
            found += [_stretch(row, view, longest) for row in members]
        else:
            folded = _html(members, BOTH_SIDES, longest)
            found.append(Stretch(folded, NOTHING, False, len(members)))
    if not comparison.is_complete:
        return [stretch for stretch in found if stretch.is_change][:MOST_PARAGRAPHS]
    return found


def whole(comparison: Comparison) -> SafeString:
    """A text without comparison, every paragraph of it."""
    return _html(list(_rows(comparison)), BOTH_SIDES, None)


def _rows(comparison: Comparison) -> Iterator[list[Run]]:
    """The runs cut at breaks that both texts have: there they stand side by side."""
    row: list[Run] = []
    for run in comparison.runs:
        if run.side is not Side.BOTH:
            row.append(run)
            continue
        start = 0
        for at, piece in enumerate(run.pieces):
            if piece.is_break:
                row.append(Run(Side.BOTH, run.pieces[start : at + 1]))
                yield row
                row, start = [], at + 1
        if start < len(run.pieces):
            row.append(Run(Side.BOTH, run.pieces[start:]))
    if row:
        yield row


def _is_change(row: list[Run]) -> bool:
    return any(run.side is not Side.BOTH for run in row)


def _stretch(row: list[Run], view: View, longest: int | None) -> Stretch:
    if not _is_change(row):
        return Stretch(_html([row], BOTH_SIDES, longest), NOTHING, False)
    left = {Side.BOTH, Side.BEFORE} if view is View.SIDE else BOTH_SIDES
    after = {Side.BOTH, Side.AFTER}
    right = NOTHING if view is View.INLINE else _html([row], after, longest)
    return Stretch(_html([row], left, longest), right, True)


def _html(
    rows: Iterable[list[Run]], sides: set[Side], longest: int | None
) -> SafeString:
    writer = _Writer(longest)
    for row in rows:
        for run in row:
            if run.side in sides:
                writer.write(run)
    writer.end("p")
    return mark_safe("".join(writer.paragraphs))  # noqa: S308  escaped by the writer


class _Writer:
    """Writes runs as paragraphs."""

    def __init__(self, longest: int | None) -> None:
        self.paragraphs: list[str] = []
        self.parts: list[str] = []
        self.sides: set[Side] = set()
        self.longest = longest
        self.length = 0

    def write(self, run: Run) -> None:
        for is_break, group in groupby(run.pieces, lambda piece: piece.is_break):
            for kind in [piece.style[1] for piece in group] if is_break else ():
                self._end_paragraph(run.side, kind)
            if not is_break:
                self.sides.add(run.side)
                self.parts.append(self._marked(run.side, group))

    def end(self, kind: str) -> None:
        """Close the paragraph, if anything stands in it."""
        if self.parts:
            name = "-".join(("only", next(iter(self.sides)))) if self._is_one() else ""
            self.paragraphs.append(
                f'<p class="{kind} {name}">{"".join(self.parts)}</p>\n'
            )
        self.parts, self.sides, self.length = [], set(), 0

    def _end_paragraph(self, side: Side, kind: str) -> None:
        if side is not Side.BOTH and (self.sides != {side} or not self._is_one()):
            # The paragraph itself is old or new, its words are not.
            words = "" if kind == "p" else f" {kind.partition('-')[0]}"
            tag = MARKS[side]
            self.parts.append(f'<{tag} class="pilcrow">¶{words}</{tag}>')
            self.sides.add(side)
        self.end(kind)

    def _is_one(self) -> bool:
        return len(self.sides) == 1 and Side.BOTH not in self.sides

    def _marked(self, side: Side, pieces: Iterable[Piece]) -> str:
        html = "".join(self._styled(pieces))
        tag = MARKS.get(side)
        return f"<{tag}>{html}</{tag}>" if tag and html else html

    def _styled(self, pieces: Iterable[Piece]) -> Iterator[str]:
        for style, group in groupby(pieces, lambda piece: piece.style):
            if style and style[0] in (IMAGE, RULE, MEDIA):
                yield from (self._embedded(piece) for piece in group)
                continue
            text = self._clipped("".join(piece.text for piece in group))
            html = escape(visible(text), quote=False)
            for mark in reversed(style):
                if mark in TAGS:
                    html = f"<{TAGS[mark]}>{html}</{TAGS[mark]}>"
                elif mark == "br":
                    html = "<br>" * html.count("\n")
                elif mark.startswith(LINK):
                    html = f'<span class="linked">{html}</span>{_leads_to(mark)}'
            yield html

    def _clipped(self, text: str) -> str:
        if self.longest is None:
            return text
        room = max(self.longest - self.length, 0)
        self.length += len(text)
        return text if len(text) <= room else f"{text[:room]}…" if room else ""

    def _embedded(self, piece: Piece) -> str:
        kind, *about = piece.style
        if kind == RULE:
            return "<span>———</span>"
        if kind == MEDIA:
            address, alt = about
            words = visible(" ".join(part for part in (alt, address) if part))
            told = gettext("media: %(words)s") % {"words": words}
            return f'<span class="aside">[{escape(told)}]</span>'
        key, alt, placing = about
        words = escape(visible(", ".join(part for part in (alt, placing) if part)))
        shown = reference(PHOTO, key)
        return (
            f'<span class="embedded">{shown}<span class="aside">{words}</span></span>'
        )


def _leads_to(mark: str) -> str:
    """Where a link leads, in words: shown, never followed."""
    kind, _, target = mark.removeprefix(LINK).partition(":")
    if kind == "page":
        where = str(reference(PAGE, target))
    elif kind == "document":
        where = gettext("a document")
    else:
        where = escape(visible(target)) or gettext("nowhere")
    told = gettext("(link to %(where)s)") % {"where": where}
    return f' <span class="aside">{told}</span>'

"""A story written as plain paragraphs, and what is kept of its markup.

The editing desk writes rich text with a script. Here each part of a story is a box of
plain text: a paragraph that is left alone keeps its links and its emphasis, one that
is rewritten becomes plain.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape, unescape

from history.merging.texts import is_nested

# More than this is no story but an attempt to keep the server busy.
MOST_PARAGRAPHS = 500

_END = re.compile(
    r"(?<=</p>)|(?<=</li>)|(?<=</h[1-6]>)|(?<=</blockquote>)|(?<=</ul>)|(?<=</ol>)"
    r"|(?<=<hr/>)"
)
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|ul|ol|li|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE)
_BETWEEN = re.compile(r"\n[ \t]*\n\s*")


def as_plain(html: str) -> str:
    """The words of a rich text, a blank line between its paragraphs."""
    return "\n\n".join(_words(part) for part in _parts(html))


def rewritten(html: str, text: str) -> str:
    """The rich text with the words of `text`; what says the same stays as it is."""
    parts = _parts(html)
    old = [_words(part) for part in parts]
    new = [line.strip() for line in _BETWEEN.split(_even(text)) if line.strip()]
    new = new[:MOST_PARAGRAPHS]
    if old == new:
        return html
    made = "".join(_aligned(parts, old, new))
    if is_nested(made):
        return made
    return "".join(_paragraph(line) for line in new)


def _aligned(parts: list[str], old: list[str], new: list[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            yield from parts[a:b]
            continue
        for place, line in enumerate(new[c:d]):
            known = parts[a + place] if a + place < b else ""
            yield _in_place_of(known, line) if known else _paragraph(line)


def _in_place_of(part: str, line: str) -> str:
    """A line in the tags of the paragraph or list item that stood there."""
    found = list(_BLOCK.finditer(part))
    before = [m[0] for m in found if not _TAG.sub("", part[: m.start()]).strip()]
    after = [m[0] for m in found[len(before) :]]
    return f"{''.join(before)}{_escaped(line)}{''.join(after)}"


def _paragraph(line: str) -> str:
    return f"<p>{_escaped(line)}</p>"


def _escaped(line: str) -> str:
    return escape(line, quote=False).replace("\n", "<br/>")


def _parts(html: str) -> list[str]:
    """Paragraphs and list items; tags without words go with what stands before."""
    parts: list[str] = []
    for part in _END.split(html):
        if not part:
            continue
        if parts and not _words(part):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def _words(html: str) -> str:
    text = unescape(_TAG.sub("", _BREAK.sub("\n", html)))
    return _even(text.replace("\u00a0", " ")).strip()


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

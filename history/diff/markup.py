"""Rich text as pieces: words with the styles we know, and breaks between paragraphs.

Nothing of the author's markup survives: tags and attributes that are not named here
are dropped, and what is shown is written anew from the pieces. Reading takes time in
proportion to the length of the text, however broken its markup is.
"""

import re
from html import unescape

from core.markup import TOKEN, attributes_in
from history.diff.prose import BREAK, Piece, plain

# More tags than this is no prose: the text is shown without its markup.
MOST_TAGS = 60_000
DEEPEST_LIST = 6

STYLES = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em"), "i"),
    **dict.fromkeys(("s", "del", "strike"), "s"),
    **{tag: tag for tag in ("u", "sup", "sub", "code")},
}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {"p", "div", "blockquote", "pre", "li", "figure"}
LISTS = frozenset({"ul", "ol"})

# What stands in a text without being text: an empty piece of one of these styles.
IMAGE, RULE, MEDIA = "image", "rule", "media"
# The style of linked words begins so; where the link leads follows.
LINK = "link:"

_ANY_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def pieces_of(html: str) -> list[Piece]:
    """A stored rich text as pieces."""
    if html.count("<") > MOST_TAGS:
        return plain(unescape(_ANY_TAG.sub(" ", html)))
    return _Reader().read(html)


class _Reader:
    """Walks through the tags of one text and notes which styles are in force."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.open: dict[str, int] = {}
        self.links: list[str] = []
        self.lists: list[str] = []
        self.kind = "p"
        self.has_content = False

    def read(self, html: str) -> list[Piece]:
        for token in TOKEN.finditer(html):
            if text := token["text"]:
                self._add_text(unescape(text))
            elif tag := (token["tag"] or "").lower():
                self._end(tag) if token["end"] else self._begin(tag, token)
        self._break()
        return self.pieces

    def _add_text(self, text: str) -> None:
        text = _SPACE.sub(" ", text)
        if not self.has_content:
            text = text.lstrip(" ")
        if not text:
            return
        styles = [*sorted(self.open)]
        if self.links:
            styles.append(LINK + self.links[-1])
        self._add(Piece(text, tuple(styles)))

    def _add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.has_content = True

    def _begin(self, tag: str, token: re.Match[str]) -> None:
        if style := STYLES.get(tag):
            self.open[style] = self.open.get(style, 0) + 1
        elif tag == "a":
            self.links.append(_target_of(attributes_in(token["attributes"])))
        elif tag == "br":
            self._add(Piece("\n", ("br",)))
        elif tag == "hr":
            self._break()
            self._add(Piece("", (RULE,)))
            self._break()
        elif tag in ("embed", "img"):
            self._add(_embedded(attributes_in(token["attributes"])))
        elif tag in LISTS:
            self._break()
            self.lists.append(tag)
        elif tag in BLOCKS:
            self._break()
            self.kind = "h" if tag in HEADINGS else tag

    def _end(self, tag: str) -> None:
        if style := STYLES.get(tag):
            if self.open.get(style, 0) > 1:
                self.open[style] -= 1
            else:
                self.open.pop(style, None)
        elif tag == "a" and self.links:
            self.links.pop()
        elif tag in LISTS:
            self._break()
            if self.lists:
                self.lists.pop()
        elif tag in BLOCKS:
            self._break()
            self.kind = "p"

    def _break(self) -> None:
        """End the paragraph, if it has any content."""
        if self.has_content:
            self.pieces.append(Piece("\n", (BREAK, self._kind())))
        self.has_content = False

    def _kind(self) -> str:
        if self.kind == "li" or self.lists:
            numbered = bool(self.lists) and self.lists[-1] == "ol"
            depth = min(max(len(self.lists), 1), DEEPEST_LIST)
            return f"{'number' if numbered else 'bullet'}-{depth}"
        return {"h": "heading", "blockquote": "quote", "pre": "pre"}.get(self.kind, "p")


def _target_of(attributes: dict[str, str]) -> str:
    """ "page:12", "document:7" or the address: where a link leads."""
    kind, key = attributes.get("linktype", ""), attributes.get("id", "")
    if kind in ("page", "document") and key.isascii() and key.isdigit():
        return f"{kind}:{key[:18]}"
    return f"to:{attributes.get('href', '')}"


def _embedded(attributes: dict[str, str]) -> Piece:
    key = attributes.get("id", "")
    if attributes.get("embedtype") == "image" and key.isascii() and key.isdigit():
        about = (attributes.get("alt", ""), attributes.get("format", ""))
        return Piece("", (IMAGE, key[:18], *about))
    address = attributes.get("url") or attributes.get("src") or ""
    return Piece("", (MEDIA, address, attributes.get("alt", "")))

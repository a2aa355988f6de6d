"""Cleans the text of one cell before anything is read from it."""

import re
import unicodedata

# "[1]" and "[a]" are footnote marks of the page the cell was taken from.
_FOOTNOTE = re.compile(r"\[(?:\d+|[a-z])\]|\]\]")
_DASHES = re.compile(r"\s*[–—−]\s*")


def clean(text: str) -> str:
    """The cell in NFC with plain single spaces, and no footnotes or control marks."""
    visible = "".join(map(_plain, unicodedata.normalize("NFC", text)))
    return " ".join(_FOOTNOTE.sub("", visible).split())


def comparable(text: str) -> str:
    """A key that is equal for spellings differing by case, accent or punctuation."""
    folded = unicodedata.normalize("NFKD", _DASHES.sub("-", text).casefold())
    return " ".join("".join(map(_letter, folded)).split())


def shortened(text: str, length: int = 60) -> str:
    """The text for use inside a message."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _plain(char: str) -> str:
    if char.isspace():
        return " "
    # Control (Cc) and format (Cf) characters include NULs, zero-width and bidi marks.
    category = unicodedata.category(char)
    return "" if category in {"Cc", "Cf", "Cs", "Co", "Cn"} else char


def _letter(char: str) -> str:
    if char.isalnum():
        return char
    # "Morey's" and "Moreys" are one word; a dash or a comma separates two.
    return "" if unicodedata.combining(char) or char in "'’.`" else " "

"""Letters for drawings, and whether there are any for a name.

DejaVu Sans has Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian and Georgian letters.
What it lacks it would draw as boxes, so nothing is drawn of a text that needs more.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parent / "fonts"
# Never assigned a letter: whatever is drawn for it is the box.
NO_LETTER = "\uffff"


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The lettering in a size."""
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(FONTS / name, size)


def first_writable(texts: Iterable[str]) -> str:
    """The first text for which all letters are at hand; "" where there is none."""
    return next((text for text in texts if is_writable(text)), "")


def is_writable(text: str) -> bool:
    """Whether every letter of a text is at hand."""
    return all(_has(letter) for letter in set(text) if not letter.isspace())


@cache
def _has(letter: str) -> bool:
    # Bold is asked: it holds no letter that the plain one lacks.
    face = font(32, bold=True)
    return bytes(face.getmask(letter)) != bytes(face.getmask(NO_LETTER))


def in_lines(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A text broken between words so that each line fits, if a word can."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def cut(text: str, face: ImageFont.FreeTypeFont, width: int) -> str:
    """A text in one line, its end left out where it is too long."""
    if face.getlength(text) <= width:
        return text
    while text and face.getlength(f"{text}…") > width:
        text = text[:-1].rstrip()
    return f"{text}…"

"""Whether two contents say the same, however it is written. No database.

A unit of the same length, spaces and punctuation are how something is written; every
letter, every digit and every link is what it says.
"""

import re
from collections.abc import Iterator
from typing import Any

from core.measures import Dimension, parse_measure
from history.diff.comparing import structured
from history.diff.shapes import Kind, Shape
from history.reverting.contents import Content

_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"""\b(?:href|id|linktype)\s*=\s*["'][^"']*["']""", re.IGNORECASE)
# Other signs say something: a question mark, a per cent, a degree.
_MARKS = re.compile(r"[\s.,;:!'\"“”‘’„()\[\]–—…-]+")
_ADDRESS = re.compile(r"\w+://|www\.|@")


def say_the_same(shape: Shape, one: Content, other: Content) -> bool:
    """Whether nothing but the writing differs between two contents of a shape."""
    first, second = (structured(shape, content) for content in (one, other))
    return all(
        _same(shape.part(name), first.get(name), second.get(name))
        for name in first.keys() | second.keys()
    )


def _same(shape: Shape, one: Any, other: Any) -> bool:
    if one == other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            _same(_part(shape, name, one), one[name], other[name]) for name in one
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(
            _same(shape, *pair) for pair in zip(one, other, strict=True)
        )
    if isinstance(one, str) and isinstance(other, str):
        return _written(shape, one) == _written(shape, other)
    return False


def _part(shape: Shape, name: str, value: dict[str, Any]) -> Shape:
    """The shape of a part of a row, a struct or a block of a story."""
    if shape.kind in (Kind.STREAM, Kind.LIST) and name == "value":
        return shape.part(str(value.get("type")))
    return shape.part(name)


def _written(shape: Shape, text: str) -> Any:
    match shape.kind:
        case Kind.MEASURE if shape.dimension:
            try:
                measure = parse_measure(text, Dimension(shape.dimension))
            except ValueError:
                return text
            return measure.si if measure is not None else None
        case Kind.RICH:
            return (list(_links(text)), _words(_TAG.sub(" ", text)))
        case Kind.TEXT if not _ADDRESS.search(text):
            return _words(text)
    return text


def _words(text: str) -> str:
    """The text without its marks; before a digit they make another number of it."""

    def kept(found: re.Match[str]) -> str:
        marks, rest = found[0].strip(), text[found.end() : found.end() + 1]
        is_within = text[: found.start()][-1:].isdigit()
        return (marks or ("," if is_within else "")) if rest.isdigit() else ""

    return _MARKS.sub(kept, text)


def _links(text: str) -> Iterator[tuple[str, ...]]:
    for tag in _TAG.findall(text):
        if found := _LINK.findall(tag):
            yield tuple(found)

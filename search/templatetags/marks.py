"""Texts with the words marked that somebody looked for."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from search.marking import Piece

register = template.Library()


@register.simple_tag
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The pieces of a text in one, those asked for marked."""
    return format_html_join("", "{}", ((_written(piece),) for piece in pieces))


@register.simple_tag
def marked_name(name: object, pieces: Iterable[Piece]) -> SafeString:
    """The pieces of a name row, in its own language and direction."""
    if language := getattr(name, "language", ""):
        return format_html('<bdi lang="{}">{}</bdi>', language, marked(pieces))
    return format_html("<bdi>{}</bdi>", marked(pieces))


def _written(piece: Piece) -> SafeString | str:
    return format_html("<mark>{}</mark>", piece.text) if piece.is_asked else piece.text

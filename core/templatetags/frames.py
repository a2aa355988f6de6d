"""The parts of a page that stand around its content."""

from typing import Any

from django import template
from django.template import Context, NodeList
from django.template.base import Parser, Token

from core.caching.fragments import PersonalPart, refused
from core.caching.frames import for_anybody, key_of, placed

register = template.Library()

# Paths may begin with anything; what is asked for often is back at once.
MOST_KEPT = 200


class FrameNode(template.Node):
    """A part of the frame, made once per process, section, units and language.

    It is kept here, in the template, so that a template that is read anew is made anew.
    """

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        self.kept: dict[tuple[str, ...], str] = {}

    def render(self, context: Context) -> str:
        key = key_of(context)
        if key is None:
            return self.nodelist.render(context)
        frame = self.kept.get(key)
        if frame is None:
            try:
                with context.push(**for_anybody(key[0])):
                    frame = self.nodelist.render(context)
            except PersonalPart as problem:
                refused("frame", problem)
                return self.nodelist.render(context)
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[key] = frame
        return placed(frame, context)


@register.tag
def frame(parser: Parser, token: Token) -> Any:
    """{% frame %} … {% endframe %}: nothing in it is of the page or of its reader."""
    nodelist = parser.parse(("endframe",))
    parser.delete_first_token()
    return FrameNode(nodelist)

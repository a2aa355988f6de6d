"""Two contents, or one, as HTML for readers."""

from typing import Any, TypeAlias

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from core.reader import units_of
from history.diff.building import Builder
from history.diff.comparing import diff, structured
from history.diff.references import filled
from history.diff.schema import schema_of
from history.diff.segments import View
from history.diff.shapes import Kind, Shape

# Part of the key of what is kept: raise it when the same contents look different.
RENDERER = 3

Content: TypeAlias = dict[str, Any]
LISTS = frozenset({Kind.STREAM, Kind.ROWS, Kind.TAGS, Kind.LINKS})


def render_comparison(
    model: Any, before: Content, after: Content, *, request: HttpRequest
) -> SafeString:
    """What differs between two contents of one page or snippet.

    Contents as history.reading gives them. Layout by `?view=`, units by the reader.
    Names and pictures in it are those everybody may see.
    """
    html = unfilled_comparison(
        model, before, after, view=view_of(request), units=units_of(request)
    )
    return filled(html, request)


def render_content(model: Any, content: Content, *, request: HttpRequest) -> SafeString:
    """The facts of one content in full, those that say anything."""
    shape = schema_of(model)
    nothing: Content = {}
    before, after = _alike(shape, nothing, content)
    builder = Builder(units_of(request), View.INLINE, is_plain=True)
    nodes, _ = builder.facts(shape, before, after, diff(shape, before, after))
    html = render_to_string("history/diff/content.html", {"nodes": nodes})
    return filled(html, request)


def unfilled_comparison(
    model: Any, before: Content, after: Content, *, view: View, units: str
) -> str:
    """A comparison that can be kept for ever: marks stand for what it names."""
    shape = schema_of(model)
    was, now = _alike(shape, before, after)
    builder = Builder(units, view)
    nodes, fold = builder.facts(shape, was, now, diff(shape, was, now))
    return render_to_string(
        "history/diff/comparison.html", {"nodes": nodes, "fold": fold, "view": view}
    )


def view_of(request: HttpRequest) -> View:
    """The layout asked for; AUTO for none and for one there is not."""
    asked = request.GET.get("view", "")
    return View(asked) if asked in set(View) else View.AUTO


def _alike(shape: Shape, before: Content, after: Content) -> tuple[Content, Content]:
    """Both contents with every list there, if empty: no list is no fact either."""
    was, now = structured(shape, before), structured(shape, after)
    for name, part in shape.parts.items():
        if part.kind in LISTS and (name in was or name in now):
            was[name] = was.get(name) or []
            now[name] = now.get(name) or []
    return was, now

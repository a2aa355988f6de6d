"""Two contents, or one, as HTML for readers."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from history.content import changed_facts
from history.facts import label_of


def render_comparison(
    model: Any, before: dict[str, Any], after: dict[str, Any], *, request: HttpRequest
) -> SafeString:
    """What differs between two contents of one page or snippet."""
    return _list(
        (label_of(model, fact), before.get(fact), after.get(fact))
        for fact in changed_facts(before, after)
    )


def render_content(
    model: Any, content: dict[str, Any], *, request: HttpRequest
) -> SafeString:
    """The facts of one content, all of them."""
    return _list((label_of(model, fact), "", content[fact]) for fact in sorted(content))


def _list(rows: Any) -> SafeString:
    lines = format_html_join(
        "", "<div><dt>{}</dt><dd><del>{}</del> <ins>{}</ins></dd></div>", rows
    )
    return format_html('<dl class="facts">{}</dl>', lines)

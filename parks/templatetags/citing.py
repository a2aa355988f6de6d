"""The numbers of sources beside the facts they say."""

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from parks.citing import Citation

register = template.Library()


@register.simple_tag
def cite(cited: Mapping[str, Sequence[Citation]] | None, fact: str) -> SafeString | str:
    """Links to the sources of a fact; nothing where none is named."""
    found = cited.get(fact) if cited else None
    if not found:
        return ""
    links = format_html_join(
        " ",
        '<a href="#source-{}" title="{}">{}</a>',
        ((c.number, c.words, c.number) for c in found),
    )
    return format_html(
        '<sup class="cites"><span class="sr-only">{} </span>{}</sup>',
        gettext("Source"),
        links,
    )

"""Who made a change and from which source, as far as everybody may know."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def setter(changeset: Any) -> str:
    """Who wrote it, and who published it when that was somebody else."""
    if changeset.author_hidden:
        return "name hidden"
    author, publisher = changeset.author, changeset.publisher
    name = str(author.display_name) if author is not None else "the wiki itself"
    if publisher is None or author is None or publisher.pk == author.pk:
        return name
    return f"{name}, published by {publisher.display_name}"


@register.simple_tag
def source_of(changeset: Any) -> SafeString | str:
    """The source given for a change, a link where it is a web address."""
    source = changeset.source
    if urlsplit(source).scheme in ("http", "https"):
        return format_html(
            '<a href="{}" rel="nofollow noopener">{}</a>', source, source
        )
    return source

"""Who made a change and from which source, as far as everybody may know."""

from typing import Any
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

register = template.Library()


HIDDEN = gettext_noop("name hidden")


@register.simple_tag
def setter(changeset: Any) -> str:
    """Who wrote it, and who published it when that was somebody else."""
    if changeset.author_hidden:
        return gettext(HIDDEN)
    author, publisher = changeset.author, changeset.publisher
    if author is not None and publisher is not None and publisher.pk != author.pk:
        return signature(author.display_name, publisher.display_name)
    return signature(author.display_name if author is not None else None, None)


def signature(author: str | None, publisher: str | None) -> str:
    """The same in names; `publisher` only when it was somebody else."""
    if author is None:
        return gettext("the wiki itself")
    return (
        gettext("%(author)s, published by %(publisher)s")
        % {"author": author, "publisher": publisher}
        if publisher is not None
        else author
    )


@register.simple_tag
def source_of(source: str) -> SafeString | str:
    """The source given for a change, a link where it is a web address."""
    if urlsplit(source).scheme in ("http", "https"):
        # What every address begins with tells nothing.
        shown = source.partition("://")[2].removeprefix("www.").rstrip("/")
        return format_html(
            '<a href="{}" rel="nofollow noopener">{}</a>', source, shown or source
        )
    return source

"""Marks beside facts that lead to who set them."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def origin(blame: str, path: str, *parts: Any, label: str = "") -> SafeString | str:
    """A mark that leads to who set a fact; nothing where `blame` is empty.

    `blame` is the address of the page's blame, `path` and `parts` make the path of
    the fact. With scripts the answer opens in a dialog on the page itself.
    """
    if not blame or any(part in (None, "") for part in parts):
        return ""
    fact = "/".join([path, *map(str, parts)])
    return format_html(
        '<a class="origin" href="{}"><span class="sr-only">{}</span></a>',
        f"{blame}?{urlencode({'fact': fact})}",
        _("Who set %(label)s?") % {"label": label or _("this")},
    )

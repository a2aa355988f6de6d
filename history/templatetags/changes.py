"""Small words the templates of history need."""

import re
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

_IN_HISTORY = re.compile(r"history/(\d+/)?$")
_VERSION = re.compile(r"\d+/$")


@register.filter
def of(homes: dict[int, str], entry: Any) -> str:
    """The history an entry belongs to."""
    return homes[entry.version.pk]


@register.filter
def diff_base(history: str) -> str:
    """Where the comparisons of an object begin, from the address of its history."""
    if _IN_HISTORY.search(history):
        return _IN_HISTORY.sub("", history)
    # Snippets: changes/of/<uuid>/, with or without a version.
    return _VERSION.sub("", history) if history.count("/") > 4 else history


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The control of a form field in the style of the site."""
    return field.as_widget(attrs={"class": "input"})

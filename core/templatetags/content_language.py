"""Says in which language the texts of the wiki are, where the interface has another."""

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def content_lang() -> SafeString | str:
    """A `lang` attribute for what editors wrote; nothing in the wiki's own language."""
    if get_language() == settings.LANGUAGE_CODE:
        return ""
    return format_html(' lang="{}"', settings.LANGUAGE_CODE)

"""Data inside script elements, which no text in it can leave."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Inside a script element only these could end it or open another one.
SCRIPT_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def data_script(name: str, data: Any) -> SafeString:
    """Data for a script of ours, which finds the element by its id."""
    return format_html(
        '<script type="application/json" id="{}">{}</script>', name, in_script(data)
    )


def in_script(data: Any) -> SafeString:
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return mark_safe(text.translate(SCRIPT_ESCAPES))  # noqa: S308 (nothing can end it)

"""Gives back what was typed where a form cannot be shown again."""

from typing import Any

from django import template
from django.template import Context

from core.sent import texts_sent

register = template.Library()


@register.inclusion_tag("components/sent_texts.html", takes_context=True)
def sent_texts(context: Context) -> dict[str, Any]:
    """The texts of the form that was sent; nothing where none was."""
    request = context.get("request")
    return {"texts": texts_sent(request) if request is not None else []}

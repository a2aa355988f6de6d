"""How stories are shown."""

from django import template

from wagtail.rich_text import RichText

from core.markup import cleaned

register = template.Library()


@register.filter
def as_editors_write(value: RichText | str) -> RichText:
    """A rich text without anything the editor's field would not have written."""
    return RichText(cleaned(value.source if isinstance(value, RichText) else value))

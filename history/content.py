"""What counts as a page's content, and its canonical text."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from wagtail.models import Page

from core.models import ContentPage

# Of the columns every Wagtail page has, these say something about the subject; the
# others say where the page stands, whether it is live and who is working on it.
PAGE_FACTS = frozenset(
    {"title", "slug", "seo_title", "search_description", "show_in_menus"}
)
# Rows get new keys when an old revision is republished; their uuid is what lasts.
ROW_KEYS = frozenset({"pk", "page", "content_object", "content_type", "sort_order"})
EDITORIAL_RELATIONS = frozenset({"wagtail_admin_comments", "comments"})


def content_of(page: ContentPage) -> dict[str, Any]:
    """The facts of a live page: what its live revision published.

    Reading the revision costs no query; walking the rows would cost one for each.
    """
    data = page.live_revision.content if page.live_revision else None
    return facts_in(type(page), data or page.serializable_data())


def facts_in(model: type[ContentPage], data: dict[str, Any]) -> dict[str, Any]:
    """The facts in a page's serialised data; the rest is left out."""
    left_out = {field.name for field in Page._meta.get_fields()} - PAGE_FACTS
    left_out |= {"pk", "page_ptr", *model.describes_change, *EDITORIAL_RELATIONS}
    return {
        name: _rows(value) if _is_rows(value) else value
        for name, value in data.items()
        if name not in left_out
    }


def canonical_text(content: dict[str, Any]) -> str:
    """The one text of a content: equal contents give equal texts."""
    return json.dumps(
        content,
        cls=DjangoJSONEncoder,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def fingerprint(text: str) -> str:
    """sha256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def changed_facts(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Names of the facts that differ, in alphabetical order."""
    return sorted(
        name
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    )


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, dict) and "pk" in row for row in value
    )


def _rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in row.items() if name not in ROW_KEYS}
        for row in rows
    ]

"""What counts as a page's content, and its canonical text."""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import DecimalField

from wagtail.fields import StreamField
from wagtail.models import Page

from core.models import ContentPage, VersionedSnippet
from core.rows import row_models

Versioned: TypeAlias = ContentPage | VersionedSnippet

# Of the columns every Wagtail page has, these say something about the subject; the
# others say where the page stands, whether it is live and who is working on it.
PAGE_FACTS = frozenset(
    {"title", "slug", "seo_title", "search_description", "show_in_menus"}
)
# Rows get new keys when an old revision is republished; their uuid is what lasts.
ROW_KEYS = frozenset({"pk", "page", "content_object", "content_type", "sort_order"})
# Stands in the CMS revision of a revert that is still a draft: the number of the
# changeset it undoes, or 0 for a return to an old version.
UNDOES = "undoes_change"
EDITORIAL_RELATIONS = frozenset({"wagtail_admin_comments", "comments"})


def content_of(page: Versioned) -> dict[str, Any]:
    """The facts of a live page or snippet: what its live revision published.

    Reading the revision costs no query; walking the rows would cost one for each.
    """
    data = page.live_revision.content if page.live_revision else None
    return facts_in(type(page), data or page.serializable_data())


def facts_in(model: type[Versioned], data: dict[str, Any]) -> dict[str, Any]:
    """The facts in the serialised data of a page or snippet, nothing else."""
    stock = Page if issubclass(model, Page) else VersionedSnippet
    left_out = {field.name for field in stock._meta.get_fields()} - PAGE_FACTS
    left_out |= {"pk", "page_ptr", UNDOES, *EDITORIAL_RELATIONS}
    left_out |= {*getattr(model, "describes_change", ())}
    kept = {name: value for name, value in data.items() if name not in left_out}
    rows = {
        name: [_as_stored(row_model, row) for row in kept[name]]
        for name, row_model in row_models(model).items()
        if _is_rows(kept.get(name))
    }
    return {
        name: _rows(value) if _is_rows(value) else value
        for name, value in {**_as_stored(model, kept), **rows}.items()
    }


def _as_stored(model: Any, data: dict[str, Any]) -> dict[str, Any]:
    """With decimal numbers written as the database will: 25000000 is 25000000.00.

    A page that was never read back carries them as they were typed. The keys of blocks
    stand in the order of the alphabet: PostgreSQL gives them back in one of its own.
    """
    stored = dict(data)
    for field in model._meta.concrete_fields:
        value = data.get(field.name)
        if isinstance(field, DecimalField) and value not in (None, ""):
            unit = Decimal(1).scaleb(-field.decimal_places)
            stored[field.name] = str(Decimal(str(value)).quantize(unit))
        elif isinstance(field, StreamField) and isinstance(value, str):
            stored[field.name] = _with_keys_in_order(value)
    return stored


def rewritten(model: type[Versioned], text: str) -> str:
    """A canonical text as it would be written today.

    Blocks of older ones have their keys in whatever order they came.
    """
    return canonical_text(_as_stored(model, json.loads(text)))


def _with_keys_in_order(blocks: str) -> str:
    try:
        return json.dumps(json.loads(blocks), sort_keys=True, cls=DjangoJSONEncoder)
    except ValueError:
        return blocks


def page_models() -> list[type[ContentPage]]:
    """Every kind of page that has a history."""
    return [model for model in apps.get_models() if issubclass(model, ContentPage)]


def snippet_models() -> list[type[VersionedSnippet]]:
    """Every kind of snippet that has a history."""
    return [model for model in apps.get_models() if issubclass(model, VersionedSnippet)]


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


def changed_paths(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Paths of what differs, as FactChange describes them, in alphabetical order.

    Rows are told apart by their uuid, StreamField blocks by their id.
    """
    paths: set[str] = set()
    for fact in changed_facts(before, after):
        paths.update(_paths_within(fact, before.get(fact), after.get(fact)))
    return sorted(paths)


def _paths_within(fact: str, before: Any, after: Any) -> Iterator[str]:
    known, now = _by_identity(before), _by_identity(after)
    if known is None or now is None:
        yield fact
        return
    for identity in known.keys() ^ now.keys():
        yield f"{fact}/{identity}"
    for identity in known.keys() & now.keys():
        was, became = known[identity], now[identity]
        if was == became:
            continue
        if {"type", "value"} <= became.keys():
            yield f"{fact}/{identity}"
        else:
            for name in changed_facts(was, became):
                yield f"{fact}/{identity}/{name}"
    kept = [identity for identity in known if identity in now]
    if kept != [identity for identity in now if identity in known]:
        yield fact


def _by_identity(value: Any) -> dict[str, dict[str, Any]] | None:
    """Rows by uuid or blocks by id, in their order; None when it is neither."""
    if isinstance(value, str):
        # A StreamField is stored as JSON text.
        if not value.startswith("["):
            return None
        try:
            value = json.loads(value)
        except ValueError:
            return None
    if value is None:
        return {}
    if not isinstance(value, list):
        return None
    found: dict[str, dict[str, Any]] = {}
    for part in value:
        if not isinstance(part, dict):
            return None
        identity = part.get("uuid") or part.get("id")
        if identity is None:
            return None
        found[str(identity)] = part
    return found


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, dict) and "pk" in row for row in value
    )


def _rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in row.items() if name not in ROW_KEYS}
        for row in rows
    ]

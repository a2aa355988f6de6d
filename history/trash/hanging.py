"""Rows that the database deletes with a page and that are no part of its content.

The areas of a park, redirects, view restrictions, group rights, comments, what an
import remembers: whatever points at the page and would go with it.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core import serializers
from django.db import IntegrityError, models, transaction

from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from core.models import VersionedSnippet
from history.content import EDITORIAL_RELATIONS
from history.models import TrashedPage
from history.recording import record_restored
from history.trash.revisions import give_revisions, newest_draft


def hanging_on(thing: models.Model) -> list[dict[str, Any]]:
    """What hangs on a page, ready to be kept; parents come before their rows."""
    return [_kept(row) for row in rows_hanging_on(thing)]


def rows_hanging_on(thing: models.Model) -> Iterator[models.Model]:
    """The rows themselves."""
    for relation in thing._meta.related_objects:
        if relation.on_delete is not models.CASCADE or _is_content(thing, relation):
            continue
        field = relation.field
        known = {field.name: getattr(thing, field.target_field.attname)}
        for row in relation.related_model._base_manager.filter(**known).order_by("pk"):
            yield row
            yield from rows_hanging_on(row)


def bring_back(kept: Iterable[dict[str, Any]]) -> list[str]:
    """Put rows back that hung on pages; returns words for what could not be.

    A row comes back under its old key. It is left out when something it names is gone
    or when another row has taken its place since.
    """
    left_out: list[str] = []
    for data in kept:
        draft, draft_by = data.get("draft"), data.get("draft_by")
        found = _found(data)
        row = found.object
        if not _save(row, found.m2m_data or {}):
            left_out.append(f"{row._meta.verbose_name} “{data['words']}”")
        elif isinstance(row, VersionedSnippet):
            if data["revised"]:
                give_revisions(row, draft=draft, draft_by=draft_by)
            record_restored(row)
    return left_out


def snippets_in_trash(
    page: TrashedPage, uuid: str
) -> Iterator[tuple[VersionedSnippet, dict[str, Any] | None]]:
    """The snippet with this uuid that went with a page, if it did, and its draft."""
    for data in page.hanging:
        if data["fields"].get("uuid") == uuid:
            yield _found(data).object, data.get("draft")


def _found(kept: dict[str, Any]) -> Any:
    plain = {name: kept[name] for name in ("model", "pk", "fields")}
    (found,) = serializers.deserialize("python", [plain], ignorenonexistent=True)
    return found


def _is_content(thing: models.Model, relation: Any) -> bool:
    """Whether the page itself, or a page's serialised data, brings these rows along."""
    if issubclass(relation.related_model, Page):
        return True
    if relation.get_accessor_name() in EDITORIAL_RELATIONS:
        return False
    return isinstance(thing, Page) and relation in get_all_child_relations(type(thing))


def _kept(row: models.Model) -> dict[str, Any]:
    (data,) = serializers.serialize("python", [row])
    data["words"] = str(row)
    if isinstance(row, VersionedSnippet):
        draft = newest_draft(row)
        data["revised"] = row.latest_revision_id is not None
        data["draft"] = draft.content if draft else None
        data["draft_by"] = draft.user_id if draft else None
    return data


def _save(row: Any, many: dict[str, Any]) -> bool:
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname)
        if not isinstance(field, models.ForeignKey) or key is None:
            continue
        target = field.remote_field.model._base_manager
        if not target.filter(**{field.target_field.name: key}).exists():
            if not field.null:
                return False
            setattr(row, field.attname, None)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            for name, keys in many.items():
                getattr(row, name).set(keys)
    except IntegrityError:
        return False
    return True

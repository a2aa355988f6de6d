"""What all rows of all tables say, to see that two ways lead to the same end."""

import json
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from django.apps import apps
from django.db import models, transaction

from wagtail.fields import StreamField
from wagtail.log_actions import LogContext

# Names of rows and of pages, and hashes of texts with such names.
NAMES = {
    *("id", "pk", "uuid", "page", "content_object", "object_id", "translation_key"),
    *("token", "revision_pk", "ride_id", "park_id", "content_path"),
}
HASHES = {"sha256", "digest", "seal"}
# How long it took, and how long a title is beside all that had been indexed by then.
OF_THE_MOMENT = {"duration_ms", "title_norm"}
# Whatever a stored draft says of these, a page keeps what its row says.
OF_THE_ROW = {
    *("live", "latest_revision", "live_revision", "latest_revision_created_at"),
    *("first_published_at", "last_published_at"),
}


def everything(*, apart: Collection[str] = ()) -> dict[str, "Counter[str]"]:
    """What all rows of all tables say, and how often. Those `apart` are left out."""
    return {
        known._meta.label: Counter(map(_told, known._base_manager.all()))
        for known in apps.get_models()
        if known._meta.label not in apart
    }


def left_by(
    deed: Callable[[], object], *, apart: Collection[str] = ()
) -> dict[str, list[str]]:
    """The rows that a deed adds or changes, as they are then. It is undone again."""
    before = everything(apart=apart)
    # As in a request, for which the log has one name.
    with transaction.atomic(), LogContext():
        deed()
        after = everything(apart=apart)
        transaction.set_rollback(True)
    left = {name: sorted((after[name] - before[name]).elements()) for name in after}
    return {name: rows for name, rows in left.items() if rows}


def _told(row: models.Model) -> str:
    return str(
        {
            field.name: _value(field, field.value_from_object(row))
            for field in row._meta.concrete_fields
            if field.name not in HASHES | OF_THE_MOMENT
        }
    )


def _value(field: Any, value: Any) -> Any:
    key = field.primary_key or field.is_relation or isinstance(field, models.UUIDField)
    if key or field.name in NAMES:
        return bool(value)
    if isinstance(field, StreamField):
        value = field.get_prep_value(value)
    return _content(value)


def _content(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: bool(known) if name in NAMES else _content(known)
            for name, known in value.items()
            if name not in OF_THE_ROW
        }
    if isinstance(value, list):
        return [_content(known) for known in value]
    if isinstance(value, str) and value.startswith(("{", "[{")):
        return _content(json.loads(value))
    return value

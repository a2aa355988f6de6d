"""Stored content may point at what has been deleted since."""

from collections.abc import Mapping
from typing import Any

from django.db import models


def lost_references(model: type[models.Model], data: Mapping[str, Any]) -> list[str]:
    """Names of protected foreign keys in serialised data whose target is gone.

    A draft protects nothing, so a company that only a draft credits can be deleted;
    reading the draft back then fails for good in the library that does it.
    """
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete in (models.PROTECT, models.RESTRICT)
        and data.get(field.name) is not None
        and not _exists(field, data[field.name])
    ]


def _exists(field: Any, key: Any) -> bool:
    target = field.remote_field.model._default_manager
    return bool(target.filter(**{field.target_field.name: key}).exists())

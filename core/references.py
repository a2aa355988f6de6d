"""Stored content may point at what has been deleted since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from modelcluster.fields import ParentalKey
from wagtail.models import Revision

from core.rows import row_models

Data = Mapping[str, Any]
_KEPT = (models.PROTECT, models.RESTRICT)


def lost_references(model: type[models.Model], data: Data) -> list[str]:
    """Names of protected foreign keys in serialised data whose target is gone.

    A draft protects nothing, so a company that only a draft credits can be deleted;
    reading the draft back then fails for good in the library that does it.
    """
    return [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete in _KEPT
        and data.get(field.name) is not None
        and not _exists(field, data[field.name])
    ]


def _exists(field: Any, key: Any) -> bool:
    target = field.remote_field.model._default_manager
    return bool(target.filter(**{field.target_field.name: key}).exists())


class KnownTargets:
    """What many stored contents point at, read together: one query for each model.

    What is asked for and was not read with the others is read then.
    """

    def __init__(self, contents: Iterable[tuple[Any, Data]]) -> None:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for model, data in contents:
            for field, key in _links_in(model, data):
                wanted[field.remote_field.model].add(key)
        self._known: dict[Any, dict[Any, Any]] = {
            target: _read(target, keys) for target, keys in wanted.items()
        }

    def find(self, field: Any, key: Any) -> Any:
        """The object a link of this field would lead to; None if it is gone."""
        target = field.remote_field.model
        known = self._known.setdefault(target, {})
        key = field.target_field.to_python(key)
        if key not in known:
            known[key] = _read(target, {key})[key]
        return known[key]

    def sound(self, model: Any, data: Data) -> dict[str, Any]:
        """The data of a page without what it names and is gone, as the library has it.

        A link that must not be empty takes its row along.
        """
        relations = row_models(model)
        told = {**data, **dict.fromkeys(self._lost(model, data))}
        for name, row_model in relations.items():
            if isinstance(rows := data.get(name), list):
                told[name] = [
                    {**row, **dict.fromkeys(self._lost(row_model, row))}
                    for row in rows
                    if not self._is_lost_with(row_model, row)
                ]
        return told

    def attach(self, thing: models.Model) -> None:
        """Give an object in memory what its links lead to, so that nobody asks."""
        for field in links_of(type(thing)):
            key = getattr(thing, field.attname)
            if key is not None and field.remote_field.model is not Revision:
                field.set_cached_value(thing, self.find(field, key))

    def _lost(self, model: Any, data: Data) -> list[str]:
        return [
            field.name
            for field in links_of(model)
            if field.remote_field.on_delete is not models.DO_NOTHING
            and data.get(field.name) is not None
            and self.find(field, data[field.name]) is None
        ]

    def _is_lost_with(self, row_model: Any, row: Data) -> bool:
        fatal = (models.CASCADE, *_KEPT)
        lost = self._lost(row_model, row)
        return any(
            field.remote_field.on_delete in fatal
            for field in links_of(row_model)
            if field.name in lost
        )


@cache
def links_of(model: Any) -> tuple[Any, ...]:
    """The foreign keys of a model that content may name something by."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and not isinstance(field, ParentalKey)
        and not field.remote_field.parent_link
    )


def _links_in(model: Any, data: Data) -> Iterator[tuple[Any, Any]]:
    sides = [(model, data)]
    for name, row_model in row_models(model).items():
        rows = data.get(name)
        if isinstance(rows, list):
            sides += [(row_model, row) for row in rows if isinstance(row, dict)]
    for side, values in sides:
        for field in links_of(side):
            if values.get(field.name) is None:
                continue
            with suppress(ValidationError):  # told by whoever makes a draft of it
                yield field, field.target_field.to_python(values[field.name])


def _read(target: Any, keys: set[Any]) -> dict[Any, Any]:
    found = target._default_manager.filter(pk__in=keys)
    if target is Revision:
        # Only whether they are there matters; their texts are long.
        found = found.defer("content")
    return {**dict.fromkeys(keys), **{one.pk: one for one in found}}


_known: ContextVar[KnownTargets | None] = ContextVar("known_targets", default=None)


@contextmanager
def reading_together(contents: Iterable[tuple[Any, Data]]) -> Iterator[None]:
    """Read what these contents point at once, for all drafts made of them inside.

    Nested blocks share what the outer one has read.
    """
    if _known.get() is not None:
        yield
        return
    token = _known.set(KnownTargets(contents))
    try:
        yield
    finally:
        _known.reset(token)


def known_targets() -> KnownTargets | None:
    """What was read for all, inside of `reading_together`."""
    return _known.get()

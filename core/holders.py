"""What a page is named by: facts elsewhere that would change if it were deleted."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from modelcluster.fields import ParentalKey
from wagtail.models import Page

from core.models import ContentPage, VersionedRow, VersionedSnippet
from core.refusals import StillInUse

FACTS = (ContentPage, VersionedRow, VersionedSnippet)


def refuse_if_named_elsewhere(going: Iterable[models.Model]) -> None:
    """Raise StillInUse if a fact that stays behind names something that goes.

    The database itself keeps what is named by protected keys. The others it would
    empty without a word, and a published fact would have changed outside its history.
    """
    going = list(going)
    leaving = {(_root(type(thing)), thing.pk) for thing in going}
    holders = [
        holder
        for model in {type(thing) for thing in going}
        for relation in model._meta.related_objects
        if relation.on_delete is models.SET_NULL
        and issubclass(relation.related_model, FACTS)
        for holder in _naming(relation, [t.pk for t in going if type(t) is model])
        if not _identities(holder) & leaving
    ]
    if holders:
        raise StillInUse(holders)


def _naming(relation: Any, keys: list[Any]) -> Any:
    named = {f"{relation.field.name}__in": keys}
    return relation.related_model._default_manager.filter(**named)


def _identities(holder: Any) -> set[tuple[type[models.Model], Any]]:
    """What a holder goes with: a page or snippet with itself, a row with its page."""
    known = {(_root(type(holder)), holder.pk)}
    for field in holder._meta.concrete_fields:
        if isinstance(field, ParentalKey):
            known.add((_root(field.related_model), getattr(holder, field.attname)))
    return known


def _root(model: type[models.Model]) -> type[models.Model]:
    return Page if issubclass(model, Page) else model

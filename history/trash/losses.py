"""What a page in the trash names and what of it is gone by now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from history.content import facts_in
from history.facts import label_of
from history.models import TrashedPage


@dataclass(frozen=True, slots=True)
class _Mention:
    """A fact of a page in the trash that names an object by its key."""

    page: str
    fact: str
    model: type[models.Model]
    key: Any


def lost_mentions(trashed: Iterable[TrashedPage]) -> list[str]:
    """In words, each thing the pages name that no longer is there to be named.

    What comes back with them counts as being there. One query for each kind of thing.
    """
    trashed = list(trashed)
    mentions = [mention for page in trashed for mention in _mentions(page)]
    asked: dict[type[models.Model], set[Any]] = defaultdict(set)
    for mention in mentions:
        asked[mention.model].add(mention.key)
    there = _coming_back(trashed)
    for model, keys in asked.items():
        found = model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)
        there |= {(_root(model), pk) for pk in found}
    lost = [m for m in mentions if (_root(m.model), m.key) not in there]
    titles = _titles([m.key for m in lost if issubclass(m.model, Page)])
    return list(dict.fromkeys(_words(mention, titles) for mention in lost))


def _mentions(trashed: TrashedPage) -> Iterator[_Mention]:
    model: Any = trashed.content_type.model_class()
    rows = {
        relation.get_accessor_name(): relation.related_model
        for relation in get_all_child_relations(model)
    }
    facts = facts_in(model, trashed.content)
    for fact, value in facts.items():
        if fact in rows:
            named = [pair for row in value for pair in _named_in(rows[fact], row)]
        else:
            named = list(_named_in(model, {fact: value}))
        for target, key in named:
            yield _Mention(trashed.title, label_of(model, fact), target, key)


def _named_in(
    model: type[models.Model], data: dict[str, Any]
) -> Iterator[tuple[type[models.Model], Any]]:
    for field in model._meta.concrete_fields:
        key = data.get(field.name)
        if isinstance(field, models.ForeignKey) and key is not None:
            target: Any = field.related_model
            yield target, target._meta.pk.to_python(key)


def _coming_back(trashed: list[TrashedPage]) -> set[tuple[Any, Any]]:
    there: set[tuple[Any, Any]] = {(Page, page.page_pk) for page in trashed}
    for page in trashed:
        there |= {(row["model"], row["pk"]) for row in page.hanging}
    return there


def _root(model: type[models.Model]) -> Any:
    return Page if issubclass(model, Page) else model._meta.label_lower


def _titles(keys: list[Any]) -> dict[int, str]:
    known = TrashedPage.objects.filter(page_pk__in=keys).order_by("pk")
    return dict(known.values_list("page_pk", "title"))


def _words(mention: _Mention, titles: dict[int, str]) -> str:
    kind = mention.model._meta.verbose_name
    name = titles.get(mention.key)
    gone = f"{kind} “{name}”" if name else f"{kind} no. {mention.key}"
    return f"{mention.page}, {mention.fact}: {gone}"

"""Which facts of a model make sense together only.

A model says so itself (`coupled_facts`), and its check constraints say so: a rule that
names two facts holds for the two of them, not for one from each of two editors.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import CheckConstraint, Q


def coupled_facts(model: Any, known: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of facts, among those known, that a merge never mixes; none overlap."""
    declared = [*getattr(model, "coupled_facts", ()), *_ruled_together(model)]
    groups: list[list[str]] = []
    for names in declared:
        group = [name for name in names if name in known]
        for other in [other for other in groups if not set(other).isdisjoint(group)]:
            groups.remove(other)
            group = [*other, *(name for name in group if name not in other)]
        if group:
            groups.append(group)
    return tuple(tuple(group) for group in groups)


def _ruled_together(model: Any) -> Iterator[list[str]]:
    for rule in model._meta.constraints:
        if isinstance(rule, CheckConstraint):
            names = list(dict.fromkeys(_named_in(rule.condition)))
            if len(names) > 1:
                yield names


def _named_in(condition: Any) -> Iterator[str]:
    if isinstance(condition, Q):
        for child in condition.children:
            yield from _named_in(child)
    elif isinstance(condition, tuple):
        lookup, value = condition
        yield lookup.partition("__")[0]
        # An F expression names the other fact.
        if name := getattr(value, "name", ""):
            yield str(name).partition("__")[0]

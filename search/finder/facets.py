"""What a facet is: a parameter of the finder's address and the column it is about.

Which facets there are stands in offered.py.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from core.wording import Words
from search.finder.ranges import Scale

UNKNOWN = "unknown"
Choices: TypeAlias = Iterable[tuple[str, Words]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A parameter, the words for it, and the column it is about."""

    key: str
    label: Words
    column: str
    has_unknown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacet(Facet):
    """One or more values out of a fixed list.

    `turn` makes codes of what the column holds; `many` says that it holds lists.
    """

    choices: Callable[[], Choices]
    turn: Mapping[Any, str] | None = None
    many: bool = False
    is_long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedFacet(Facet):
    """One or more things of the wiki; addresses name them by `slug` or `pk`."""

    model: str
    named_by: str = "slug"
    many: bool = False
    plural: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFacet(Facet):
    """A range of a figure."""

    scales: tuple[Scale, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFacet(Facet):
    """A range of dates over the columns `<column>_lower` and `<column>_upper`.

    Only of rides with one of `of_statuses` a date is missed, if any are named.
    """

    of_statuses: frozenset[str] = frozenset()


RangeFacet: TypeAlias = FigureFacet | DateFacet


@dataclass(frozen=True, slots=True)
class Group:
    """Facets under one heading."""

    key: str
    label: Words
    facets: tuple[Facet, ...] = field(default_factory=tuple)

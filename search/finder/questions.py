"""What a reader asks of the finder, and the one address that asks it.

Pure: a question knows texts, not pages. The same choice always has the same address,
which names units and leaves out what is not asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from search.finder.facets import UNKNOWN, Facet, RangeFacet
from search.finder.offered import FACETS
from search.finder.ranges import Span
from search.finder.years import Years

Range: TypeAlias = Span | Years

SORTS = {
    "": _("Name"),
    "tallest": _("Tallest first"),
    "fastest": _("Fastest first"),
    "longest": _("Longest first"),
    "inversions": _("Most inversions first"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
}
VIEWS = {"": _("Table"), "cards": _("Cards"), "map": _("Map")}
CERTAIN = "certain"


@dataclass(frozen=True, slots=True)
class Question:
    """Rides for which all of this holds, and how they are to be shown.

    `problems` say by facet what is wrong with a range; `typed` keeps what was typed
    into its fields. A facet with a problem narrows nothing. `more` is the facet whose
    values are all listed, as far as they hold `within`.
    """

    words: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    certain: bool = False
    sort: str = ""
    view: str = ""
    page: int = 1
    more: str = ""
    within: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.values or self.ranges)

    @property
    def asks_for_dates(self) -> bool:
        return any(isinstance(asked, Years) for asked in self.ranges.values())

    def chosen(self, key: str) -> tuple[str, ...]:
        """The values of a facet, "unknown" among them; a range is none of these."""
        return self.values.get(key, ())

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of its address, always in the same order."""
        found = [("q", self.words)]
        for key in FACETS:
            asked = self.ranges.get(key)
            texts = [asked.text] if asked else []
            found.append((key, ",".join([*texts, *self.chosen(key)])))
        certain = CERTAIN if self.certain and self.asks_for_dates else ""
        found += [("dates", certain), ("sort", self.sort), ("view", self.view)]
        found.append(("page", str(self.page) if self.page > 1 else ""))
        found += [("more", self.more), ("within", self.within if self.more else "")]
        return [(name, value) for name, value in found if value]

    @property
    def query(self) -> str:
        """Its address from the question mark on; empty when nothing is asked."""
        pairs = self.pairs()
        return f"?{urlencode(pairs, safe=',:/')}" if pairs else ""

    def showing(self, view: str) -> "Question":
        """The same rides in another view."""
        return replace(self, view=view, page=1)

    def certainly(self, certain: bool) -> "Question":
        """With or without rides whose dates only possibly lie inside."""
        return replace(self, certain=certain, page=1)

    def listing(self, key: str) -> "Question":
        """With all values of this facet listed."""
        return replace(self, more=key, within="")

    def with_value(self, facet: Facet, value: str) -> "Question":
        chosen = self.chosen(facet.key)
        values = chosen if value in chosen else in_order(facet, (*chosen, value))
        return replace(self, values={**self.values, facet.key: values}, page=1)

    def without_value(self, facet: Facet, value: str) -> "Question":
        left = tuple(other for other in self.chosen(facet.key) if other != value)
        kept = {k: v for k, v in self.values.items() if k != facet.key}
        return replace(self, values=kept | ({facet.key: left} if left else {}), page=1)

    def with_range(self, facet: RangeFacet, asked: Range) -> "Question":
        """With this range in place of what the facet was narrowed down to."""
        values = {k: v for k, v in self.values.items() if k != facet.key}
        ranges = {**self.ranges, facet.key: asked}
        return replace(self, values=values, ranges=ranges, page=1)

    def without_range(self, facet: Facet) -> "Question":
        ranges = {k: v for k, v in self.ranges.items() if k != facet.key}
        return replace(self, ranges=ranges, page=1)

    def without_words(self) -> "Question":
        return replace(self, words="", page=1)

    def everything(self) -> "Question":
        """All rides, shown in the same way."""
        return Question(sort=self.sort, view=self.view)


def in_order(facet: Facet, values: tuple[str, ...]) -> tuple[str, ...]:
    """Values in the order of the facet's list, names by the alphabet; unknown last."""
    choices = getattr(facet, "choices", None)
    listed = [code for code, _ in choices()] if choices else []

    def place(value: str) -> tuple[bool, int, str]:
        rank = listed.index(value) if value in listed else len(listed)
        # In a list of statuses "unknown" has a place of its own.
        return (value == UNKNOWN and value not in listed, rank, value)

    return tuple(sorted(set(values), key=place))

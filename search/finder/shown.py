"""The facets as a page shows them: what can be chosen, and what it would give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.measures import System
from core.wording import Words
from search.finder.catalogue import Counts, Found
from search.finder.facets import (
    UNKNOWN,
    DateFacet,
    Facet,
    FigureFacet,
    ListFacet,
    NamedFacet,
)
from search.finder.names import Name
from search.finder.offered import CATEGORY, FACETS, GROUPS
from search.finder.questions import Question, Range
from search.finder.ranges import Scale, Span, offered_in, scale_for
from search.finder.years import Years, decades

# Values a long facet shows at first, and at most. A few more are looked up than shown:
# what is not public any more has no name.
FIRST_SHOWN = 8
MOST_SHOWN = 200
SPARE = 4
NOT_RECORDED = _("Not recorded")


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose, with the number of rides it would give or add."""

    value: str
    label: Words
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A range to choose with one click."""

    label: Words
    count: int
    query: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Fields:
    """Where a range is typed: what stands in the two fields and in which unit."""

    low: str
    high: str
    suffix: str
    symbol: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet with all a page shows of it."""

    key: str
    label: Words
    options: list[Option] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    fields: Fields | None = None
    is_dates: bool = False
    plural: Words = ""
    more: str = ""
    is_listing: bool = False
    within: str = ""
    left_out: int = 0
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Facets under one heading, and how many things are chosen there."""

    key: str
    label: Words
    facets: list[ShownFacet]

    @property
    def chosen(self) -> int:
        return sum(facet.chosen for facet in self.facets)

    @property
    def is_open(self) -> bool:
        return self.chosen > 0 or any(
            facet.is_listing or (facet.fields and facet.fields.problem)
            for facet in self.facets
        )


class Shower:
    """Makes what a page shows of facets, for one question and its answer."""

    def __init__(
        self, question: Question, found: Found, *, system: System, today: date
    ) -> None:
        self.question, self.found = question, found
        self.system, self.today = system, today
        self._counts: dict[str, Counts] = {}

    def codes_to_name(
        self, keys: Mapping[str, Mapping[str, int]]
    ) -> dict[str, list[int]]:
        """By facet the codes whose names the page needs, those chosen included."""
        needed: dict[str, list[int]] = {}
        for facet in FACETS.values():
            if isinstance(facet, NamedFacet):
                most = MOST_SHOWN if self.is_listing(facet) else FIRST_SHOWN + SPARE
                chosen = keys.get(facet.key, {}).values()
                needed[facet.key] = [*chosen, *self._most_frequent(facet)[:most]]
        return needed

    def codes_within(self, facet: NamedFacet) -> list[int]:
        """The codes of a facet that have rides, most rides first."""
        return self._most_frequent(facet)

    def is_listing(self, facet: Facet) -> bool:
        return self.question.more == facet.key

    def pills(self) -> ShownFacet:
        """The facet that stands before the groups."""
        return self._listed(CATEGORY)

    def groups(self, names: Mapping[str, Mapping[int, Name]]) -> list[ShownGroup]:
        return [
            ShownGroup(
                group.key,
                group.label,
                [self._facet(facet, names) for facet in group.facets],
            )
            for group in GROUPS
        ]

    def _facet(
        self, facet: Facet, names: Mapping[str, Mapping[int, Name]]
    ) -> ShownFacet:
        match facet:
            case FigureFacet():
                return self._figures(facet)
            case DateFacet():
                return self._dates(facet)
            case NamedFacet():
                return self._named(facet, names.get(facet.key, {}))
            case ListFacet():
                return self._listed(facet)
        raise TypeError(facet)

    def _listed(self, facet: ListFacet) -> ShownFacet:
        counts = self._count(facet)
        chosen = self.question.chosen(facet.key)
        options = [
            Option(code, label, counts.get(code, 0), code in chosen)
            for code, label in facet.choices()
            if counts.get(code) or code in chosen
        ]
        if not facet.is_long:
            return self._shown(facet, [*options, *self._unknown(facet)])
        if self.is_listing(facet) and (text := self.question.within.casefold()):
            options = [o for o in options if o.is_chosen or text in o.label.casefold()]
        elif not self.is_listing(facet):
            options.sort(key=lambda option: (not option.is_chosen, -option.count))
        return self._cut(facet, options, "countries")

    def _named(self, facet: NamedFacet, names: Mapping[int, Name]) -> ShownFacet:
        counts = self._count(facet)
        chosen = self.question.chosen(facet.key)
        options = [
            Option(name.value, name.label, counts.get(code, 0), name.value in chosen)
            for code, name in names.items()
            if counts.get(code) or name.value in chosen
        ]
        known = {option.value for option in options}
        options += [
            Option(value, value, 0, True)
            for value in chosen
            if value not in known and value != UNKNOWN
        ]
        options.sort(key=lambda o: (not o.is_chosen, -o.count, o.label.casefold()))
        return self._cut(facet, options, facet.plural)

    def _cut(self, facet: Facet, options: list[Option], plural: Words) -> ShownFacet:
        """A long facet with its first options, and the way to the others."""
        most = MOST_SHOWN if self.is_listing(facet) else FIRST_SHOWN
        chosen = sum(option.is_chosen for option in options)
        shown = options[: max(most, chosen)]
        number = len([code for code in self._count(facet) if code is not None])
        has_more = number > len(shown) and not self.is_listing(facet)
        more = self.question.listing(facet.key).query if has_more else ""
        return self._shown(
            facet,
            [*shown, *self._unknown(facet)],
            plural=plural,
            more=more,
            left_out=len(options) - len(shown) if self.is_listing(facet) else 0,
        )

    def _figures(self, facet: FigureFacet) -> ShownFacet:
        asked = self.question.ranges.get(facet.key)
        scale = (
            asked.scale
            if isinstance(asked, Span)
            else scale_for(facet.scales, self.system)
        )
        return self._shown(
            facet,
            self._unknown(facet),
            offers=self._offers(facet, offered_in(scale)),
            fields=self._fields(facet, asked, scale),
        )

    def _dates(self, facet: DateFacet) -> ShownFacet:
        asked = self.question.ranges.get(facet.key)
        newest_first = list(decades(today=self.today))[::-1]
        return self._shown(
            facet,
            self._unknown(facet),
            offers=self._offers(facet, newest_first),
            fields=self._fields(facet, asked, None),
            is_dates=True,
        )

    def _offers(self, facet: Any, offered: Iterable[Range]) -> list[Offer]:
        asked = self.question.ranges.get(facet.key)
        offers = []
        for one in offered:
            is_chosen = asked is not None and asked.text == one.text
            count = self._in_range(facet, one, certain=self.question.certain)
            # "Before 1907" may be any decade before, which is no reason to offer each.
            is_worth_it = count and self._in_range(facet, one, certain=True)
            to = (
                self.question.without_range(facet)
                if is_chosen
                else self.question.with_range(facet, one)
            )
            if is_worth_it or is_chosen:
                offers.append(Offer(one.words, count, to.query, is_chosen))
        return offers

    def _in_range(self, facet: Any, one: Range, *, certain: bool) -> int:
        return self.found.count_range(facet, one.bounds(), certain=certain)

    def _fields(self, facet: Facet, asked: Range | None, scale: Scale | None) -> Fields:
        typed = self.question.typed
        low, high = ends_of(asked)
        return Fields(
            low=typed.get(f"{facet.key}_min", low),
            high=typed.get(f"{facet.key}_max", high),
            suffix=scale.suffix if scale else "",
            symbol=scale.symbol if scale else "",
            problem=self.question.problems.get(facet.key, ""),
        )

    def _unknown(self, facet: Facet) -> list[Option]:
        if not facet.has_unknown:
            return []
        is_chosen = UNKNOWN in self.question.chosen(facet.key)
        count = self.found.count_unknown(facet)
        if not (count or is_chosen):
            return []
        return [Option(UNKNOWN, NOT_RECORDED, count, is_chosen)]

    def _shown(self, facet: Facet, options: list[Option], **more: Any) -> ShownFacet:
        asked = facet.key in self.question.ranges
        return ShownFacet(
            facet.key,
            facet.label,
            options,
            is_listing=self.is_listing(facet),
            within=self.question.within if self.is_listing(facet) else "",
            chosen=len(self.question.chosen(facet.key)) + asked,
            **more,
        )

    def _count(self, facet: Facet) -> Counts:
        if facet.key not in self._counts:
            self._counts[facet.key] = self.found.counts(facet.key)
        return self._counts[facet.key]

    def _most_frequent(self, facet: NamedFacet) -> list[int]:
        counts = self._count(facet)
        known: list[Any] = [code for code in counts if code is not None]
        return sorted(known, key=lambda code: (-counts[code], code))


def ends_of(asked: Range | None) -> tuple[str, str]:
    """What stands in the two fields of a range."""
    match asked:
        case Span():
            low, high = asked.low, asked.high
            return _number(low), _number(high)
        case Years():
            first, last = asked.first, asked.last
            return first.display() if first else "", last.display() if last else ""
    return "", ""


def _number(number: Any) -> str:
    return "" if number is None else f"{number.normalize():f}"

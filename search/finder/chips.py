"""What is chosen, in words, each with the address of the question without it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.measures import NO_BREAK_SPACE, System
from core.wording import Words, grouped, in_a_sentence
from search.finder.facets import UNKNOWN, Facet, FigureFacet, ListFacet
from search.finder.names import Name
from search.finder.offered import FACETS
from search.finder.questions import Question
from search.finder.ranges import Scale, Span, scale_for
from search.finder.shown import NOT_RECORDED


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is chosen. `note` says the same in the reader's own units."""

    facet: Words
    words: Words
    query: str
    note: str = ""


def chips_of(
    question: Question, names: Mapping[str, Mapping[int, Name]], system: System
) -> list[Chip]:
    """Everything that narrows the result down, in the order of the facets."""
    chips = []
    if question.words:
        chips.append(Chip(_("Name"), question.words, question.without_words().query))
    for facet in FACETS.values():
        if asked := question.ranges.get(facet.key):
            query = question.without_range(facet).query
            note = in_own_units(facet, asked, system) if isinstance(asked, Span) else ""
            chips.append(Chip(facet.label, asked.words, query, note))
        labels = _labels(facet, names)
        for value in question.chosen(facet.key):
            query = question.without_value(facet, value).query
            chips.append(Chip(facet.label, labels.get(value, value), query))
    return chips


def in_own_units(facet: Facet, asked: Span, system: System) -> str:
    """A range in the reader's units, rounded; empty where it is in them already."""
    if not isinstance(facet, FigureFacet):
        return ""
    scale = scale_for(facet.scales, system)
    if scale == asked.scale:
        return ""
    low = _converted(asked, asked.low, scale)
    high = _converted(asked, asked.high, scale)
    ends = f"{low}–{high}" if low and high and low != high else low or high
    return _("about %(measure)s") % {"measure": f"{ends}{NO_BREAK_SPACE}{scale.symbol}"}


def _converted(asked: Span, number: object, scale: Scale) -> str:
    if number is None:
        return ""
    return grouped(round(float(str(number)) * float(asked.scale.size / scale.size)))


def _labels(facet: Facet, names: Mapping[str, Mapping[int, Name]]) -> dict[str, Words]:
    labels: dict[str, Words] = (
        {UNKNOWN: in_a_sentence(NOT_RECORDED)} if facet.has_unknown else {}
    )
    if isinstance(facet, ListFacet):
        return labels | dict(facet.choices())
    known = names.get(facet.key, {})
    return labels | {name.value: name.label for name in known.values()}

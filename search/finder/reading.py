"""Reading a question out of an address. Whatever is no question gets a clear refusal.

Decided: a parameter or value that was never offered is refused by name, since a link
that is silently read as "everything" misleads. Parameters that other sites hang on to
shared links are dropped. A slug that names no page is left to names.py, because pages
go and come back.
"""

import re
from collections.abc import Collection, Iterable
from datetime import date

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext

from core.measures import System
from search.finder.facets import (
    UNKNOWN,
    DateFacet,
    Facet,
    FigureFacet,
    ListFacet,
    NamedFacet,
)
from search.finder.offered import FACETS
from search.finder.questions import CERTAIN, SORTS, VIEWS, Question, Range, in_order
from search.finder.ranges import (
    GAP,
    InvalidRange,
    read_span,
    span_between,
)
from search.finder.years import read_years, years_between

LONGEST_QUERY = 4000
LONGEST_WORDS = 200
LONGEST_SHOWN = 60
MOST_VALUES = 100
LONGEST_PAGE_NUMBER = 6
# Facets with more values than a list shows at first.
LONG = {"": ""} | {
    facet.key: facet.label
    for facet in FACETS.values()
    if isinstance(facet, NamedFacet) or getattr(facet, "is_long", False)
}
ENDS = ("min", "max", "unit")
# Put on shared links by mailers and networks; they ask nothing.
TRACKERS = re.compile(r"utm_\w+|(?:fb|g|ms|dcl|tt)clid|mc_[ce]id|igshid|ref")

_SLUG = re.compile(r"[\w-]{1,255}")
_KEY = re.compile(r"[1-9]\d{0,17}", re.ASCII)


def read_question(params: QueryDict, *, system: System, today: date) -> Question:
    """The question in the parameters of an address. Raises BadRequest.

    `system` is what numbers without a unit are in. A range that cannot be read is no
    bad request but a problem beside its field.
    """
    _check_size(params)
    _check_names(params)
    reader = _Reader(params, system, today)
    for facet in FACETS.values():
        reader.read(facet)
    if sum(map(len, reader.values.values())) > MOST_VALUES:
        raise BadRequest(
            gettext("Choose at most %(most_values)s things at once.")
            % {"most_values": MOST_VALUES}
        )
    return Question(
        words=_text(params, "q", gettext("Name")),
        values=reader.values,
        ranges=reader.ranges,
        certain=_one_of(params, "dates", {"": "", CERTAIN: ""}) == CERTAIN,
        sort=_one_of(params, "sort", SORTS),
        view=_one_of(params, "view", VIEWS),
        page=_page(params),
        more=_one_of(params, "more", LONG),
        within=_text(params, "within", gettext("Find among them")),
        problems=reader.problems,
        typed=reader.typed,
    )


def is_canonical(params: QueryDict, question: Question) -> bool:
    """Whether an address asks as the question itself would."""
    return [(k, v) for k, vs in params.lists() for v in vs] == question.pairs()


class _Reader:
    """Takes facet after facet out of the parameters."""

    def __init__(self, params: QueryDict, system: System, today: date) -> None:
        self.params, self.system, self.today = params, system, today
        self.values: dict[str, tuple[str, ...]] = {}
        self.ranges: dict[str, Range] = {}
        self.problems: dict[str, str] = {}
        self.typed: dict[str, str] = {}

    def read(self, facet: Facet) -> None:
        values = _values(self.params.getlist(facet.key))
        if isinstance(facet, FigureFacet | DateFacet):
            values = self._take_range(facet, values)
        for value in values:
            _check_value(facet, value)
        if values:
            self.values[facet.key] = in_order(facet, tuple(values))

    def _take_range(
        self, facet: FigureFacet | DateFacet, values: list[str]
    ) -> list[str]:
        """Reads the range; returns what else was chosen, which can only be unknown."""
        texts = [value for value in values if value != UNKNOWN]
        low, high, unit = (
            self.params.get(f"{facet.key}_{end}", "").strip() for end in ENDS
        )
        try:
            if low or high:
                # The fields of the form are newer than the address it stood at.
                self.ranges[facet.key] = self._between(facet, low, high, unit)
            elif texts:
                self.ranges[facet.key] = self._range(facet, texts)
        except InvalidRange as refusal:
            self.problems[facet.key] = str(refusal)
            if not (low or high):
                low, _, high = ",".join(texts).partition(GAP)
            self.typed |= {
                f"{facet.key}_min": low[:LONGEST_SHOWN],
                f"{facet.key}_max": high[:LONGEST_SHOWN],
            }
        return [value for value in values if value == UNKNOWN]

    def _between(
        self, facet: FigureFacet | DateFacet, low: str, high: str, unit: str
    ) -> Range:
        if isinstance(facet, DateFacet):
            return years_between(low, high, today=self.today)
        return span_between(low, high, facet.scales, self.system, unit)

    def _range(self, facet: FigureFacet | DateFacet, texts: list[str]) -> Range:
        if len(texts) > 1:
            raise InvalidRange(gettext("Give one range."))
        if isinstance(facet, DateFacet):
            return read_years(texts[0], today=self.today)
        return read_span(texts[0], facet.scales, self.system)


def _check_size(params: QueryDict) -> None:
    if sum(len(name) + sum(map(len, vs)) for name, vs in params.lists()) > (
        LONGEST_QUERY
    ):
        raise BadRequest(gettext("That address is longer than any the finder makes."))


def _check_names(params: QueryDict) -> None:
    known = {*("q", "dates", "sort", "view", "page", "more", "within"), *FACETS} | {
        f"{facet.key}_{end}"
        for facet in FACETS.values()
        if isinstance(facet, FigureFacet | DateFacet)
        for end in ENDS
    }
    for name in params:
        if name not in known and not TRACKERS.fullmatch(name):
            raise BadRequest(
                gettext("There is no filter called “%(shown)s”.")
                % {"shown": _shown(name)}
            )


def _values(texts: Iterable[str]) -> list[str]:
    parts = (part.strip() for text in texts for part in text.split(","))
    return [part for part in parts if part]


def _check_value(facet: Facet, value: str) -> None:
    if value == UNKNOWN and facet.has_unknown:
        return
    match facet:
        case ListFacet():
            fits = value in {code for code, _ in facet.choices()}
        case NamedFacet(named_by="pk"):
            fits = bool(_KEY.fullmatch(value))
        case NamedFacet():
            fits = bool(_SLUG.fullmatch(value))
        case _:
            fits = False
    if not fits:
        raise BadRequest(
            gettext("%(label)s: “%(shown)s” is not among the choices.")
            % {"label": facet.label, "shown": _shown(value)}
        )


def _text(params: QueryDict, name: str, label: str) -> str:
    text = " ".join(params.get(name, "").split())
    if len(text) > LONGEST_WORDS:
        raise BadRequest(
            gettext("%(label)s: write at most %(longest_words)s characters.")
            % {"label": label, "longest_words": LONGEST_WORDS}
        )
    return text


def _one_of(params: QueryDict, name: str, offered: Collection[str]) -> str:
    value = params.get(name, "")
    if value not in offered:
        raise BadRequest(
            gettext("There is no “%(shown)s” to choose for %(name)s.")
            % {"shown": _shown(value), "name": name}
        )
    return value


def _page(params: QueryDict) -> int:
    text = params.get("page", "") or "1"
    digits = text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE_NUMBER
    if not digits or int(text) < 1:
        raise BadRequest(
            gettext("Pages have numbers from 1 on, and “%(shown)s” is none.")
            % {"shown": _shown(text)}
        )
    return int(text)


def _shown(text: str) -> str:
    """What was asked for, cut short: a refusal is no place for a long text."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"

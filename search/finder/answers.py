"""The answer to a question as a page shows it: rides, facets, chips, in few queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from core.measures import System
from parks.as_of import Certainty
from parks.gathering import STEP, Links, PublicPages, gather, look_up
from parks.models import RidePage
from parks.rides_shown import (
    ListedRide,
    in_the_order,
    listed,
    pages_beside,
    ride_parts,
)
from search.finder.catalogue import Found
from search.finder.chips import Chip, chips_of
from search.finder.laying import catalogue_for
from search.finder.names import (
    Resolved,
    name_parts,
    name_parts_holding,
    named_facets,
    names_in,
)
from search.finder.questions import Question
from search.finder.shown import Shower, ShownFacet, ShownGroup


@dataclass(frozen=True, slots=True)
class Answer:
    """What the finder knows about a question before anything is named or shown."""

    resolved: Resolved
    found: Found
    public: PublicPages

    @property
    def question(self) -> Question:
        return self.resolved.question

    def keys(self, start: int = 0, stop: int | None = None) -> list[int]:
        """The rides found, or some of them, in the order asked for."""
        return self.found.keys(self.question.sort, start, stop)


class Keys:
    """The rides found as a paginator takes them: counted first, then cut."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def count(self) -> int:
        return self._answer.found.total

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list[int]:
        return self._answer.keys(wanted.start, wanted.stop)


def answer(resolved: Resolved, public: PublicPages) -> Answer:
    """Find what a question asks for. Costs one query while nothing has changed."""
    return Answer(resolved, catalogue_for(public).find(resolved.asked()), public)


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of an answer, named."""

    rides: list[ListedRide]
    pills: ShownFacet
    groups: list[ShownGroup]
    chips: list[Chip]


def shown(answer: Answer, keys: Sequence[int], *, system: System, today: date) -> Shown:
    """The rides with these keys and the facets, in two queries."""
    question, public = answer.question, answer.public
    shower = Shower(question, answer.found, system=system, today=today)
    rows: dict[str, list[Any]] = {"rides": [], "ride_tracks": [], "ride_credits": []}
    if keys:
        # What changed since the catalogue was read is still not shown to everybody.
        rows = gather(ride_parts(public.among(RidePage.objects.filter(pk__in=keys))))
    links = look_up(
        public,
        page_ids=pages_beside(rows),
        page_paths=[ride.path[:-STEP] for ride in rows["rides"]],
        photo_ids=[ride.lead_photo_id for ride in rows["rides"]]
        if question.view == "cards"
        else (),
        more=_names_wanted(answer, shower),
    )
    names = names_in(links.others)
    return Shown(
        rides=_listed(answer, keys, rows, links),
        pills=shower.pills(),
        groups=shower.groups(names),
        chips=chips_of(question, names, system),
    )


def _names_wanted(answer: Answer, shower: Shower) -> Mapping[str, Any]:
    question = answer.question
    wanted = shower.codes_to_name(answer.resolved.keys)
    parts = name_parts(wanted, answer.public)
    for facet in named_facets():
        if question.more == facet.key and question.within:
            codes = shower.codes_within(facet)
            parts |= name_parts_holding(facet, question.within, codes, answer.public)
    return parts


def _listed(
    answer: Answer, keys: Sequence[int], rows: dict[str, list[Any]], links: Links
) -> list[ListedRide]:
    """The rides in their order, those marked whose dates leave it open."""
    found = listed(in_the_order(keys, rows["rides"]), rows, links)
    doubtful = answer.found.doubtful_keys() if answer.found.doubtful else set()
    return [_in_doubt(ride) if ride.ride.pk in doubtful else ride for ride in found]


def _in_doubt(ride: ListedRide) -> ListedRide:
    seen = replace(ride.seen, there=Certainty.POSSIBLY, is_certain=False)
    return replace(ride, seen=seen)

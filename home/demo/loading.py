"""Loads the demo world: companies, models, parks and rides with their history."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wagtail.models import Page

from core.bulk_loading import index_pages, indexing_paused, publish_first
from core.changes import describe_change
from core.samples import filling
from home.demo.building import (
    Built,
    fill_company,
    fill_model,
    fill_park,
    fill_ride,
)
from home.demo.chronology import Moment, in_order_of_time
from home.demo.people import make_people
from home.demo.photographs import picture_gallery, picture_park, picture_ride
from home.demo.reading import Facts, World, read_world
from home.demo.submission import submit_an_edit
from home.foundations import lay_foundations
from parks.models import (
    CompanyIndexPage,
    CompanyPage,
    ParkIndexPage,
    ParkPage,
    RideModelIndexPage,
    RideModelPage,
    RidePage,
)

EDITORS_OWN = frozenset({"cedar-point", "efteling", "tivoli-gardens"})

Say = Callable[[str], None]

MODELS: dict[str, Any] = {
    "companies": CompanyPage,
    "models": RideModelPage,
    "parks": ParkPage,
    "rides": RidePage,
}
FILLS: dict[str, Callable[[Any, Facts, Built], None]] = {
    "companies": fill_company,
    "models": fill_model,
    "parks": fill_park,
    "rides": fill_ride,
}
INDEXES: dict[str, Any] = {
    "companies": CompanyIndexPage,
    "models": RideModelIndexPage,
    "parks": ParkIndexPage,
}


def is_loaded() -> bool:
    """Whether there is any park, demo or not: the demo never mixes with real work."""
    return ParkPage.objects.exists()


def load_demo(say: Say) -> None:
    """Load the whole demo world in one transaction, telling `say` of each step."""
    moments = in_order_of_time(read_world())
    with transaction.atomic():
        with describe_change(made_at=moments[0].state.made_at):
            lay_foundations()
        loader = _Loader(make_people())
        with indexing_paused():
            loader.load(moments, say)
        say("indexing for search")
        index_pages(page for model in MODELS.values() for page in model.objects.all())
    submit_an_edit()
    filling.send(sender=World, people=loader.people)


class _Loader:
    """Publishes state after state, under the dates the facts give.

    In order of time, so that the numbers of the changes are in that order too.
    """

    def __init__(self, people: dict[str, Any]) -> None:
        self.people = people
        self.built = Built()

    def load(self, moments: Sequence[Moment], say: Say) -> None:
        for year, of_the_year in groupby(moments, lambda one: one.state.made_at.year):
            publishes = list(of_the_year)
            say(f"{len(publishes)} publishes of {year}")
            for moment in publishes:
                self._publish(moment)

    def _publish(self, moment: Moment) -> None:
        (kind, key), state = moment.entry, moment.state
        author = self.people[state.by]
        publisher = self.people["moderator"] if state.by == "member" else author
        change = describe_change(
            by=publisher,
            author=author,
            reason=state.reason,
            source=_source_of(state.facts),
            made_at=min(state.made_at, timezone.now()),
        )
        publish = self._add if moment.is_first else self._edit
        try:
            with change:
                page = publish(kind, state.facts, author, publisher)
        except (ValidationError, KeyError) as error:
            raise ValueError(f"demo facts of {key}: {error}") from error
        getattr(self.built, kind)[key] = page

    def _add(self, kind: str, facts: Facts, author: Any, publisher: Any) -> Any:
        page = _new(kind, facts)
        # Parks the editor added are the editor's own section; the rest is shared.
        own = facts["key"] in EDITORS_OWN
        page.owner = self.people["editor" if own else "admin"]
        # It publishes what the page names and the wiki does not have yet.
        FILLS[kind](page, facts, self.built)
        publish_first(page, self._parent(kind, facts), by=publisher)
        return page

    def _edit(self, kind: str, facts: Facts, author: Any, publisher: Any) -> Any:
        known = getattr(self.built, kind)[facts["key"]]
        # As the tables have it: what was added below it since has changed its row.
        page = MODELS[kind].objects.get(pk=known.pk)
        FILLS[kind](page, facts, self.built)
        page.save_revision(user=author, clean=False).publish(
            user=publisher, skip_permission_checks=True
        )
        return page

    def _parent(self, kind: str, facts: Facts) -> Page:
        if kind in INDEXES:
            return INDEXES[kind].objects.get()
        park = self.built.parks[facts["park"]]
        park.refresh_from_db(fields=["numchild", "path", "depth"])
        return park


def _new(kind: str, facts: Facts) -> Any:
    match kind:
        case "parks":
            park = ParkPage(lead_photo=picture_park(facts))
            park.gallery = picture_gallery(facts)
            return park
        case "rides":
            return RidePage(lead_photo=picture_ride(facts))
        case _:
            return MODELS[kind]()


def _source_of(facts: Facts) -> str:
    sources = facts.get("sources", [])
    return sources[0].get("url") or sources[0]["title"] if sources else ""

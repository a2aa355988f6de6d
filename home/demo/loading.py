"""Loads the demo world: companies, models, parks and rides with their history."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from wagtail.models import Page

from core.bulk_loading import index_pages, indexing_paused, publish_first
from core.changes import describe_change
from home.demo.building import (
    Built,
    fill_company,
    fill_model,
    fill_park,
    fill_ride,
)
from home.demo.people import make_people
from home.demo.photographs import picture_gallery, picture_park, picture_ride
from home.demo.reading import Facts, World, read_world, states_of
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
Fill = Callable[[Any, Facts, Built], None]


def is_loaded() -> bool:
    """Whether there is any park, demo or not: the demo never mixes with real work."""
    return ParkPage.objects.exists()


def load_demo(say: Say) -> None:
    """Load the whole demo world in one transaction, telling `say` of each step."""
    world = read_world()
    with transaction.atomic():
        lay_foundations()
        loader = _Loader(make_people())
        with indexing_paused():
            loader.load(world, say)
        say("indexing for search")
        index_pages(loader.pages)
    submit_an_edit()


class _Loader:
    """Publishes state after state of each page, under the dates the facts give."""

    def __init__(self, people: dict[str, Any]) -> None:
        self.people = people
        self.built = Built()
        self.pages: list[Any] = []

    def load(self, world: World, say: Say) -> None:
        say(f"{len(world.companies)} companies and {len(world.models)} ride models")
        companies = CompanyIndexPage.objects.get()
        for facts in _successors_first(world.companies):
            page = self._publish(CompanyPage(), companies, facts, fill_company)
            self.built.companies[facts["key"]] = page
        models = RideModelIndexPage.objects.get()
        for key, facts in world.models.items():
            page = self._publish(RideModelPage(), models, facts, fill_model)
            self.built.models[key] = page
        say(f"{len(world.parks)} parks")
        parks = ParkIndexPage.objects.get()
        for key, facts in world.parks.items():
            page = ParkPage(lead_photo=picture_park(facts))
            page.gallery = picture_gallery(facts)
            self.built.parks[key] = self._publish(page, parks, facts, fill_park)
        say(f"{len(world.rides)} rides")
        for facts in _replaced_first(world.rides):
            park = self.built.parks[facts["park"]]
            page = RidePage(lead_photo=picture_ride(facts))
            self.built.rides[facts["key"]] = self._publish(page, park, facts, fill_ride)

    def _publish(self, page: Any, parent: Page, facts: Facts, fill: Fill) -> Any:
        # Parks the editor added are the editor's own section; the rest is shared.
        own = facts["key"] in EDITORS_OWN
        page.owner = self.people["editor" if own else "admin"]
        try:
            return self._publish_states(page, parent, facts, fill)
        except (ValidationError, KeyError) as error:
            raise ValueError(f"demo facts of {facts['key']}: {error}") from error

    def _publish_states(self, page: Any, parent: Page, facts: Facts, fill: Fill) -> Any:
        for state in states_of(facts):
            author = self.people[state.by]
            publisher = self.people["moderator"] if state.by == "member" else author
            with describe_change(
                by=publisher,
                author=author,
                reason=state.reason,
                source=_source_of(state.facts),
                made_at=min(state.made_at, timezone.now()),
            ):
                # It publishes what the page names and the wiki does not have yet.
                fill(page, state.facts, self.built)
                if page.pk is None:
                    parent.refresh_from_db(fields=["numchild", "path", "depth"])
                    publish_first(page, parent, by=publisher)
                else:
                    page.save_revision(user=author, clean=False).publish(
                        user=publisher, skip_permission_checks=True
                    )
            page = type(page).objects.get(pk=page.pk)
        self.pages.append(page)
        return page


def _source_of(facts: Facts) -> str:
    sources = facts.get("sources", [])
    return sources[0].get("url") or sources[0]["title"] if sources else ""


def _successors_first(companies: dict[str, Facts]) -> Iterable[Facts]:
    return _ordered(companies, "succeeded_by")


def _replaced_first(rides: dict[str, Facts]) -> Iterable[Facts]:
    return _ordered(rides, "replaces")


def _ordered(all_facts: dict[str, Facts], refers_by: str) -> Iterable[Facts]:
    """What is referred to comes before what refers to it."""
    done: set[str] = set()

    def visit(key: str) -> Iterable[Facts]:
        if key in done or key not in all_facts:
            return
        done.add(key)
        yield from visit(all_facts[key].get(refers_by, ""))
        yield all_facts[key]

    for key in all_facts:
        yield from visit(key)

"""The demo facts are sound, agree with each other and make pages with a history."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count, pairwise
from typing import Any

from django.core.exceptions import ValidationError

import pytest

from core.findings import errors_of
from history.models import ChangeSet, PageVersion
from home.demo import loading
from home.demo.building import (
    Built,
    fill_company,
    fill_model,
    fill_park,
    fill_ride,
    slug_of,
)
from home.demo.chronology import in_order_of_time
from home.demo.people import PEOPLE
from home.demo.reading import Facts, State, World, read_world, states_of
from home.models import HomePage
from parks.models import (
    CompanyPage,
    Element,
    ParkArea,
    ParkPage,
    RideModelPage,
    RidePage,
)

WORLD = read_world()
ALL = {**WORLD.companies, **WORLD.models, **WORLD.parks, **WORLD.rides}


# --- What the issue asks for ------------------------------------------------


def test_the_demo_world_is_as_large_as_promised() -> None:
    versions = sum(len(list(states_of(facts))) for facts in ALL.values())

    assert len(WORLD.parks) >= 30
    assert len({park["country"] for park in WORLD.parks.values()}) >= 12
    assert len(WORLD.rides) >= 250
    assert len({ride["category"] for ride in WORLD.rides.values()}) == 8
    assert versions >= 500


def test_its_history_spans_several_years() -> None:
    years = {state.made_at.year for facts in ALL.values() for state in states_of(facts)}

    assert len(years) >= 4


# --- References -------------------------------------------------------------


def references() -> Iterator[tuple[str, str, dict[str, Facts]]]:
    """(who refers, key referred to, where it should be)"""
    for key, facts in ALL.items():
        for credit in (*facts.get("credits", []), *facts.get("terms", [])):
            yield key, credit["company"], WORLD.companies
        for stay in facts.get("stays", []):
            yield key, stay["park"], WORLD.parks
    for key, model in WORLD.models.items():
        yield key, model["manufacturer"], WORLD.companies
    for key, company in WORLD.companies.items():
        if "succeeded_by" in company:
            yield key, company["succeeded_by"], WORLD.companies
    for key, ride in WORLD.rides.items():
        if "model" in ride:
            yield key, ride["model"], WORLD.models
        if "replaces" in ride:
            yield key, ride["replaces"], WORLD.rides


def test_everything_the_facts_refer_to_is_there() -> None:
    assert [(who, key) for who, key, place in references() if key not in place] == []


def test_every_area_a_ride_stands_in_is_an_area_of_its_park() -> None:
    assert [
        key
        for key, ride in WORLD.rides.items()
        if "area" in ride
        and ride["area"] not in WORLD.parks[ride["park"]].get("areas", [])
    ] == []


def test_no_two_pages_of_one_parent_share_an_address() -> None:
    taken = [
        *(("company", slug_of(facts)) for facts in WORLD.companies.values()),
        *(("model", slug_of(facts)) for facts in WORLD.models.values()),
        *(("park", slug_of(facts)) for facts in WORLD.parks.values()),
        *((facts["park"], slug_of(facts)) for facts in WORLD.rides.values()),
    ]

    assert sorted(taken) == sorted(set(taken))


def test_every_edit_is_by_a_demo_account_after_the_page_was_added() -> None:
    for key, facts in ALL.items():
        states = list(states_of(facts))
        moments = [state.made_at for state in states]
        assert {state.by for state in states} <= PEOPLE.keys(), key
        assert moments == sorted(moments), key
        assert all(state.reason for state in states), key
        assert moments[-1] <= datetime.now(UTC), key


def test_every_edit_changes_something() -> None:
    for key, facts in ALL.items():
        states = list(states_of(facts))
        for before, after in pairwise(states):
            assert before.facts != after.facts, (key, after.reason)


def test_every_park_and_most_rides_say_where_their_facts_come_from() -> None:
    rides = [bool(ride.get("sources")) for ride in WORLD.rides.values()]

    assert [key for key, park in WORLD.parks.items() if not park.get("sources")] == []
    assert sum(rides) / len(rides) >= 0.9


# --- Every rule, without a saved page -------------------------------------------


class BuiltInMemory(Built):
    """Stands for what the database would hold; keys are given out in order."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = count(1)

    def element(self, name: str) -> Element:
        return Element(pk=next(self.keys), name=name)

    def area(self, park: str, name: str) -> ParkArea:
        return ParkArea(pk=next(self.keys), park=self.parks[park], name=name)


def world_in_memory() -> BuiltInMemory:
    """Every page with today's facts, none of them saved."""
    built = BuiltInMemory()
    for model, kept, facts in (
        (CompanyPage, built.companies, WORLD.companies),
        (RideModelPage, built.models, WORLD.models),
        (ParkPage, built.parks, WORLD.parks),
        (RidePage, built.rides, WORLD.rides),
    ):
        kept.update({key: model(pk=next(built.keys)) for key in facts})
    for key, company in built.companies.items():
        fill_company(company, WORLD.companies[key], built)
    return built


def problems_of(page: Any) -> list[str]:
    """What fields, rows and rules have to say about an unsaved page."""
    problems = []
    rows = page.rows_in_memory()
    for part in (page, *(row for some in rows.values() for row in some)):
        # Whether a key exists is for the database; the tree is Wagtail's business.
        keys = [field.name for field in part._meta.fields if field.is_relation]
        try:
            part.clean_fields(exclude=[*keys, "path", "depth", "url_path"])
        except ValidationError as error:
            problems.append(str(error))
    page.derive()
    return problems + [finding.message for finding in errors_of(page.find(rows))]


# Not saved, but a page looks its content type up as it is made.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "fill"),
    [
        ("companies", fill_company),
        ("models", fill_model),
        ("parks", fill_park),
        ("rides", fill_ride),
    ],
)
def test_every_state_of_every_page_passes_every_rule(kind: str, fill: Any) -> None:
    built = world_in_memory()

    broken = {}
    for key, facts in getattr(WORLD, kind).items():
        for state in states_of(facts):
            page = type(getattr(built, kind)[key])()
            fill(page, state.facts, built)
            if problems := problems_of(page):
                broken[key, state.reason] = problems

    assert broken == {}


# --- States -----------------------------------------------------------------


def _edit(on: str, **edit: Any) -> Facts:
    return {"on": on, "reason": "A better source", **edit}


def test_states_walk_back_from_today_through_the_edits() -> None:
    facts: Facts = {
        "name": "C",
        "tracks": [{"height": "110 ft"}],
        "added": "2019-05-01",
        "added_by": "member",
        "edits": [
            _edit("2021-01-01", by="editor", field="name", was="B"),
            _edit("2020-01-01", by="member", field="tracks.0.height", was="100 ft"),
        ],
    }

    states = list(states_of(facts))

    assert [state.facts["name"] for state in states] == ["B", "B", "C"]
    heights = [state.facts["tracks"][0]["height"] for state in states]
    assert heights == ["100 ft", "110 ft", "110 ft"]
    assert [state.by for state in states] == ["member", "member", "editor"]
    assert [state.made_at.date().isoformat() for state in states] == [
        *("2019-05-01", "2020-01-01", "2021-01-01")
    ]
    assert facts["tracks"][0]["height"] == "110 ft"


def test_facts_without_edits_have_one_state() -> None:
    (state,) = states_of({"name": "A"})

    assert isinstance(state, State)
    assert state.reason == "First entry"


# --- Order of time ------------------------------------------------------------


def moments_of(**entries: dict[str, Facts]) -> list[tuple[str, str]]:
    """Key and day of each publish of a world."""
    world = World(**entries)
    return [
        (moment.entry[1], moment.state.made_at.date().isoformat())
        for moment in in_order_of_time(world)
    ]


def test_the_demo_is_published_in_order_of_time() -> None:
    moments = [moment.state.made_at for moment in in_order_of_time(WORLD)]

    assert moments == sorted(moments)
    assert len(moments) == sum(len(list(states_of(facts))) for facts in ALL.values())


def test_nothing_of_the_demo_is_published_before_what_it_names() -> None:
    there: set[str] = set()
    too_early = []
    for moment in in_order_of_time(WORLD):
        there.add(moment.entry[1])
        facts = moment.state.facts
        rows = (*facts.get("credits", []), *facts.get("terms", []))
        named = [row["company"] for row in rows]
        named += [row["park"] for row in facts.get("stays", [])]
        for name in ("park", "model", "manufacturer", "succeeded_by", "replaces"):
            named += filter(None, [facts.get(name)])
        too_early += [(moment.entry[1], key) for key in named if key not in there]

    assert too_early == []


def test_an_entry_named_before_its_own_day_is_added_on_the_day_it_is_named() -> None:
    company = {"key": "maker", "added": "2022-01-01"}
    park = {"key": "park", "added": "2020-01-01", "terms": [{"company": "maker"}]}

    moments = moments_of(companies={"maker": company}, parks={"park": park})

    assert moments == [("maker", "2020-01-01"), ("park", "2020-01-01")]


def test_an_entry_that_only_an_edit_names_keeps_its_own_day() -> None:
    edit = _edit("2023-01-01", by="member", field="terms", was=[])
    company = {"key": "maker", "added": "2022-01-01"}
    park = {"key": "park", "added": "2020-01-01", "edits": [edit]}
    park["terms"] = [{"company": "maker"}]

    moments = moments_of(companies={"maker": company}, parks={"park": park})

    assert moments == [
        *(("park", "2020-01-01"), ("maker", "2022-01-01"), ("park", "2023-01-01"))
    ]


def test_what_is_named_comes_first_even_in_a_circle() -> None:
    rides: dict[str, Facts] = {
        "new": {"key": "new", "park": "p", "replaces": "old"},
        "old": {"key": "old", "park": "p", "replaces": "oldest"},
        "oldest": {"key": "oldest", "park": "p", "replaces": "new"},
        "alone": {"key": "alone", "park": "p", "replaces": "not in this world"},
    }

    order = [key for key, day in moments_of(rides=rides)]

    assert order == ["oldest", "old", "new", "alone"]


# --- Loading ----------------------------------------------------------------


def small_world() -> World:
    """One much edited ride and all it refers to."""
    key, ride = max(
        WORLD.rides.items(),
        key=lambda pair: (len(pair[1].get("edits", [])), not pair[1].get("stays")),
    )
    ride = {name: value for name, value in ride.items() if name != "replaces"}
    parks = {k: WORLD.parks[k] for k in (ride["park"], *_stays(ride))}
    needed = {
        row["company"]
        for facts in (ride, *parks.values())
        for row in (*facts.get("credits", []), *facts.get("terms", []))
    }
    models = {k: m for k, m in WORLD.models.items() if k == ride.get("model")}
    needed |= {model["manufacturer"] for model in models.values()}
    return World(
        companies={k: WORLD.companies[k] for k in needed},
        models=models,
        parks=parks,
        rides={key: ride},
    )


def _stays(ride: Facts) -> list[str]:
    return [stay["park"] for stay in ride.get("stays", [])]


@pytest.mark.usefixtures("unfounded")
def test_a_small_world_loads_with_its_versions_people_and_dates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = small_world()
    monkeypatch.setattr(loading, "read_world", lambda: world)
    monkeypatch.setattr(loading, "picture_park", lambda facts: None)
    monkeypatch.setattr(loading, "picture_gallery", lambda facts: [])
    monkeypatch.setattr(loading, "picture_ride", lambda facts: None)
    steps: list[str] = []

    loading.load_demo(steps.append)

    (facts,) = world.rides.values()
    states = list(states_of(facts))
    ride = RidePage.objects.get()
    versions: list[Any] = list(
        PageVersion.objects.filter(object_uuid=ride.uuid).order_by("seq")
    )
    assert loading.is_loaded()
    assert steps
    assert ride.title == facts["name"]
    assert [v.changeset.made_at for v in versions] == [s.made_at for s in states]
    assert [v.changeset.reason for v in versions] == [s.reason for s in states]
    authors = [v.changeset.author.email.split("@")[0] for v in versions]
    assert authors == [state.by for state in states]
    made = list(ChangeSet.objects.order_by("number").values_list("made_at", flat=True))
    assert made == sorted(made)


@pytest.mark.usefixtures("unfounded")
def test_facts_that_break_a_rule_name_the_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(companies={"x": {"key": "x", "name": "X", "founded": "soonish"}})
    monkeypatch.setattr(loading, "read_world", lambda: world)

    with pytest.raises(ValueError, match="demo facts of x"):
        loading.load_demo(lambda step: None)

    assert not HomePage.objects.exists()

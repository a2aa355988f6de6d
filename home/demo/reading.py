"""Reads the demo facts: one TOML file per park, and lists of companies and models.

"in 40 days" and "3 days ago" stand for the day that is so far from the day of reading:
what a fresh demo announces is still to come.
"""

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

FROM_TODAY = re.compile(r"in (?P<ahead>\d+) days|(?P<back>\d+) days ago")

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """What the wiki said from one day on, who wrote it, and why."""

    made_at: datetime
    by: str
    reason: str
    facts: Facts


@dataclass(slots=True)
class World:
    """Everything the demo knows, by key."""

    companies: dict[str, Facts] = field(default_factory=dict)
    models: dict[str, Facts] = field(default_factory=dict)
    parks: dict[str, Facts] = field(default_factory=dict)
    rides: dict[str, Facts] = field(default_factory=dict)


def read_world(folder: Path = DATA) -> World:
    """Read every file. Raises KeyError or ValueError where one is malformed."""
    world = World()
    for path in sorted(folder.glob("companies*.toml")):
        world.companies |= {c["key"]: c for c in _load(path)["company"]}
    for path in sorted(folder.glob("models*.toml")):
        world.models |= {m["key"]: m for m in _load(path)["model"]}
    for path in sorted((folder / "parks").glob("*.toml")):
        data = _load(path)
        world.parks[data["park"]["key"]] = data["park"]
        for ride in data.get("ride", []):
            world.rides[ride["key"]] = {**ride, "park": data["park"]["key"]}
    return world


def states_of(facts: Facts) -> Iterator[State]:
    """The states a page went through, oldest first.

    Each edit names the value a fact had before it, so the first state is found by
    walking back from today's.
    """
    edits = sorted(facts.get("edits", []), key=lambda edit: edit["on"])
    states = [deepcopy(facts)]
    for edit in reversed(edits):
        earlier = deepcopy(states[0])
        _put(earlier, edit["field"].split("."), edit["was"])
        states.insert(0, earlier)
    yield State(
        _noon(facts.get("added", "2019-01-02")),
        facts.get("added_by", "editor"),
        "First entry",
        states[0],
    )
    for edit, state in zip(edits, states[1:], strict=True):
        yield State(_noon(edit["on"]), edit["by"], edit["reason"], state)


def _load(path: Path) -> Facts:
    with path.open("rb") as file:
        # Coordinates and costs are decimal facts; a binary float would add digits.
        facts: Facts = dated(tomllib.load(file, parse_float=Decimal), date.today())
    return facts


def dated(facts: Any, today: date) -> Any:
    """The same facts, with each date that is told from today as the day it is."""
    match facts:
        case dict():
            return {name: dated(value, today) for name, value in facts.items()}
        case list():
            return [dated(value, today) for value in facts]
        case str() if found := FROM_TODAY.fullmatch(facts):
            days = int(found["ahead"] or 0) - int(found["back"] or 0)
            return (today + timedelta(days=days)).isoformat()
    return facts


def _noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), UTC)


def _put(facts: Any, path: list[str], value: Any) -> None:
    *way, last = path
    for step in way:
        facts = facts[int(step)] if isinstance(facts, list) else facts[step]
    facts[int(last) if isinstance(facts, list) else last] = value

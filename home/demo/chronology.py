"""The demo world in order of time: which state of which entry was published when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from home.demo.reading import Facts, State, World, states_of

# An entry by its kind (a field of World) and its key.
Entry: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Moment:
    """One state of one entry, published at one moment."""

    entry: Entry
    state: State
    is_first: bool


def in_order_of_time(world: World) -> list[Moment]:
    """Every state of every entry, oldest first, and nothing before what it names.

    An entry that others name before the day on which its own facts begin is added on
    their day.
    """
    entries: dict[Entry, Facts] = {
        (kind, key): facts
        for kind in ("companies", "models", "parks", "rides")
        for key, facts in getattr(world, kind).items()
    }
    states = {entry: list(states_of(facts)) for entry, facts in entries.items()}
    ranked = list(_named_first(states))
    for entry in reversed(ranked):
        # Those that name it come later in the list, so its own day is settled here.
        for state in states[entry]:
            for named in _named_by(entry, state.facts):
                if named in states:
                    _add_by(states[named], state.made_at)
    moments = [
        Moment(entry, state, state is states[entry][0])
        for entry in ranked
        for state in states[entry]
    ]
    return sorted(moments, key=lambda moment: moment.state.made_at)


def _add_by(states: list[State], day: datetime) -> None:
    states[0] = replace(states[0], made_at=min(states[0].made_at, day))


def _named_first(states: dict[Entry, list[State]]) -> Iterator[Entry]:
    """What is named comes before what names it; of a circle, one has to be first."""
    done: set[Entry] = set()

    def visit(entry: Entry) -> Iterator[Entry]:
        if entry in done or entry not in states:
            return
        done.add(entry)
        for state in states[entry]:
            for named in _named_by(entry, state.facts):
                yield from visit(named)
        yield entry

    for entry in states:
        yield from visit(entry)


def _named_by(entry: Entry, facts: Facts) -> list[Entry]:
    """The entries that have to be there when an entry says this."""
    match entry[0]:
        case "companies":
            named = [("companies", facts.get("succeeded_by", ""))]
        case "models":
            named = [("companies", facts["manufacturer"])]
        case "parks":
            named = [("companies", term["company"]) for term in facts.get("terms", [])]
        case _:
            named = [
                ("parks", facts["park"]),
                *(("parks", stay["park"]) for stay in facts.get("stays", [])),
                *(("companies", row["company"]) for row in facts.get("credits", [])),
                ("models", facts.get("model", "")),
                ("rides", facts.get("replaces", "")),
            ]
    return [(kind, key) for kind, key in named if key]

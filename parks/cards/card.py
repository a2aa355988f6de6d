"""What stands on a card: the picture other sites show beside a link to a page."""

from dataclasses import dataclass
from typing import Any

from core.measures import Measure, System

MOST_FIGURES = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact in large letters, what it is, and perhaps the same in other units."""

    label: str
    text: str
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a card, in the order in which they are read.

    `names` holds all that a thing is called, the name to show first: where no letters
    are at hand for that one, the next is shown.
    """

    kicker: str
    names: tuple[str, ...]
    lead: str
    figures: tuple[Figure, ...]


def measured(label: str, measure: Measure | None) -> list[Figure]:
    """A measure as its source gives it, beside it in the other units; [] if unknown."""
    if measure is None:
        return []
    own = measure.unit.system
    other = next(system for system in System if system != own)
    return [Figure(label, _plain(measure.display(own)), _plain(measure.display(other)))]


def counted(label: str, value: Any) -> list[Figure]:
    """A number or a year; [] if it is not known."""
    return [] if value in (None, "") else [Figure(label, str(value))]


def _plain(shown: str) -> str:
    return shown.replace("\u00a0", " ")

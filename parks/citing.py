"""Which source says which fact, as small numbers beside the facts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

# How an editor may call the facts of a page besides their own names.
OTHER_WORDS = {
    "opened": "status_periods",
    "opening date": "status_periods",
    "closed": "status_periods",
    "closing date": "status_periods",
    "status": "status_periods",
    "name": "names",
    "manufacturer": "credits",
    "designer": "credits",
    "cost": "cost_amount",
    "duration": "duration_s",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A source by its place in the page's list, counted from one."""

    number: int
    source: Any

    @property
    def words(self) -> str:
        """Standing, title and publisher in one line."""
        standing = self.source.get_standing_display() if self.source.standing else ""
        title = ", ".join(
            part for part in (self.source.title, self.source.publisher) if part
        )
        return f"{standing}: {title}" if standing else title


def citations_of(sources: Iterable[Any]) -> dict[str, list[Citation]]:
    """The sources of every fact by its name.

    One that names no facts stands for the page as a whole, and so for none of them.
    """
    found: dict[str, list[Citation]] = defaultdict(list)
    for number, source in enumerate(sources, start=1):
        for fact in dict.fromkeys(_facts(source.facts)):
            found[fact].append(Citation(number, source))
    return dict(found)


def _facts(text: str) -> list[str]:
    """Names in a list such as "tracks.height, opening date"."""
    names = (name.strip().casefold().rpartition(".")[2] for name in text.split(","))
    return [OTHER_WORDS.get(name, name.replace(" ", "_")) for name in names if name]

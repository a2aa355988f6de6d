"""Who else had a hand in a change than its author and its publisher.

The record knows those two. Rooms that know of others register how to find them.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from history.models import ChangeSet

# Gives the names of the people.
Finder: TypeAlias = Callable[[ChangeSet], Iterable[str]]

_finders: dict[str, Finder] = {}


def register_credits(name: str, finder: Finder) -> None:
    """Ask a room for the co-authors of each change that is shown."""
    _finders[name] = finder


def coauthors_of(change: ChangeSet) -> list[str]:
    """Names of the co-authors; none where the author is hidden."""
    if change.author_hidden:
        return []
    return [name for finder in _finders.values() for name in finder(change)]

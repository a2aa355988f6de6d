"""Keeping aside what was written in a transaction that is undone.

Whoever can do so registers how. Work that publishes pages is done as always, inside a
transaction; before that is rolled back the shelf reads what the pages say, and then
keeps it where it is reviewed before it is published.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol
from uuid import UUID

from core.refusals import Refused


class Shelf(Protocol):
    """Where pages are kept aside, under one name."""

    def read(self, uuids: Iterable[UUID]) -> None:
        """Read these pages as they are now, inside the transaction that wrote them."""

    def keep(self) -> None:
        """Keep what was read, once the transaction is undone. Raises a Refused."""


OpenShelf = Callable[[str, Any], Shelf]

_known: list[OpenShelf] = []


class NoShelf(Refused):
    """This wiki has nowhere to keep pages aside."""


def register_shelf(open_shelf: OpenShelf) -> None:
    """Make it known how pages are kept aside."""
    _known[:] = [open_shelf]


def open_shelf(name: str, *, by: Any) -> Shelf:
    """Begin to keep pages aside under a name, in the name of an account.

    Raises a Refused when they may not, or the name is taken for something else.
    """
    if not _known:
        raise NoShelf("Pages cannot be kept aside here.")
    return _known[0](name, by)

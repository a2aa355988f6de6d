"""What the wiki said on an earlier day, for rooms that know nothing of history.

Content rooms ask here; the history room answers, once it has registered itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from core.models import ContentPage

# In the query of an address: the day that is looked at, and whose knowledge is asked.
AS_OF, KNOWN_AT = "as_of", "known_at"


def asks_for_another_day(query: Mapping[str, str]) -> bool:
    """Whether an address asks for another day at all."""
    return AS_OF in query or KNOWN_AT in query


class NotShown(Exception):
    """The wiki has no text to show for that moment. The message tells readers why."""

    status = 404


class NotKnownYet(NotShown):
    """The page was published for the first time later."""

    def __init__(self) -> None:
        super().__init__(_("The wiki had no page about it then."))


class NotPublicThen(NotShown):
    """The page existed and nobody could read it."""

    def __init__(self) -> None:
        super().__init__(_("The wiki had no public page about it then."))


class HiddenThen(NotShown):
    """What the page said at the time is suppressed."""

    status = 403


class NotForReader(NotShown):
    """The page is not public, and its past is for those who may edit it."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("This page is not public. What it said earlier is for its editors only.")
        )


class CannotBeRead(NotShown):
    """The stored text is damaged, or of a shape this wiki no longer understands."""

    status = 503


@dataclass(frozen=True, slots=True)
class Known:
    """A page as one version held it, with its rows in memory. It cannot be saved.

    It says of itself `carries_its_rows`. Its place in the tree is today's; `place` is
    the uuid of what it stood under.
    """

    page: ContentPage
    number: int
    made_at: datetime
    place: UUID | None


@dataclass(frozen=True, slots=True)
class KnownPages:
    """Pages as they were known, and how many of them may not or cannot be shown."""

    pages: list[Known] = field(default_factory=list)
    withheld: int = 0


class Past(Protocol):
    """Who remembers what was published. Moments are exclusive upper bounds."""

    def is_open_to(self, reader: Any, page: ContentPage) -> bool:
        """Whether a person may read what a page said earlier, as in its history."""

    def page_known_at(self, page: ContentPage, moment: datetime) -> Known:
        """The page as the wiki had it before the moment. Raises NotShown."""

    def pages_known_at(
        self, place: ContentPage, also: Any, moment: datetime
    ) -> KnownPages:
        """Pages that stood under a place then, and those of the uuids `also`, as known.

        Only what everybody may read today; what was not public then is left out.
        """

    def stamp(self) -> str:
        """Changes whenever anything that could be shown of the past changes."""


_rememberer: list[Past] = []


def remember_with(past: Past) -> None:
    """Register who answers; called once, when the applications are ready."""
    _rememberer[:] = [past]


def the_past() -> Past:
    """Who remembers."""
    return _rememberer[0]

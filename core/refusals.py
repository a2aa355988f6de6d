"""Refusals: the request was understood and cannot be done. Never a server error."""

from collections.abc import Iterable
from typing import Any

from core.sayings import saying as _
from core.sayings import together


class Refused(Exception):
    """A change the wiki will not make. The text is shown to whoever asked for it."""

    status = 409
    retry_after: int | None = None
    """Seconds after which the same may be possible, where waiting is all it takes."""


class AddressTaken(Refused):
    """Two pages asked for one address at the same moment; this one came second."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            _(
                "Another page has just taken the address “%(slug)s”. Go back, choose "
                "another slug and save again; nothing you typed was lost."
            )
            % {"slug": slug}
        )


class PlaceTaken(Refused):
    """Where a page shall go, another one has its address already."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Where it shall stand, another page has the same address already. Give "
                "one of the two another slug first. Nothing was moved."
            )
        )


class AliasRefused(Refused):
    """Wagtail's aliases would be second pages for one thing, with one identity."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "One thing has one page here, so there are no aliases. Link to the "
                "page, or copy it as the start of another one."
            )
        )


class NotPublishable(Refused):
    """A draft that was sound when it was saved contradicts the wiki of today."""

    def __init__(self, page: Any, problems: Iterable[str]) -> None:
        super().__init__(
            _(
                "“%(page)s” cannot be published: %(join)s Open the page, correct it "
                "and try again."
            )
            % {"page": page, "join": together(problems)}
        )


class GoneMeanwhile(Refused):
    """What was to be published was deleted while it waited."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” has just been deleted, so it was not published.")
            % {"name": name}
        )


class StillInUse(Refused):
    """Something cannot be deleted because facts elsewhere name it."""

    most_named = 10

    def __init__(self, holders: Iterable[Any]) -> None:
        # A row is known to editors by the page it stands on.
        names = sorted({str(getattr(holder, "page", holder)) for holder in holders})
        shown = ", ".join(f"“{name}”" for name in names[: self.most_named])
        rest = len(names) - self.most_named
        more = _(" and %(rest)s more") % {"rest": rest} if rest > 0 else ""
        super().__init__(
            _(
                "It cannot be deleted while others name it: %(shown)s%(more)s. "
                "Change or delete those first."
            )
            % {"shown": shown, "more": more}
        )


class Locked(Refused):
    """Somebody keeps others from changing something for a while."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "“%(name)s” is locked, so nothing was changed. Ask whoever locked it, "
                "or a moderator, to unlock it."
            )
            % {"name": name}
        )


class PastIsClosed(Refused):
    """A page as an old version held it is there to be read."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is the page of another day, and it cannot be saved. Revert to "
                "its version from the page's history instead."
            )
        )

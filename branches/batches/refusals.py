"""What is not done with a batch, and why."""

from typing import Any

from django.utils.translation import gettext as _

from core.refusals import Refused
from core.wording import in_a_sentence


class BatchRefused(Refused):
    """Nothing was done with the batch."""


class OnItsBranch(BatchRefused):
    """What is on a branch is worked on there."""

    def __init__(self, batch: Any) -> None:
        super().__init__(
            _("“%(name)s” is on its branch already. Go on there.") % {"name": batch}
        )


class AtWorkAlready(BatchRefused):
    """A job is working it out."""

    def __init__(self, batch: Any) -> None:
        super().__init__(
            _("“%(name)s” is being worked out. Wait for it, or cancel it first.")
            % {"name": batch}
        )


class NotBrokenOff(BatchRefused):
    """No job was at it, so none left anything over."""

    def __init__(self, batch: Any) -> None:
        super().__init__(
            _("No work on “%(name)s” was broken off, so it cannot be gone on with.")
            % {"name": batch}
        )


class NotTriedYet(BatchRefused):
    """Nobody has seen what would become of its pages."""

    def __init__(self, batch: Any) -> None:
        super().__init__(
            _(
                "“%(name)s” has not been tried out yet. See first what would become of "
                "each page."
            )
            % {"name": batch}
        )


class NothingToChange(BatchRefused):
    """Every page says so already, or cannot be changed."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("No page would be changed, so there is nothing to put on a branch.")
        )


class NoSuchPages(BatchRefused):
    """What was chosen is gone, not theirs to see, or nothing this can be done to."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nothing was begun: none of the pages was found, or this can be done "
                "to none of them."
            )
        )


class NotMergedYet(BatchRefused):
    """Only what has been published can be taken back."""

    def __init__(self, batch: Any) -> None:
        super().__init__(
            _(
                "“%(name)s” has not been published, so there is nothing to take back. "
                "Withdraw its branch instead."
            )
            % {"name": batch}
        )


class BeingReverted(BatchRefused):
    """Somebody has begun to take it back."""

    def __init__(self, batch: Any) -> None:
        self.batch = batch
        super().__init__(
            _("This batch is being taken back already, by “%(name)s”.")
            % {"name": batch}
        )


class NothingDone(BatchRefused):
    """Nobody published anything then."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Nothing was published by them in that time."))


class NotForImports(BatchRefused):
    """An import cannot put its pages there."""

    @classmethod
    def for_lack_of_account(cls) -> "NotForImports":
        return cls(
            _(
                "Pages are put on a branch by an account of the editing desk. Name "
                "one with --by."
            )
        )

    @classmethod
    def for_state(cls, branch: Any) -> "NotForImports":
        state = in_a_sentence(branch.get_state_display())
        return cls(
            _("The branch “%(name)s” is %(state)s, so nothing can be put on it.")
            % {"name": branch.title, "state": state}
        )

"""Why something cannot be brought back to how it was."""

from core.refusals import Refused
from core.sayings import saying as _


class RevertRefused(Refused):
    """It is not free to be reverted now; the text says why and what to do."""


class ChangedMeanwhile(RevertRefused):
    """What would be reverted is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Something was changed while you were looking at it. What is "
                "shown now is up to date: look at it once more, and decide "
                "anew."
            )
        )


class ConflictsLeft(RevertRefused):
    """Later edits changed the same, and nobody has said what shall hold."""

    def __init__(self) -> None:
        super().__init__(_("Say for each of the facts below what shall hold."))

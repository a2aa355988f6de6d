"""Why a page is not worked on on a branch."""

from django.utils.translation import gettext as _

from branches.refusals import ProposalRefused


class HiddenOnMain(ProposalRefused):
    """Nothing is published over what visitors do not see."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _(
                "“%(title)s” is not public at the moment, so a branch cannot change "
                "what it says. Publish it on the main line first."
            )
            % {"title": title}
        )


class UnreadableThere(ProposalRefused):
    """Code has put something on the branch that no field can hold."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _(
                "What this branch says of “%(title)s” cannot be read. Take it off the "
                "branch, then it can be edited there anew."
            )
            % {"title": title}
        )


class GoesOnBranch(ProposalRefused):
    """Somebody edits what the branch is to take away."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _(
                "On this branch “%(title)s” is to be unpublished or deleted. Take it "
                "off the branch first, then it can be edited there."
            )
            % {"title": title}
        )


class BothWrote(ProposalRefused):
    """Somebody else saved the same facts of a page on the same branch."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else has saved this page on the branch since you opened it, "
                "and you both changed the same. Nothing was saved yet, and nothing is "
                "lost: your text is still in the form."
            )
        )

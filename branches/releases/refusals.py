"""What is not done with a release, and why."""

from django.utils.translation import gettext as _

from branches.refusals import ProposalRefused


class DueInThePast(ProposalRefused):
    """Nothing goes live yesterday."""

    status = 422

    def __init__(self) -> None:
        super().__init__(_("Choose a time that is still to come."))


class BeingPublished(ProposalRefused):
    """A worker is at it, or will be in a moment."""

    def __init__(self) -> None:
        super().__init__(_("It is being published already."))

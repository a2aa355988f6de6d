"""Why something is not hidden, and what to do first."""

from django.utils.translation import gettext as _

from core.refusals import Refused


class SuppressionRefused(Refused):
    """Nothing was hidden or shown."""


class NotAllowed(SuppressionRefused):
    """The account has no part in this."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("Only administrators hide versions."))


class NeedsAnotherPerson(SuppressionRefused):
    """Who asked for it confirmed it as well."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("You asked for this yourself: another person has to confirm.")
        )


class NothingToHide(SuppressionRefused):
    """No part was chosen, or no version."""

    def __init__(self) -> None:
        super().__init__(_("Say which versions, and whether text, author or reason."))


class NotOpen(SuppressionRefused):
    """Somebody else has decided it, or it has been lifted."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has decided this meanwhile."))


class StillShown(SuppressionRefused):
    """The text stands somewhere where hiding a version does not reach it."""


class StillInTrash(StillShown):
    """Who restores what lies in the trash would bring the text back."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _(
                "“%(title)s” lies in the trash and would bring it back. Delete it "
                "there for good first."
            )
            % {"title": title}
        )


class CacheOutOfReach(SuppressionRefused):
    """What a cache keeps of the text could not be dropped."""

    status = 503
    retry_after = 60

    def __init__(self) -> None:
        super().__init__(
            _(
                "The cache cannot be reached, and it may hold the text. Nothing was "
                "changed; try again when the cache is back."
            )
        )

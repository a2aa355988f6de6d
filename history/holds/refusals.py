"""Why a hold was not placed or released, and what to do instead."""

from django.utils.translation import gettext as _

from core.refusals import Refused


class HoldRefused(Refused):
    """Nothing was held or released."""


class NotAllowed(HoldRefused):
    """The account has no part in this."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("Only administrators hold versions."))


class NoReason(HoldRefused):
    """Who reads it in years has to know why."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("Say why."))


class HeldAlready(HoldRefused):
    """One hold is enough: the version stays."""

    def __init__(self) -> None:
        super().__init__(_("There is a hold on this version already."))


class ReleasedAlready(HoldRefused):
    """Somebody else has been faster."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has released this hold meanwhile."))

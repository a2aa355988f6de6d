"""Why something does not come back from the trash, and what to do then."""

from django.utils.translation import gettext as _

from core.refusals import Refused
from history.models import Deletion


class RestoreRefused(Refused):
    """It stays in the trash. Names the field of the form to change, if one helps."""

    beside = ""


class NoLongerInTrash(RestoreRefused):
    """Somebody else was faster, or its time was over."""

    def __init__(self, deletion: Deletion) -> None:
        told = _("“%(title)s” is not in the trash any more.")
        if deletion.restored_at and deletion.restored_by:
            told = _(
                "“%(title)s” is not in the trash any more: it has been restored by "
                "%(who)s."
            )
        elif deletion.restored_at:
            told = _("“%(title)s” is not in the trash any more: it has been restored.")
        super().__init__(told % {"title": deletion.title, "who": deletion.restored_by})


class SlugTaken(RestoreRefused):
    """Another page has its address by now."""

    beside = "slug"

    def __init__(self, slug: str) -> None:
        super().__init__(
            _(
                "Another page has taken the address “%(slug)s” since. "
                "Choose another slug."
            )
            % {"slug": slug}
        )


class NotAPlaceForIt(RestoreRefused):
    """The page it should stand under is gone or does not take such pages."""

    beside = "parent"


class KeyTaken(RestoreRefused):
    """A page of it is in the wiki already."""

    def __init__(self) -> None:
        super().__init__(_("A part of it stands in the wiki already."))


class NotYoursToRestore(RestoreRefused):
    """The account may not restore, or not there."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("You may not restore pages in this place."))


class NotYoursToPublish(RestoreRefused):
    """It was live, and the account may not publish there."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            _(
                "It was published when it was deleted. "
                "Ask somebody who may publish there."
            )
        )

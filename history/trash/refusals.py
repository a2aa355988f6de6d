"""Why something does not come back from the trash, and what to do then."""

from core.refusals import Refused
from history.models import Deletion


class RestoreRefused(Refused):
    """It stays in the trash. Names the field of the form to change, if one helps."""

    beside = ""


class NoLongerInTrash(RestoreRefused):
    """Somebody else was faster, or its time was over."""

    def __init__(self, deletion: Deletion) -> None:
        who = f" by {deletion.restored_by}" if deletion.restored_by else ""
        super().__init__(
            f"“{deletion.title}” is not in the trash any more: it has been restored"
            f"{who}."
            if deletion.restored_at
            else f"“{deletion.title}” is not in the trash any more."
        )


class SlugTaken(RestoreRefused):
    """Another page has its address by now."""

    beside = "slug"

    def __init__(self, slug: str) -> None:
        super().__init__(
            f"Another page has taken the address “{slug}” since. Choose another slug."
        )


class NotAPlaceForIt(RestoreRefused):
    """The page it should stand under is gone or does not take such pages."""

    beside = "parent"


class KeyTaken(RestoreRefused):
    """A page of it is in the wiki already."""

    def __init__(self) -> None:
        super().__init__("A part of it stands in the wiki already.")


class NotYoursToRestore(RestoreRefused):
    """The account may not restore, or not there."""

    status = 403

    def __init__(self) -> None:
        super().__init__("You may not restore pages in this place.")


class NotYoursToPublish(RestoreRefused):
    """It was live, and the account may not publish there."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "It was published when it was deleted. Ask somebody who may publish there."
        )

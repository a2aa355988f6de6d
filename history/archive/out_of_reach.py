"""Telling an archive that cannot be asked just now from a copy that is damaged.

Damaged is what the storage answered and is not as it was written: an object that is
gone, a file cut short. Where nobody answered, nothing is known of the copy, and calling
it damaged would send an administrator for a backup.
"""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from core.refusals import Refused
from core.sayings import saying as _
from history.archive.bundles import BundleDamaged

logger = logging.getLogger("thrillwiki.archive")

FAILURES = (OSError, BotoCoreError, ClientError)
# What a folder says of a file that is not there, or whose place on the disk is bad.
_FILE_LOST = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EIO})
# What an object storage says of an object that is gone, or shorter than it was.
_OBJECT_LOST = frozenset({"NoSuchKey", "404", "InvalidRange", "416"})


class ArchiveOutOfReach(Refused):
    """Old versions cannot be read or moved: the storage does not answer."""

    status = 503
    retry_after = 60

    def __init__(self) -> None:
        super().__init__(
            _(
                "The archive of old versions cannot be reached just now. Nothing is "
                "lost; please try again in a few minutes."
            )
        )


@contextmanager
def asking_storage(root: Path | None = None) -> Iterator[None]:
    """Raises BundleDamaged for what is lost, ArchiveOutOfReach for no answer.

    A folder of all bundles, `root`, that is not there as a whole gives no answer: its
    disk is not mounted.
    """
    try:
        yield
    except FAILURES as error:
        if _is_lost(error) and (root is None or root.is_dir()):
            raise BundleDamaged("the file is missing or cannot be read") from error
        raise out_of_reach(error) from error


def out_of_reach(error: Exception) -> ArchiveOutOfReach:
    """What to raise for no answer; the log says why there was none."""
    why = " ".join(f"{type(error).__name__}: {error}".split())
    logger.warning("The archive cannot be reached: %s", why)
    return ArchiveOutOfReach()


def _is_lost(error: Exception) -> bool:
    if isinstance(error, ClientError):
        return error.response.get("Error", {}).get("Code") in _OBJECT_LOST
    if isinstance(error, FileNotFoundError):
        return True
    return isinstance(error, OSError) and error.errno in _FILE_LOST

"""The only door through which anything becomes a version."""

from history.recording.removals import record_page_deletion, record_removal
from history.recording.verbs import (
    MOVES_WITH_EDIT,
    record,
    record_all,
    record_move,
    record_restored,
    record_unpublish,
)

__all__ = [
    "MOVES_WITH_EDIT",
    "record",
    "record_all",
    "record_move",
    "record_page_deletion",
    "record_removal",
    "record_restored",
    "record_unpublish",
]

"""The ways a file can write a ride's status, and the statuses they mean."""

import re
from dataclasses import dataclass

from parks.choices import RideStatus
from parks.importing.cells import clean, shortened
from parks.importing.dates import read_date
from parks.importing.notes import NoteTaker

COLUMN = "Status"
# Statuses of a design and not of a ride: they do not say whether this one is open.
_OF_THE_MODEL = frozenset({"in production", "discontinued"})
# "Removed" says that a ride left its park. It may stand elsewhere, so it is not
# taken for demolished.
_SPELLINGS: tuple[tuple[str, RideStatus], ...] = (
    (r"operating|open", RideStatus.OPERATING),
    (r"removed|closed|defunct", RideStatus.CLOSED),
    (r"closed in \d{4}", RideStatus.CLOSED),
    (r"demolished", RideStatus.DEMOLISHED),
    (r"(?:.*\b)?bankruptcy\b.*|.*\bdismantled\b.*", RideStatus.CLOSED),
    (r"under construction", RideStatus.UNDER_CONSTRUCTION),
    (r"sbno\b.*|standing but not operating", RideStatus.SBNO),
    (r"not currently operating|temporarily closed", RideStatus.TEMPORARILY_CLOSED),
    (r"closed for maintenance\b.*", RideStatus.TEMPORARILY_CLOSED),
    (r"announced", RideStatus.ANNOUNCED),
    (r"(?:in )?storage|stored", RideStatus.IN_STORAGE),
)
_DATED = re.compile(r"^(?:closed in|sbno(?: since)?) (?P<date>.*\d{4})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatusCell:
    """What a status cell says, and from when on if it says so.

    `of_model` is set when it speaks of the design that several rides share.
    """

    status: RideStatus = RideStatus.UNKNOWN
    raw: str = ""
    since: str = ""
    of_model: bool = False


def read_status(text: str, notes: NoteTaker) -> StatusCell:
    """The status; unknown when the cell is empty or says something else."""
    raw = clean(text)
    lowered = raw.casefold()
    if not raw:
        return StatusCell()
    if lowered in _OF_THE_MODEL:
        notes.info(COLUMN, f"“{raw}” is said of the ride's design, not of the ride.")
        return StatusCell(RideStatus.UNKNOWN, raw, of_model=True)
    if lowered == "under maintenance":
        notes.info(
            COLUMN, "Maintenance is a break and not a status: read as operating."
        )
        return StatusCell(RideStatus.OPERATING, raw)
    for pattern, status in _SPELLINGS:
        if re.fullmatch(pattern, lowered):
            dated = _DATED.match(raw)
            since = read_date(dated["date"], COLUMN, notes) if dated else ""
            return StatusCell(status, raw, since)
    notes.suspicious(COLUMN, f"“{shortened(raw)}” is a status we do not know.")
    return StatusCell(RideStatus.UNKNOWN, raw)

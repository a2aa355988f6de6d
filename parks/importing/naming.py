"""Takes a title apart: "Vortex (Kings Island)" is Vortex, and a hint at its park."""

import re
from dataclasses import dataclass

from parks.importing.cells import clean, comparable

NOT_RECORDED = frozenset({"", "other", "unknown", "various"})

_BRACKET = re.compile(r"^(?P<name>.+?) \((?P<inside>[^()]+)\)$")
# Brackets that tell a coaster from a film, or one model from another.
_NO_PLACE = re.compile(r"\b(?:coaster|ride|spin|flyer|film)\b|^\d{4}\b", re.IGNORECASE)
_STREET_NUMBER = re.compile(r"^\d+(?!\S*(?:st|nd|rd|th) ?$)")


@dataclass(frozen=True, slots=True)
class Title:
    """A ride's name, and the place its title adds to it ("" when it adds none)."""

    name: str
    place: str = ""


def read_title(text: str) -> Title:
    """Separate the name from what was bracketed to tell it from its namesakes."""
    cell = clean(text)
    found = _BRACKET.match(cell)
    if found is None:
        return Title(cell)
    inside = found["inside"].split(";")[0].strip()
    place = "" if _NO_PLACE.search(inside) else inside
    return Title(found["name"], place)


def is_address(location: str) -> bool:
    """True for "Arlington, Texas, U.S.": the address of a park and not its name."""
    cell = clean(location)
    return cell.count(",") >= 2 or bool(_STREET_NUMBER.match(cell))


def is_park_name(location: str) -> bool:
    """True when a location column names a park."""
    cell = clean(location)
    return comparable(cell) not in NOT_RECORDED and not is_address(cell)


def is_other_name(name: str, title: str) -> bool:
    """True when `name` adds a name to a title, and is no longer form of it."""
    wanted, known = comparable(name), comparable(title)
    return bool(wanted) and known not in wanted and wanted not in known

"""Splits the names of makers and designers that scraping glued together."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from parks.choices import CompanyKind
from parks.importing.cells import clean, comparable, shortened
from parks.importing.notes import NoteTaker

_GLUED = re.compile(r"(?P<left>\w+)(?<=[a-zäöüß])(?P<right>[A-Z])")
# "McNulty" and "LaMarcus" are one word although a capital follows a small letter.
_PREFIXES = frozenset({"Mc", "Mac", "La", "De", "Di", "Du", "Le", "Van", "Fitz"})
_QUALIFIED = re.compile(r"\)\s*(?=[A-Z])")
_BRACKETED = re.compile(r"\(([^)]*)\)")
_LEGAL_FORMS = re.compile(
    r",? (?:inc|llc|ltd|gmbh|gmbh & co\.? kg|corp|s\.?r\.?l)\.?$", re.IGNORECASE
)
_YEARS = re.compile(r"^(\d{4})(?: ?– ?(\d{4}|present))?$")
_COMPANY_WORDS = re.compile(
    r"\b(?:amusements?|associates|attractions?|beach|broadcasting|building|coasters?|"
    r"company|construction|corporation|creative|design|development|dynamics|"
    r"engineering|enterprises|entertainment|equipment|group|imagine\w+|industries|"
    r"international|kingdom|machines?|manufacturing|motioneering|park|parks|rides?|"
    r"systems?|technologies|tek|vision|works|worldwide|world|flags|söhne|stengel gmbh|"
    r"gmbh|inc|llc|ltd|ag|büro|buro|ingenieur\w*|devices|coaster|s\.r\.l)\b",
    re.IGNORECASE,
)
# A maker is a firm unless the name starts like a person's.
_GIVEN_NAMES = frozenset(
    {
        *("Anton", "Arthur", "Charles", "Charlie", "Edward", "Edwin", "Frank", "Fred"),
        *("Fredrick", "George", "Harry", "Herbert", "John", "Joseph", "LaMarcus"),
        *("Lina", "William"),
    }
)
_COMMA = re.compile(r",\s+(?!(?:inc|llc|ltd)\b|[^()]*\))| / ", re.IGNORECASE)
_AND = re.compile(r"(?:^| )(?:and|&) (?!co\b)", re.IGNORECASE)
_INITIAL = re.compile(r"\b[A-Z]\.")


@dataclass(frozen=True, slots=True)
class Maker:
    """A company or person who made or designed a ride, and when if the source says."""

    name: str
    kind: CompanyKind
    began: str = ""
    ended: str = ""


def read_manufacturers(text: str, notes: NoteTaker) -> tuple[Maker, ...]:
    """The makers of a ride. A "&" joins no two makers: it is part of firms' names."""
    column = "Manufacturer"
    cell = clean(text)
    if names_several_places(cell):
        notes.suspicious(column, f"“{shortened(cell)}” names makers of several rides.")
    names = [part for whole in _split_glued(cell) for part in _at_commas(whole)]
    return _makers(names, _maker_kind, column, notes)


def read_designers(text: str, notes: NoteTaker) -> tuple[Maker, ...]:
    """The designers of a ride, people and firms, separated however they are joined."""
    names = [
        person
        for whole in _split_glued(clean(text))
        for part in _at_commas(whole)
        for person in _at_ands(part)
    ]
    return _makers(names, _designer_kind, "Designer", notes)


def company_key(name: str) -> str:
    """Equal for the spellings of one company: its legal form does not count."""
    return comparable(_LEGAL_FORMS.sub("", name.removeprefix("The ")))


def names_several_places(text: str) -> bool:
    """True when makers are told apart by park: the cell describes several rides."""
    qualifiers = _BRACKETED.findall(text)
    return len(qualifiers) > 1 and not all(map(_YEARS.match, qualifiers))


def _makers(
    names: Iterable[str],
    kind_of: Callable[[str], CompanyKind],
    column: str,
    notes: NoteTaker,
) -> tuple[Maker, ...]:
    found: dict[str, Maker] = {}
    for raw in names:
        name = _BRACKETED.sub("", raw).strip(" ,;/")
        if not name or not _is_name(name, column, notes):
            continue
        kind = kind_of(name)
        if kind is CompanyKind.PERSON and _seems_two_people(name):
            notes.suspicious(column, f"“{name}” seems to be two names: left out.")
            continue
        found.setdefault(company_key(name), Maker(name, kind, *_years_of(raw)))
    return tuple(found.values())


def _is_name(name: str, column: str, notes: NoteTaker) -> bool:
    if re.fullmatch(r"\d{4}", name):
        return False
    if re.search(r'\d|"|\bfrom\b|\bled by\b', name) or len(name) > 80:
        notes.suspicious(column, f"“{shortened(name)}” is not a name: left out.")
        return False
    return True


def _years_of(raw: str) -> tuple[str, str]:
    for bracket in _BRACKETED.findall(raw):
        if years := _YEARS.match(bracket):
            ended = "" if years[2] in {None, "present"} else years[2]
            return years[1], ended
    return "", ""


def _split_glued(cell: str) -> list[str]:
    parts = _QUALIFIED.sub(")\n", cell)
    parts = _GLUED.sub(_break, parts)
    return [part.strip() for part in re.split(r"[\n;]", parts) if part.strip()]


def _break(found: re.Match[str]) -> str:
    left, whole = found["left"], found.string
    line_start = whole.rfind("\n", 0, found.start()) + 1
    before = whole[line_start : found.end("left")]
    after = whole[found.start("right") :]
    # Two whole names stand on both sides; "SeaWorld Parks" has none on its left.
    if " " not in before or " " not in after or left in _PREFIXES or len(left) < 4:
        return found[0]
    return f"{left}\n{found['right']}"


def _at_commas(text: str) -> list[str]:
    """Split at commas and slashes, but not in brackets or before a legal form."""
    return _COMMA.split(text)


def _at_ands(text: str) -> list[str]:
    parts = [part.strip() for part in _AND.split(text) if part]
    # "Bolliger & Mabillard" and "Cobb & Associates" are each one firm.
    return parts if all(" " in part for part in parts) else [text.removeprefix("and ")]


def _maker_kind(name: str) -> CompanyKind:
    is_person = name.split()[0] in _GIVEN_NAMES and not _is_firm(name)
    return CompanyKind.PERSON if is_person else CompanyKind.ORGANISATION


def _designer_kind(name: str) -> CompanyKind:
    is_person = " " in name and not _is_firm(name)
    return CompanyKind.PERSON if is_person else CompanyKind.ORGANISATION


def _is_firm(name: str) -> bool:
    return bool(_COMPANY_WORDS.search(name)) or "&" in name or name.isupper()


def _seems_two_people(name: str) -> bool:
    words = [word for word in name.split() if not _INITIAL.match(word)]
    has_particle = any(word.islower() for word in words)
    return len(words) > 3 and not has_particle

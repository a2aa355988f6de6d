"""Which pages are meant: those of a listing, or those that the lines of a file name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from wagtail.models import Page, Site

from branches.batches.actions import Target
from branches.rights import MOST_ITEMS
from core.batch_operations import Operation
from core.csv_files import RawRow, UnreadableFile, listed, read_rows
from core.sayings import Saying, of_error
from core.sayings import saying as _
from history.content import page_models

MOST_BYTES = 2 * 1024 * 1024
# What a line may name its page by.
UUID_COLUMN, PATH_COLUMN = "uuid", "path"
TITLE_COLUMN, PARK_COLUMN = "title", "park"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_HOST = re.compile(r"^https?://[^/]*")
NAMES = (UUID_COLUMN, PATH_COLUMN, TITLE_COLUMN, PARK_COLUMN)


@dataclass(frozen=True, slots=True)
class _Known:
    """One page of the wiki as a line may name it."""

    uuid: UUID
    title: str


class _Pages:
    """The pages that the lines of a file name, read at once."""

    def __init__(
        self,
        by_uuid: Mapping[str, _Known],
        by_path: Mapping[str, _Known],
        by_title: Mapping[tuple[str, str], list[_Known]],
    ) -> None:
        self._by_uuid, self._by_path, self._by_title = by_uuid, by_path, by_title

    def named(self, cells: Mapping[str, str]) -> _Known:
        """The page of a line. Raises ValidationError where it names none, or two."""
        if uuid := cells.get(UUID_COLUMN):
            found = self._by_uuid.get(uuid.casefold())
        elif path := cells.get(PATH_COLUMN):
            found = self._by_path.get(_trimmed(path))
        else:
            found = self._titled(cells)
        if found is None:
            raise ValidationError(_("There is no such page."))
        return found

    def _titled(self, cells: Mapping[str, str]) -> _Known | None:
        title, park = cells.get(TITLE_COLUMN, ""), cells.get(PARK_COLUMN, "")
        known = self._by_title.get((_word(title), _word(park)), [])
        if len(known) > 1:
            raise ValidationError(
                _("Several pages have this title. Say which park, or give the path.")
            )
        return known[0] if known else None


def targets_in(pages: QuerySet[Any], operation: Operation) -> list[Target]:
    """The pages that are meant when these were chosen, in the order of the tree."""
    meant = operation.reaches(pages)
    found = [
        (path, Target(uuid, title))
        for model in page_models()
        for path, uuid, title in model._default_manager.filter(
            pk__in=meant.values("pk")
        ).values_list("path", "uuid", "title")[: MOST_ITEMS + 1]
    ]
    return [target for _path, target in sorted(found, key=lambda pair: pair[0])]


def targets_of_file(content: bytes, operation: Operation) -> list[Target]:
    """The pages and values of a file. Lines that cannot be read say why.

    Raises UnreadableFile when the file as a whole cannot be.
    """
    rows = read_rows(content, most_bytes=MOST_BYTES, most_rows=MOST_ITEMS)
    facts = _facts(rows[0].cells, operation)
    pages = _pages_of(rows)
    met: set[UUID] = set()
    return [_target(row, facts, operation, pages, met) for row in rows]


def _facts(header: Iterable[str], operation: Operation) -> dict[str, str]:
    """The fact that each column sets. Raises UnreadableFile for unknown ones."""
    known = dict(operation.columns()) if operation.columns else {}
    by_word = {str(label).casefold(): name for name, label in known.items()}
    by_word |= {name.casefold(): name for name in known}
    columns = [name for name in header if name.strip().casefold() not in NAMES]
    strange = [name for name in columns if name.strip().casefold() not in by_word]
    if strange:
        raise UnreadableFile(
            _("These columns are not known here: %(names)s.")
            % {"names": listed(strange)}
        )
    if operation.columns and not columns:
        raise UnreadableFile(
            _("The file sets nothing. Give it a column for a fact: %(names)s.")
            % {"names": listed(str(label) for label in known.values())}
        )
    if not {UUID_COLUMN, PATH_COLUMN, TITLE_COLUMN} & {_word(name) for name in header}:
        raise UnreadableFile(
            _("Give a column “uuid”, “path” or “title” that says which page is meant.")
        )
    return {name: by_word[_word(name)] for name in columns}


def _word(name: str) -> str:
    return name.strip().casefold()


def _target(
    row: RawRow,
    facts: Mapping[str, str],
    operation: Operation,
    pages: _Pages,
    met: set[UUID],
) -> Target:
    named = {_word(name): cell.strip() for name, cell in row.cells.items()}
    shown = named.get(TITLE_COLUMN) or named.get(PATH_COLUMN) or named.get(UUID_COLUMN)
    try:
        page = pages.named(named)
        if page.uuid in met:
            raise ValidationError(_("An earlier line is about the same page."))
        values = _values(row, facts, operation)
        met.add(page.uuid)
    except ValidationError as wrong:
        problem = of_error(wrong)
        return Target(None, shown or "", problem=problem, number=row.number)
    return Target(page.uuid, page.title, values, number=row.number)


def _values(
    row: RawRow, facts: Mapping[str, str], operation: Operation
) -> dict[str, Any]:
    values = {}
    for column, fact in facts.items():
        # An empty cell says nothing, so that one file may set different facts.
        if operation.read_column is None or not row.get(column).strip():
            continue
        try:
            values[fact] = operation.read_column(fact, row.get(column))
        except ValidationError as wrong:
            said = {"column": column, "problem": of_error(wrong)}
            raise ValidationError(Saying("%(column)s: %(problem)s", said)) from wrong
    return values


def _pages_of(rows: Iterable[RawRow]) -> _Pages:
    """All pages that these lines may mean, in one query for each kind of page."""
    cells = [
        {_word(name): cell.strip() for name, cell in row.cells.items()} for row in rows
    ]
    root = _root()
    meant = (
        Q(uuid__in=_uuids(row.get(UUID_COLUMN, "") for row in cells))
        | Q(url_path__in=[_path(row, root) for row in cells if row.get(PATH_COLUMN)])
        | Q(title__in=_titles(cells))
    )
    found = [
        row
        for model in page_models()
        for row in model._default_manager.filter(meant).values_list(
            "uuid", "title", "url_path", "path"
        )
    ]
    parents = {path[: -Page.steplen] for *_facts, path in found}
    above = dict(Page.objects.filter(path__in=parents).values_list("path", "title"))
    by_uuid, by_path = {}, {}
    by_title: defaultdict[tuple[str, str], list[_Known]] = defaultdict(list)
    for uuid, title, url_path, path in found:
        known = by_uuid[str(uuid)] = _Known(uuid, title)
        by_path[_trimmed(url_path.removeprefix(root))] = known
        for place in {"", _word(above.get(path[: -Page.steplen], ""))}:
            by_title[_word(title), place].append(known)
    return _Pages(by_uuid, by_path, by_title)


def _root() -> str:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return str(site.root_page.url_path) if site else "/"


def _uuids(texts: Iterable[str]) -> list[UUID]:
    return [UUID(text) for text in texts if _UUID.fullmatch(text)]


def _path(row: Mapping[str, str], root: str) -> str:
    return f"{root}{_trimmed(row[PATH_COLUMN])}/"


def _titles(cells: Iterable[Mapping[str, str]]) -> set[str]:
    """The titles of the lines that name their page by nothing else."""
    return {
        row[TITLE_COLUMN]
        for row in cells
        if row.get(TITLE_COLUMN)
        and not row.get(UUID_COLUMN)
        and not row.get(PATH_COLUMN)
    }


def _trimmed(path: str) -> str:
    """An address within the site without its ends, as a browser shows it or not."""
    return _HOST.sub("", path).strip("/")

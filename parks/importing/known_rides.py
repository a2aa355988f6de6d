"""The rides of the wiki, and how a record of a file finds its own."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from parks.importing.atlas import park_key
from parks.importing.cells import comparable
from parks.importing.chronicle import RideRecord
from parks.importing.dates import year_of
from parks.models import ParkPage, RidePage
from parks.models.imports import ImportedRide


@dataclass(frozen=True, slots=True)
class Match:
    """The page a record is about, and what the importer read for it before."""

    page: RidePage | None = None
    remembered: dict[str, Any] | None = None
    is_guess: bool = False


class SeveralRidesMatch(Exception):
    """More than one page may be meant; the text names them."""


class KnownRides:
    """Finds rides by what earlier imports remember, then by name, park and year."""

    def __init__(self) -> None:
        self._memory = {memory.key: memory for memory in ImportedRide.objects.all()}
        self._by_name: dict[str, list[RidePage]] = defaultdict(list)
        self._by_pk: dict[int, RidePage] = {}
        self._by_uuid: dict[str, RidePage] = {}
        for page in RidePage.objects.select_related(
            "model", "replaces"
        ).prefetch_related(
            *("names", "tracks", "status_periods"),
            *("stays__park", "stays__area", "credits__company"),
        ):
            self.add(page)

    def add(self, page: RidePage) -> None:
        """Make a page findable."""
        names = {page.title, *(record.text for record in page.names.all())}
        for name in {comparable(name) for name in names}:
            self._by_name[name].append(page)
        self._by_pk[page.pk] = page
        self._by_uuid[str(page.uuid)] = page

    def by_uuid(self, uuid: str) -> RidePage | None:
        return self._by_uuid.get(uuid)

    def older_at_park(self, name: str, park: ParkPage, opened: str) -> RidePage | None:
        """The one ride of that name below a park that opened in an earlier year."""
        year = year_of(opened)
        if not name or year is None:
            return None
        found = [
            page
            for page in self._by_name.get(comparable(name), [])
            if _is_at(page, park) and page.opened and page.opened.nominal.year < year
        ]
        return found[0] if len(found) == 1 else None

    def match(self, record: RideRecord, parks: list[ParkPage]) -> Match:
        """The ride's page. `parks` are those of its stays.

        A ride whose park is not recorded is taken for the only ride of its name
        and year. Raises SeveralRidesMatch.
        """
        memory = self._memory.get(record_key(record))
        if memory is not None and memory.ride_id in self._by_pk:
            return Match(self._by_pk[memory.ride_id], memory.content)
        options = self._same_name_and_year(record)
        here = [page for page in options if any(_is_at(page, park) for park in parks)]
        is_guess = not here and not record.place.is_recorded
        found = [p for p in options if self._is_exact(p, record)] if is_guess else here
        if len(found) > 1:
            named = ", ".join(f"{page.title} (/o/{page.uuid}/)" for page in found)
            raise SeveralRidesMatch(f"Several rides may be meant: {named}.")
        return Match(found[0], None, is_guess) if found else Match()

    def remember(
        self, record: RideRecord, page: RidePage, content: dict[str, Any]
    ) -> None:
        """Keep what the file said, for the next import to compare with."""
        key = record_key(record)
        memory = self._memory.get(key) or ImportedRide(key=key)
        if memory.pk and memory.ride_id == page.pk and memory.content == content:
            return
        memory.ride_id, memory.content = page.pk, content
        memory.save()
        self._memory[key] = memory

    def _same_name_and_year(self, record: RideRecord) -> list[RidePage]:
        names = {comparable(span.text) for span in record.names}
        pages = {page.pk: page for name in names for page in self._by_name[name]}
        imported = {memory.ride_id for memory in self._memory.values()}
        return [
            page
            for pk, page in pages.items()
            if pk not in imported and _years_agree(page, record)
        ]

    @staticmethod
    def _is_exact(page: RidePage, record: RideRecord) -> bool:
        return bool(page.opened and record.opened)


def record_key(record: RideRecord) -> str:
    """What identifies a ride of a file in every edition of it."""
    row = record.row
    parts = (comparable(row.name), park_key(record.place.name), row.year_introduced)
    return "|".join(str(part) for part in parts)[:300]


def _is_at(page: RidePage, park: ParkPage) -> bool:
    return bool(page.path.startswith(park.path))


def _years_agree(page: RidePage, record: RideRecord) -> bool:
    if page.opened is None or not record.opened:
        return True
    return page.opened.nominal.year == year_of(record.opened)

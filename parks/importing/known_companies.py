"""The companies and models of the wiki, and those a file adds to them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from parks.choices import CompanyKind
from parks.importing.cells import comparable
from parks.importing.companies import Maker, company_key
from parks.importing.parsing import CoasterRow
from parks.importing.publishing import Publisher
from parks.models import (
    CompanyIndexPage,
    CompanyPage,
    RideModelIndexPage,
    RideModelPage,
)

REASON = "Named as a maker in an imported file"


class KnownCompanies:
    """Finds companies by any of their names, and creates those that are missing."""

    def __init__(self, publisher: Publisher) -> None:
        self._publisher = publisher
        self._by_key: dict[str, CompanyPage] = {}
        self._by_uuid: dict[str, CompanyPage] = {}
        for page in CompanyPage.objects.prefetch_related("names"):
            for name in (page.title, *(record.text for record in page.names.all())):
                self._by_key.setdefault(company_key(name), page)
            self._by_uuid[str(page.uuid)] = page

    def named(self, name: str) -> CompanyPage:
        """A company that `add_makers` has met."""
        return self._by_key[company_key(name)]

    def by_uuid(self, uuid: str) -> CompanyPage:
        return self._by_uuid[uuid]

    def add_makers(self, rows: Iterable[CoasterRow]) -> None:
        """Make sure that every maker and designer of the rows has a page."""
        spellings: dict[str, Counter[Maker]] = defaultdict(Counter)
        roles: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for role, makers in (
                ("is_manufacturer", row.manufacturers),
                ("is_designer", row.designers),
            ):
                for maker in makers:
                    key = company_key(maker.name)
                    spellings[key][Maker(maker.name, maker.kind)] += 1
                    roles[key].add(role)
        for key, spelled in spellings.items():
            self._ensure(key, spelled.most_common(1)[0][0], roles[key])

    def _ensure(self, key: str, maker: Maker, roles: set[str]) -> None:
        page = self._by_key.get(key)
        if page is None:
            page = CompanyPage(title=maker.name, kind=CompanyKind(maker.kind))
            _give_roles(page, roles)
            index = CompanyIndexPage.objects.get()
            self._publisher.add(page, index, REASON)
            self._by_key[key] = page
            self._by_uuid[str(page.uuid)] = page
        elif _give_roles(page, roles):
            self._publisher.change(page, REASON)


class KnownModels:
    """Finds ride models by name and maker, and creates those that are missing."""

    def __init__(self, publisher: Publisher, companies: KnownCompanies) -> None:
        self._publisher = publisher
        self._companies = companies
        self._by_key: dict[tuple[str, int | None], RideModelPage] = {}
        self._by_uuid: dict[str, RideModelPage] = {}
        for page in RideModelPage.objects.all():
            self._add(page)

    def of(self, row: CoasterRow) -> RideModelPage | None:
        """The model of a ride; a model belongs to the first maker of the row."""
        if not row.model:
            return None
        makers = row.manufacturers
        maker = self._companies.named(makers[0].name) if makers else None
        key = (comparable(row.model), maker.pk if maker else None)
        if key not in self._by_key:
            page = RideModelPage(
                title=row.model[:255], manufacturer=maker, category=row.category
            )
            index = RideModelIndexPage.objects.get()
            distinction = maker.title if maker else ""
            reason = "Named as a model in an imported file"
            self._publisher.add(page, index, reason, distinction=distinction)
            self._add(page)
        return self._by_key[key]

    def by_uuid(self, uuid: str) -> RideModelPage | None:
        return self._by_uuid.get(uuid)

    def _add(self, page: RideModelPage) -> None:
        self._by_key.setdefault((comparable(page.title), page.manufacturer_id), page)
        self._by_uuid[str(page.uuid)] = page


def _give_roles(page: Any, roles: set[str]) -> bool:
    """Set the flags; True when one of them was not set before."""
    missing = [role for role in sorted(roles) if not getattr(page, role)]
    for role in missing:
        setattr(page, role, True)
    return bool(missing)

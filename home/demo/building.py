"""Turns demo facts into pages and their rows.

Rows of one page keep their uuid from state to state (it is made from page, relation
and position), so that an edit of a row is an edit and not a new row.
"""

import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.html import escape
from django.utils.text import slugify

from core.bulk_loading import publish_snippet
from home.demo.reading import Facts
from parks.models import (
    CompanyName,
    CompanyPage,
    CompanySource,
    Element,
    MakerCredit,
    ParkArea,
    ParkExternalId,
    ParkName,
    ParkPage,
    ParkSeason,
    ParkSource,
    ParkStatusPeriod,
    ParkTerm,
    RideElement,
    RideExternalId,
    RideModelPage,
    RideModelSource,
    RideName,
    RidePage,
    RideSource,
    RideStatusPeriod,
    RideStay,
    RideTrack,
)

RIDE_FIELDS = ("category", "intensity", "indoor", "material", "cost_amount")
PARK_FIELDS = (
    *("park_type", "country", "subdivision", "city", "latitude", "longitude"),
    *("time_zone", "website"),
)


class Built:
    """Pages made so far, by key, for facts that refer to one another."""

    def __init__(self) -> None:
        self.companies: dict[str, CompanyPage] = {}
        self.models: dict[str, RideModelPage] = {}
        self.parks: dict[str, ParkPage] = {}
        self.rides: dict[str, RidePage] = {}
        self.areas: dict[tuple[str, str], ParkArea] = {}
        self.elements: dict[str, Element] = {}

    def element(self, name: str) -> Element:
        if name not in self.elements:
            full = name[:1].upper() + name[1:]
            known = Element.objects.filter(name=full).first()
            self.elements[name] = known or _published(Element(name=full))
        return self.elements[name]

    def area(self, park: str, name: str) -> ParkArea:
        if (park, name) not in self.areas:
            area = ParkArea(park=self.parks[park], name=name)
            self.areas[park, name] = _published(area)
        return self.areas[park, name]


def _published(snippet: Any) -> Any:
    publish_snippet(snippet)
    return snippet


def fill_company(page: CompanyPage, facts: Facts, built: Built) -> None:
    page.title = facts["name"]
    page.slug = slug_of(facts)
    page.kind = facts.get("kind", "organisation")
    for role in CompanyPage.ROLES:
        setattr(page, f"is_{role}", role in facts.get("roles", []))
    page.country = facts.get("country", "")
    page.website = facts.get("website", "")
    page.founded = facts.get("founded", "")
    page.dissolved = facts.get("dissolved", "")
    page.succeeded_by = built.companies.get(facts.get("succeeded_by", ""))
    page.body = story(facts)
    page.names = _names(CompanyName, facts)
    page.sources = _sources(CompanySource, facts)


def fill_model(page: RideModelPage, facts: Facts, built: Built) -> None:
    page.title = facts["name"]
    page.slug = slug_of(facts)
    page.manufacturer = built.companies[facts["manufacturer"]]
    page.category = facts["category"]
    page.introduced = facts.get("introduced", "")
    page.body = story(facts)
    page.sources = _sources(RideModelSource, facts)


def fill_park(page: ParkPage, facts: Facts, built: Built) -> None:
    page.title = facts["name"]
    page.slug = slug_of(facts)
    for name in PARK_FIELDS:
        setattr(page, name, facts.get(name, getattr(page, name)))
    page.body = story(facts)
    page.names = _names(ParkName, facts)
    page.status_periods = _rows(ParkStatusPeriod, facts, "statuses")
    page.terms = [
        row_of(ParkTerm, facts, "terms", number, {**term, "company": company})
        for number, term in enumerate(facts.get("terms", []))
        if (company := built.companies.get(term["company"]))
    ]
    page.seasons = _rows(ParkSeason, facts, "seasons")
    page.external_ids = _rows(ParkExternalId, facts, "external_ids")
    page.sources = _sources(ParkSource, facts)


def fill_ride(page: RidePage, facts: Facts, built: Built) -> None:
    page.title = facts["name"]
    page.slug = slug_of(facts)
    for name in RIDE_FIELDS:
        setattr(page, name, facts.get(name, getattr(page, name)))
    page.cost_currency = facts.get("cost_currency", "")
    page.cost_year = facts.get("cost_year")
    page.model = built.models.get(facts.get("model", ""))
    page.replaces = built.rides.get(facts.get("replaces", ""))
    page.body = story(facts)
    page.names = _names(RideName, facts)
    page.status_periods = _rows(RideStatusPeriod, facts, "statuses")
    page.tracks = _rows(RideTrack, facts, "tracks")
    page.credits = [
        row_of(
            MakerCredit,
            facts,
            "credits",
            number,
            {**credit, "company": built.companies[credit["company"]]},
        )
        for number, credit in enumerate(facts.get("credits", []))
    ]
    page.stays = _stays(facts, built)
    page.elements = [
        row_of(RideElement, facts, "elements", number, {"element": built.element(name)})
        for number, name in enumerate(facts.get("elements", []))
    ]
    page.external_ids = _rows(RideExternalId, facts, "external_ids")
    page.sources = _sources(RideSource, facts)


def slug_of(facts: Facts) -> str:
    """The address: the name's, unless the facts give one to tell namesakes apart."""
    return facts.get("slug") or slugify(facts["name"]) or facts["key"]


def story(facts: Facts) -> str:
    """The prose of an entry as one paragraph block, the same one in every state."""
    text = facts.get("text", "")
    identity = str(uuid5(NAMESPACE_URL, f"demo/{facts.get('key', '')}/story"))
    block = {"type": "paragraph", "value": f"<p>{escape(text)}</p>", "id": identity}
    return json.dumps([block] if text else [])


def _stays(facts: Facts, built: Built) -> list[RideStay]:
    earlier = [
        {**stay, "park": built.parks[stay["park"]]} for stay in facts.get("stays", [])
    ]
    here: Facts = {"park": built.parks[facts["park"]]}
    if facts.get("area"):
        here["area"] = built.area(facts["park"], facts["area"])
    if earlier:
        here["began"] = facts.get("here_began", "")
        here["continuity"] = facts.get("here_continuity", "relocated_same_track")
    return [
        row_of(RideStay, facts, "stays", number, stay)
        for number, stay in enumerate([*earlier, here])
    ]


def _names(model: Any, facts: Facts) -> list[Any]:
    current = {
        "text": facts["name"],
        "began": facts.get("name_began", ""),
        "language": facts.get("name_language", ""),
    }
    others = [
        {"kind": "former", **name}
        for name in [*facts.get("former_names", []), *facts.get("other_names", [])]
    ]
    return [
        row_of(model, facts, "names", number, name)
        for number, name in enumerate([current, *others])
    ]


def _sources(model: Any, facts: Facts) -> list[Any]:
    return [
        row_of(
            model,
            facts,
            "sources",
            number,
            {**source, "facts": ", ".join(source.get("facts", []))},
        )
        for number, source in enumerate(facts.get("sources", []))
    ]


def _rows(model: Any, facts: Facts, relation: str) -> list[Any]:
    return [
        row_of(model, facts, relation, number, row)
        for number, row in enumerate(facts.get(relation, []))
    ]


def row_of(model: Any, facts: Facts, relation: str, number: int, row: Facts) -> Any:
    """The row of a relation at a position, the same object in every state."""
    identity = uuid5(NAMESPACE_URL, f"demo/{facts['key']}/{relation}/{number}")
    values = {
        name: model._meta.get_field(name).to_python(value)
        if isinstance(value, str)
        else value
        for name, value in row.items()
    }
    return model(uuid=identity, sort_order=number, **values)

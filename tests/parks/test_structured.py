"""The schema.org data of each kind of page has what those who read it require."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache
from django.test import Client

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

import pytest

from home.models import HomePage
from parks.models import ParkName, ParkPage, ParkStatusPeriod
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.parks.sharing import structured

# What a thing has to say, and what else schema.org knows of its type.
NEEDED = {
    "AmusementPark": {"name", "url"},
    "TouristAttraction": {"name", "url"},
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"name", "numberOfItems", "itemListElement"},
    "ListItem": {"position", "name", "item"},
    "PostalAddress": set(),
    "GeoCoordinates": {"latitude", "longitude"},
    "PropertyValue": {"name", "value"},
}
KNOWN = {
    "AmusementPark": {
        *("alternateName", "image", "address", "geo", "sameAs"),
        *("foundingDate", "dissolutionDate"),
    },
    "TouristAttraction": {
        *("alternateName", "image", "containedInPlace", "additionalProperty"),
    },
    "PostalAddress": {
        *("streetAddress", "addressLocality", "addressRegion", "addressCountry"),
    },
    "PropertyValue": {"unitText"},
}
ADDRESSES = ("url", "item", "image", "sameAs")
DATES = ("foundingDate", "dissolutionDate")
ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def faults(thing: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a thing and with those inside it."""
    kind = thing.get("@type", "")
    if kind not in NEEDED:
        yield f"unknown type {kind}"
        return
    said = {name for name in thing if not name.startswith("@")}
    yield from (f"{kind} lacks {name}" for name in sorted(NEEDED[kind] - said))
    allowed = NEEDED[kind] | KNOWN.get(kind, set())
    yield from (f"{kind} has no {name}" for name in sorted(said - allowed))
    empty = [name for name in said if thing[name] in ("", [], {})]
    yield from (f"{kind}.{name} is empty" for name in empty)
    for name in ADDRESSES:
        if name in thing and not urlsplit(thing[name]).netloc:
            yield f"{kind}.{name} is no whole address"
    for name in DATES:
        if name in thing and not ISO_DATE.fullmatch(thing[name]):
            yield f"{kind}.{name} is no date"
    yield from _faults_of_parts(thing)


def _faults_of_parts(thing: dict[str, Any]) -> Iterator[str]:
    for value in thing.values():
        parts = value if isinstance(value, list) else [value]
        for part in parts:
            if isinstance(part, dict):
                yield from faults(part)
    items = thing.get("itemListElement", [])
    numbers = [item["position"] for item in items]
    if items and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        yield f"positions {numbers} have gaps"


# Wagtail's test picture is left to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
]


@pytest.fixture
def pages(home: HomePage) -> dict[str, str]:
    """The addresses of a park and a ride with all facts, and of what shows them."""
    cache.clear()
    maker = make_company("Intamin")
    model = make_model("Giga Coaster", manufacturer=maker)
    photo = get_image_model().objects.create(
        title="Lift hill", file=get_test_image_file(size=(900, 600))
    )
    park = make_park(
        "Cedar Point",
        opened="1870",
        address="1 Cedar Point Drive",
        city="Sandusky",
        subdivision="US-OH",
        latitude="41.48",
        longitude="-82.68",
        website="https://example.com/",
        lead_photo=photo,
    )
    park.names.add(ParkName(text="Queen of the Lakes", kind="nickname"))
    park.status_periods = [
        ParkStatusPeriod(status="operating", began="1870-06-01", ended="2019-09-09")
    ]
    park.save_revision().publish()
    ride = make_ride(park, "Millennium Force", height="310 ft", maker=maker)
    ride.model, ride.lead_photo = model, photo
    ride.save_revision().publish()
    make_park("Nameless", country="ZZ", opened="1902~")
    return {
        "park": park.url,
        "ride": ride.url,
        "company": maker.url,
        "model": model.url,
        "parks": "/parks/",
        "companies": "/companies/",
        "models": "/models/",
        "countries": "/countries/",
        "country": "/countries/united-states/",
        "list": "/lists/tallest-coasters/",
        "empty list": "/lists/moved/",
        "unknown country": ParkPage.objects.get(title="Nameless").url,
    }


def types_at(client: Client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    return [thing["@type"] for thing in structured(html)]


def test_all_structured_data_keeps_to_the_vocabulary(
    client: Client, pages: dict[str, str]
) -> None:
    found = {
        name: [
            fault
            for thing in structured(client.get(address).content.decode())
            for fault in [*faults(thing), *_context_fault(thing)]
        ]
        for name, address in pages.items()
    }

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def _context_fault(thing: dict[str, Any]) -> list[str]:
    is_right = thing.get("@context") == "https://schema.org"
    return [] if is_right else ["it names no vocabulary"]


def test_each_page_says_what_it_is_about(client: Client, pages: dict[str, str]) -> None:
    assert types_at(client, pages["park"]) == ["BreadcrumbList", "AmusementPark"]
    assert types_at(client, pages["ride"]) == ["BreadcrumbList", "TouristAttraction"]
    assert types_at(client, pages["company"]) == ["BreadcrumbList"]
    assert types_at(client, pages["country"]) == ["BreadcrumbList", "ItemList"]
    assert types_at(client, pages["list"]) == ["BreadcrumbList", "ItemList"]
    assert types_at(client, pages["empty list"]) == ["BreadcrumbList"]


def test_a_park_says_where_it_is(client: Client, pages: dict[str, str]) -> None:
    park = structured(client.get(pages["park"]).content.decode())[1]

    assert park["address"]["addressCountry"] == "US"
    assert park["address"]["addressRegion"] == "US-OH"
    assert park["geo"]["latitude"] == 41.48


def test_a_list_goes_on_counting_on_its_second_page(
    client: Client, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parks.lists.views.RIDES_PER_PAGE", 1)
    make_ride(ParkPage.objects.get(title="Cedar Point"), "Gemini", height="125 ft")

    html = client.get("/lists/tallest-coasters/?page=2").content.decode()

    (second,) = structured(html)[1]["itemListElement"]
    assert (second["position"], second["name"]) == (2, "Gemini")


def test_faults_are_found() -> None:
    broken = {
        "@type": "ItemList",
        "name": "",
        "colour": "red",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "A", "item": "/a/"},
            {"@type": "ListItem", "position": 3, "name": "B", "item": "http://b/"},
        ],
    }

    assert sorted(faults(broken)) == [
        "ItemList has no colour",
        "ItemList lacks numberOfItems",
        "ItemList.name is empty",
        "ListItem.item is no whole address",
        "positions [1, 3] have gaps",
    ]

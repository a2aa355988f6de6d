"""The sections of a park's page, and what it says to machines."""

import json
import re
from datetime import date
from typing import Any

from django.test import Client

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

import pytest

from history.models import PageVersion
from home.models import HomePage
from parks.models import (
    ParkArea,
    ParkPage,
    ParkPicture,
    ParkSeason,
    RideStay,
)
from photos.models import LicenceType
from tests.factories.pages import make_park, make_ride

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the spool files it draws pictures in to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]
SANDUSKY: dict[str, Any] = {"latitude": "41.482207", "longitude": "-82.683523"}
LATEST = {"HX-Request": "true", "HX-Target": "latest-changes"}


@pytest.fixture(autouse=True)
def _wiki(home: HomePage) -> None:
    """Every test reads an installed wiki."""


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def section(html: str, heading: str) -> str:
    found = re.search(rf'aria-labelledby="{heading}">(.*?)</section>', html, re.DOTALL)
    assert found is not None, heading
    return found.group(1)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_list_at_the_head_leads_to_every_section_there_is_and_no_other(
    client: Client,
) -> None:
    bare, full = make_park("Bare"), make_park("Full", **SANDUSKY)
    make_ride(full, "The Beast")
    ParkArea.objects.create(park=full, name="Rivertown")

    for park in (bare, full):
        html = text_of(client, park.url)
        nav = html.split("data-jump>")[1].split("</nav>")[0]
        leads_to = re.findall(r'href="#([\w-]+)"', nav)
        assert all(f' id="{anchor}"' in html for anchor in leads_to), leads_to
        headings = re.findall(r'<h2 id="([\w-]+)"', html)
        by_itself = {h for h in headings if not h.startswith("rides-")}
        assert by_itself <= {*leads_to, "status", "names"}
    assert "#timeline" not in text_of(client, bare.url)


def test_the_timeline_links_every_ride_and_says_the_same_in_a_table(
    client: Client,
) -> None:
    park = make_park()
    beast = make_ride(park, "The Beast", opened="1979-04-14")
    make_ride(park, "Old Mill", category="water", status="demolished", opened="1905")

    timeline = section(text_of(client, park.url), "timeline")

    drawing, table = timeline.split("The same as a table")
    assert f'<a href="{beast.url}" class="tone-open">' in drawing
    assert "<title>The Beast:" in drawing
    assert 'mask="url(#fade-in)"' not in drawing.split("The Beast")[1].split("</a>")[0]
    assert "operating since 14 April 1979" in words(table)
    assert "1 January" not in timeline


def test_a_ride_that_left_ends_on_the_timeline_where_its_stay_ends(
    client: Client,
) -> None:
    here, there = make_park("Geauga Lake"), make_park("Six Flags New England")
    ride = make_ride(there, "Bizarro", opened="1998-05-01")
    ride.stays = [
        RideStay(park=here, began="1998-05-01", ended="2003-09-01"),
        RideStay(park=there, began="2004-05-01", continuity="relocated_same_track"),
    ]
    ride.save_revision().publish()

    left, right = (
        section(text_of(client, p.url), "timeline").split("</svg>")[-2]
        for p in (here, there)
    )

    assert "#sign-moved" in left
    assert "life-open" not in left
    assert "#sign-moved" not in right
    assert "life-open" in right


def test_an_area_lists_the_rides_that_stand_in_it(client: Client) -> None:
    park = make_park()
    midway = ParkArea.objects.create(park=park, name="Main Midway")
    ParkArea.objects.create(park=park, name="Empty Corner")
    ride = make_ride(park, "Rougarou")
    ride.stays = [RideStay(park=park, area=midway)]
    ride.save_revision().publish()
    make_ride(park, "Placeless")

    areas = words(text_of(client, park.url).split('<div class="areas">')[1])

    assert re.match(r"Empty Corner No ride is recorded here. Main Midway Rou", areas)
    assert "Placeless" not in areas.split("Timeline")[0]


def test_seasons_are_drawn_and_written(client: Client) -> None:
    park = make_park()
    park.seasons = [
        ParkSeason(year=2025, opens_on=date(2025, 5, 9), closes_on=date(2025, 11, 2)),
        ParkSeason(year=2025, label="Winter", opens_on=date(2025, 11, 28)),
    ]
    park.save_revision().publish()

    seasons = section(text_of(client, park.url), "seasons")

    assert '<rect x="128" y="3" width="178"' in seasons
    assert "9 May – 2 Nov" in words(seasons)
    assert "Winter: from 28 Nov" in words(seasons)


def test_a_picture_of_the_gallery_leads_to_its_large_self_and_keeps_its_credit(
    client: Client,
) -> None:
    park = make_park()
    licence = LicenceType.objects.create(name="CC BY 4.0", code="cc-by")
    photo = get_image_model().objects.create(
        title="Midway",
        file=get_test_image_file(size=(1500, 1000)),
        credit="Ada Lovelace",
        licence=licence,
    )
    park.gallery = [ParkPicture(photo=photo, caption="The midway at dusk")]
    park.save_revision().publish()

    gallery = section(text_of(client, park.url), "gallery")

    large = re.search(r'class="enlarge" href="(.*?)" data-width="1200"', gallery)
    assert large is not None
    assert client.get(large.group(1)).status_code == 200
    assert "The midway at dusk Photo: Ada Lovelace, CC BY 4.0" in words(gallery)


def test_the_map_shows_the_park_and_the_public_parks_around_it(client: Client) -> None:
    park = make_park("Cedar Point", **SANDUSKY)
    make_park("Geauga Lake", latitude="41.35", longitude="-81.38", status="demolished")
    make_park("Kings Island", latitude="39.34", longitude="-84.27")
    hidden = make_park("Hidden", latitude="41.5", longitude="-82.6")
    PageViewRestriction.objects.create(
        page=hidden, restriction_type=PageViewRestriction.LOGIN
    )

    html = section(text_of(client, park.url), "map")

    data = re.search(r'id="park-map-points"[^>]*>(.*?)</script>', html)
    assert data is not None
    assert [point["park"] for point in json.loads(data.group(1))] == [
        *("Cedar Point", "Geauga Lake")
    ]
    assert "Geauga Lake 110 km · demolished" in words(html)


def test_a_park_of_unknown_place_has_no_map(client: Client) -> None:
    assert "data-map" not in text_of(client, make_park().url)


def test_a_park_leads_to_its_country_if_that_is_recorded(client: Client) -> None:
    known, unknown = make_park("A", country="DE"), make_park("B", country="ZZ")

    assert 'href="/countries/germany/">Germany</a>' in text_of(client, known.url)
    main = text_of(client, unknown.url).split("<footer")[0]
    assert 'href="/countries/' not in main


def test_a_page_of_another_day_leaves_out_what_is_of_today(client: Client) -> None:
    park = make_park(**SANDUSKY)
    make_ride(park, "The Beast")

    html = text_of(client, f"{park.url}?as_of=1990")

    assert "data-map" not in html
    assert "<svg class=" not in html.split("<main")[1].split("The Beast")[0]
    assert 'id="timeline"' not in html


# --- What the page asks its history for -----------------------------------------


def test_the_page_asks_its_history_for_the_three_latest_changes(client: Client) -> None:
    park = make_park(city="Huron")
    for city in ("Erie", "Toledo", "Sandusky"):
        draft = ParkPage.objects.get(pk=park.pk)
        draft.city = city
        draft.change_reason = f"It lies in {city}"
        draft.save_revision().publish()

    page = text_of(client, park.url)
    response = client.get(f"{park.url}history/", headers=LATEST)
    html = response.content.decode()

    assert f'id="latest-changes" hx-get="{park.url}history/"' in page
    assert f'href="{park.url}history/">All changes' in page
    assert re.findall(r"It lies in \w+", html) == [
        *("It lies in Sandusky", "It lies in Toledo", "It lies in Erie")
    ]
    assert html.count("<li>") == 3
    assert f"{park.url}diff/3..4/" in html
    assert "<html" not in html
    assert "HX-Target" in response["Vary"]


def test_a_hidden_reason_and_name_are_not_among_the_latest_changes(
    client: Client,
) -> None:
    park = make_park(change_reason="Call me on 555-1234")
    change = PageVersion.objects.get(object_uuid=park.uuid).changeset
    type(change).objects.filter(pk=change.pk).update(
        reason_hidden=True, author_hidden=True
    )

    html = client.get(f"{park.url}history/", headers=LATEST).content.decode()

    assert "555-1234" not in html
    assert "name hidden" in html


# --- Structured data --------------------------------------------------------------


def amusement_park(client: Client, park: Any) -> dict[str, Any]:
    html = text_of(client, park.url)
    found = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html)
    by_type = {data["@type"]: data for data in map(json.loads, found)}
    assert set(by_type) == {"BreadcrumbList", "AmusementPark"}
    data: dict[str, Any] = by_type["AmusementPark"]
    return data


def test_a_park_has_the_properties_search_engines_require(client: Client) -> None:
    park = make_park(
        "Cedar Point",
        opened="1870-05-09",
        city="Sandusky",
        subdivision="US-OH",
        address="1 Cedar Point Drive",
        website="https://cedar.example/",
        **SANDUSKY,
    )

    data = amusement_park(client, park)

    assert data["@context"] == "https://schema.org"
    assert data["name"] == "Cedar Point"
    assert data["url"] == "http://localhost/parks/cedar-point/"
    assert data["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "1 Cedar Point Drive",
        "addressLocality": "Sandusky",
        "addressRegion": "US-OH",
        "addressCountry": "US",
    }
    assert data["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 41.482207,
        "longitude": -82.683523,
    }
    assert data["foundingDate"] == "1870-05-09"
    assert data["sameAs"] == "https://cedar.example/"


@pytest.mark.parametrize("opened", ["1870", "1870-05", "1870~", "187X", "../1870"])
def test_a_vague_date_is_no_day_for_machines(client: Client, opened: str) -> None:
    park = make_park(opened=opened)

    assert "foundingDate" not in amusement_park(client, park)


def test_what_is_not_known_is_not_said_to_machines(client: Client) -> None:
    data = amusement_park(client, make_park(country="ZZ"))

    assert "geo" not in data
    assert "address" not in data

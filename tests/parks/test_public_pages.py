"""Parks, rides, companies and models as visitors see them."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Site

import pytest

from core.measures import Dimension, Measure
from home.models import HomePage
from parks.models import (
    ParkArea,
    ParkName,
    ParkPage,
    ParkPicture,
    ParkSeason,
    ParkTerm,
    RideName,
    RidePage,
    RideStay,
    RideTrack,
)
from tests.factories.pages import make_company, make_model, make_park, make_ride
from tests.parks.sharing import structured

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the spool files it draws pictures in to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]

COLD_BUDGET = 12
WARM_BUDGET = 2


@pytest.fixture(autouse=True)
def _wiki(home: HomePage) -> None:
    """Every test reads an installed wiki."""


def queries_of(client: Client, address: str, *, warm: bool = False) -> int:
    """How many queries a first visit costs after a restart with empty caches.

    If warm, what one costs when the page was read before.
    """
    client.get(address)  # pictures are drawn and templates compiled once
    if not warm:
        cache.clear()
        ContentType.objects.clear_cache()
        Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def photo(title: str = "Lift hill") -> Any:
    file = get_test_image_file(size=(900, 600))
    return get_image_model().objects.create(title=title, file=file)


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )


def fill_park(rides: int) -> ParkPage:
    """A park with everything a park can show, and so many rides."""
    maker = make_company(f"Maker {rides}")
    owner = make_company(f"Owner {rides}", is_operator=True, is_owner=True)
    model = make_model(f"Model {rides}", manufacturer=maker)
    park = make_park(
        f"Park of {rides}",
        lead_photo=photo(),
        latitude=f"{rides / 10}",
        longitude="-82.68",
    )
    park.names.add(ParkName(text="Old Park", kind="former", ended="1950"))
    park.terms = [ParkTerm(company=owner, role="operator", began="1950")]
    park.seasons = [ParkSeason(year=2025, opens_on=date(2025, 5, 9))]
    # More pictures where there are more rides: none may cost a query.
    park.gallery = [ParkPicture(photo=photo()) for _ in range(1 + rides // 100)]
    park.save_revision().publish()
    area = ParkArea.objects.create(park=park, name="Midway")
    for number in range(rides):
        ride = make_ride(
            park,
            f"Ride {number:03}",
            maker=maker,
            model=model,
            height=f"{number + 20} m",
            status="operating" if number % 3 else "closed",
        )
        if number % 5 == 0:
            # A row alone: publishing all of them once more is what takes long.
            RideStay.objects.create(page=ride, park=park, area=area)
    return ParkPage.objects.get(pk=park.pk)


def test_a_park_page_costs_the_same_few_queries_for_15_and_150_rides(
    client: Client,
) -> None:
    small, large = fill_park(15), fill_park(150)

    cold = [queries_of(client, park.url) for park in (small, large)]
    warm = [queries_of(client, park.url, warm=True) for park in (small, large)]

    assert cold[0] == cold[1] <= COLD_BUDGET
    assert warm[0] == warm[1] <= WARM_BUDGET


def test_the_park_index_costs_the_same_for_2_and_20_parks(client: Client) -> None:
    def add(number: int) -> None:
        park = make_park(f"Park {number}", country="DE", lead_photo=photo())
        make_ride(park, f"Ride {number}")

    assert_flat(client, "/parks/", add)


def test_a_ride_page_costs_the_same_for_2_and_20_clones(client: Client) -> None:
    maker = make_company("Vekoma")
    model = make_model(manufacturer=maker)
    first = make_ride(make_park("Bellewaerde"), "Boomerang", model=model, maker=maker)

    def add(number: int) -> None:
        make_ride(make_park(f"Park {number}"), "Clone", model=model, maker=maker)

    assert_flat(client, first.url, add)


def test_a_company_page_costs_the_same_for_2_and_20_rides(client: Client) -> None:
    maker = make_company("Vekoma", is_operator=True)
    model = make_model(manufacturer=maker)

    def add(number: int) -> None:
        park = make_park(f"Park {number}")
        park.terms = [ParkTerm(company=maker, role="operator")]
        park.save_revision().publish()
        make_ride(park, "Boomerang", maker=maker, model=model)

    assert_flat(client, maker.url, add)
    assert_flat(client, model.url, lambda number: add(number + 100))


def assert_flat(client: Client, address: str, add: Callable[[int], None]) -> None:
    for number in range(2):
        add(number)
    few = queries_of(client, address)
    for number in range(2, 20):
        add(number)
    many = queries_of(client, address)
    assert few == many


def test_a_park_groups_its_rides_by_standing_and_category(client: Client) -> None:
    park = make_park("Kings Island")
    make_ride(park, "The Beast", category="roller_coaster", height="110 ft")
    make_ride(park, "Diamondback", category="roller_coaster", status="announced")
    make_ride(park, "Old Mill", category="water", status="demolished", opened="1905")

    html = text_of(client, park.url)

    headings = re.findall(r"<h[23][^>]*>([^<]+)<", html)
    assert [h for h in headings if h in ("Open to visitors", "On the way", "Gone")] == [
        "Open to visitors",
        "On the way",
        "Gone",
    ]
    assert "Water rides" in headings


def test_a_ride_that_left_is_listed_with_where_it_went(client: Client) -> None:
    here, there = make_park("Geauga Lake"), make_park("Six Flags New England")
    ride = make_ride(there, "Bizarro")
    ride.stays = [
        RideStay(park=here, began="1998", ended="2003"),
        RideStay(park=there, began="2004", continuity="relocated_same_track"),
    ]
    ride.save_revision().publish()

    html = text_of(client, here.url)

    assert "Moved away" in html
    assert f'href="{there.url}">Six Flags New England' in html
    assert "1998 – 2003" in html


def test_a_measure_is_shown_in_the_readers_units_beside_the_sources(
    client: Client,
) -> None:
    ride = make_ride(make_park(), "Millennium Force", height="310 ft")
    metric = text_of(client, ride.url)

    response = client.post("/units/", {"units": "imperial", "next": ride.url})
    imperial = text_of(client, ride.url)

    converted = Measure.parse("310 ft", Dimension.LENGTH).display("metric")
    assert response.status_code == 302
    assert converted in metric
    assert "310 ft in the source" in metric
    assert "in the source" not in imperial


def test_a_year_is_never_shown_as_a_day(client: Client) -> None:
    ride = make_ride(make_park(), "Leap-the-Dips", opened="1902~")

    html = text_of(client, ride.url)

    assert "c. 1902" in html
    assert "January" not in html
    assert '"1902' not in json.dumps(structured(html))


def test_statistics_stand_in_one_column_for_each_track(client: Client) -> None:
    ride = make_ride(make_park(), "Gemini")
    ride.tracks = [
        RideTrack(name="Red", height="125 ft", duration_s=140),
        RideTrack(name="Blue", height="124 ft"),
    ]
    ride.save_revision().publish()

    html = text_of(client, ride.url)

    assert re.search(r'<th scope="col">Red</th>\s*<th scope="col">Blue</th>', html)
    assert "2:20" in html
    assert "not recorded" in html


def test_a_model_leads_to_its_record_as_other_pages_do(client: Client) -> None:
    model = make_model("Boomerang", introduced="1983")

    html = client.get(model.url).content.decode()

    assert f'href="{model.url}history/"' in html
    assert f'href="{model.url}blame/?fact=introduced"' in html
    assert b"1983" in client.get(f"{model.url}blame/?fact=introduced").content


def test_a_name_keeps_its_language_and_direction(client: Client) -> None:
    ride = make_ride(make_park(), "Fujiyama")
    ride.names.add(RideName(text="フジヤマ", language="ja", ended="1999"))
    ride.save_revision().publish()

    assert '<bdi lang="ja">フジヤマ</bdi>' in text_of(client, ride.url)


def test_structured_data_cannot_be_left_by_a_name(client: Client) -> None:
    ride = make_ride(make_park(), "</script><script>alert(1)</script>")

    html = text_of(client, ride.url)

    assert "<script>alert" not in html
    assert ride.title in [data.get("name") for data in structured(html)]


@pytest.mark.parametrize("hide", ["draft", "unpublish", "restrict"])
def test_what_is_not_public_appears_in_no_list_count_or_sitemap(
    client: Client, hide: str
) -> None:
    maker = make_company("Secret Works")
    model = make_model("Open Model")
    park = make_park("Open Park", country="DE")
    secret = make_ride(
        park, "Hidden Coaster", maker=maker, model=model, publish=hide != "draft"
    )
    if hide == "unpublish":
        secret.unpublish()
        maker.unpublish()
    if hide == "restrict":
        restrict(secret)
        restrict(maker)
    shown = make_ride(park, "Shown Coaster", model=model, maker=maker)

    addresses = ["/", "/parks/", park.url, shown.url, model.url, "/sitemap.xml"]
    pages = {address: text_of(client, address) for address in addresses}

    for address, html in pages.items():
        assert "Hidden Coaster" not in html, address
        assert "hidden-coaster" not in html, address
        if hide != "draft":
            assert "Secret Works" not in html, address
    assert re.search(r"\b1 ride\b", pages["/parks/"])
    assert client.get(secret.url or "/hidden/").status_code in (302, 404)


def test_a_hidden_park_is_in_no_country_and_no_company(client: Client) -> None:
    owner = make_company("Owner", is_operator=True)
    park = make_park("Hidden Park", country="IS")
    park.terms = [ParkTerm(company=owner, role="operator")]
    park.save_revision().publish()
    restrict(park)

    assert "Iceland" not in text_of(client, "/parks/")
    assert "Hidden Park" not in text_of(client, owner.url)


def test_the_policy_forbids_what_the_pages_do_without(client: Client) -> None:
    response = client.get(make_ride(make_park(), lead_photo=photo()).url)
    html = response.content.decode()

    assert " style=" not in html
    assert "<style" not in html
    assert not re.search(r"\son\w+=", html)
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    # Data is no script: browsers do not run it, and a nonce would be shared by many.
    assert all(
        "src=" in tag or re.search(r'type="application/(ld\+)?json"', tag)
        for tag in re.findall(r"<script[^>]*>", html)
    )


def test_pictures_come_in_formats_and_sizes_with_their_dimensions(
    client: Client,
) -> None:
    html = text_of(client, make_park(lead_photo=photo()).url)

    picture = re.search(r"<picture>.*?</picture>", html, re.DOTALL)
    assert picture is not None
    for part in ("image/avif", "image/webp", "400w", "800w", "width=", "height="):
        assert part in picture.group(), part
    assert 'loading="lazy"' not in picture.group()


def test_a_preview_shows_the_rows_on_the_editors_screen() -> None:
    ride = make_ride(make_park(), "Voyage", height="50 m")
    draft = RidePage.objects.get(pk=ride.pk)
    draft.tracks = [RideTrack(height="77 m")]

    html = draft.make_preview_request().content.decode()
    facts = strip_tags(html.split("<main")[1].split("</main>")[0])

    assert "77" in facts
    assert "50" not in facts

"""The ride finder as a reader's browser meets it."""

import re
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction, Site

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from core.reader import COOKIE
from home.models import HomePage
from parks.actions.inventing import invent_rides
from parks.models import RidePage
from search.finder.actions import rebuild
from tests.factories.pages import make_company, make_park, make_ride

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

BUDGET = 8
HTMX = {"HX-Request": "true", "HX-Target": "list"}
EVERYTHING = (
    "?q=e&category=roller_coaster,flat,water,dark,transport,walkthrough_other"
    "&material=steel,wood,unknown&intensity=family,thrill,unknown"
    "&setting=outdoor,indoor&continent=asia,europe,north-america"
    "&status=operating,closed,demolished&opened=1900..2030"
    "&since=1900..2030,unknown&manufacturer=nobody,unknown&model=nothing,unknown"
    "&height=0..300m,unknown&speed=0..300kmh,unknown&length=0..9000m,unknown"
    "&drop=0..300m,unknown&inversions=0..20,unknown&angle=0..180,unknown"
    "&duration=0..999s,unknown&capacity=0..9999,unknown&rider=0..250cm,unknown"
    "&record=figures"
)


def text_of(client: Client, query: str = "", **headers: Any) -> str:
    response = client.get(f"/rides/{query}", headers=headers)
    assert response.status_code == 200, response
    return str(response.content.decode())


def listed(html: str) -> list[str]:
    """The names in the table of rides, in its order."""
    return re.findall(r'role="rowheader".*?<a [^>]*>([^<]+)</a>', html, re.DOTALL)


def count_of(html: str, facet: str, value: str) -> int | None:
    """The number beside a value of a facet; None when it is not offered."""
    found = re.search(
        rf'id="f-{facet}-{value}".*?class="number">([\d,]+)<', html, re.DOTALL
    )
    return int(found[1].replace(",", "")) if found else None


@pytest.fixture
def rides(home: HomePage) -> dict[str, RidePage]:
    """Three rides of two parks and two makers."""
    point, land = make_park("Cedar Point"), make_park("Phantasialand", country="DE")
    intamin, vekoma = make_company("Intamin"), make_company("Vekoma")
    return {
        "force": make_ride(
            point, "Millennium Force", height="310 ft", maker=intamin, opened="2000"
        ),
        "taron": make_ride(
            land, "Taron", height="30 m", maker=intamin, opened="2016-06-30"
        ),
        "tide": make_ride(
            point, "Old Tide", category="water", maker=vekoma, opened="1980s"
        ),
    }


@pytest.mark.usefixtures("rides")
def test_choosing_narrows_the_list_and_the_other_facets(client: Client) -> None:
    html = text_of(client, "?country=US&manufacturer=intamin")

    assert listed(html) == ["Millennium Force"]
    assert count_of(html, "manufacturer", "vekoma") == 1
    assert count_of(html, "country", "DE") == 1
    assert count_of(html, "category", "roller_coaster") == 1
    assert count_of(html, "category", "water") is None


@pytest.mark.usefixtures("rides")
def test_what_is_chosen_stands_above_the_list_and_can_be_removed(
    client: Client,
) -> None:
    html = text_of(client, "?q=force&manufacturer=intamin&height=200..ft")

    chips = re.findall(r'class="chip" href="([^"]*)"', html)
    assert chips == [
        "/rides/?manufacturer=intamin&amp;height=200..ft",
        "/rides/?q=force&amp;height=200..ft",
        "/rides/?q=force&amp;manufacturer=intamin",
    ]
    assert "(about 61\u00a0m)" in html
    assert 'href="/rides/">Clear all' in html


@pytest.mark.usefixtures("rides")
def test_a_form_without_scripts_ends_at_a_short_address(client: Client) -> None:
    response = client.get(
        "/rides/?q=&category=&height_min=60&height_max=&height_unit=m&sort=&view="
    )

    assert response.status_code == 302
    assert response["Location"] == "/rides/?height=60..m"
    assert listed(text_of(client, "?height=60..m")) == ["Millennium Force"]


@pytest.mark.usefixtures("rides")
def test_a_link_means_the_same_to_readers_of_other_units(client: Client) -> None:
    client.cookies[COOKIE] = "imperial"

    html = text_of(client, "?height=90..95m")

    assert listed(html) == ["Millennium Force"]
    assert 'name="height_unit" value="m"' in html
    assert "(about 295–312\u00a0ft)" in html
    # Other ranges are offered in the reader's own units.
    assert 'name="speed_unit" value="mph"' in html
    unitless = client.get("/rides/?height=300..320")
    assert unitless["Location"] == "/rides/?height=300..320ft"


@pytest.mark.usefixtures("rides")
def test_rides_that_are_only_possibly_meant_are_marked_and_can_be_left_out(
    client: Client,
) -> None:
    html = text_of(client, "?opened=1985..2005")
    certain = text_of(client, "?opened=1985..2005&dates=certain")

    assert listed(html) == ["Millennium Force", "Old Tide"]
    assert html.count("(not certain)") == 1
    assert "1 of them only possibly: its date is not known" in html
    assert listed(certain) == ["Millennium Force"]
    assert "Show possible ones too" in certain


@pytest.mark.usefixtures("rides")
def test_a_range_the_wrong_way_round_is_explained_beside_its_fields(
    client: Client,
) -> None:
    response = client.get("/rides/?height_min=90&height_max=60&height_unit=m")
    html = response.content.decode()

    assert response.status_code == 400
    problem = re.search(r'id="f-height-problem"[^>]*>([^<]*)<', html)
    assert problem is not None
    assert problem[1] == "The smaller number comes first: 60 to 90."
    assert 'value="90"' in html
    assert 'aria-invalid="true"' in html
    assert listed(html) == []


@pytest.mark.usefixtures("rides")
def test_htmx_gets_the_list_and_each_facet_and_nothing_around_them(
    client: Client,
) -> None:
    response = client.get("/rides/?category=water&q=&height_min=", headers=HTMX)
    html = response.content.decode()

    assert html.strip().startswith('<div class="fades finder-list" id="list"')
    assert listed(html) == ["Old Tide"]
    assert "<html" not in html
    assert html.count('hx-swap-oob="true"') >= 28
    assert response["HX-Push-Url"] == "/rides/?category=water"
    assert "HX-Request" in response["Vary"]
    whole = client.get(
        "/rides/", headers={**HTMX, "HX-History-Restore-Request": "true"}
    )
    assert "<html" in whole.content.decode()


@pytest.mark.usefixtures("rides")
def test_a_problem_reaches_a_page_with_scripts_and_keeps_its_address(
    client: Client,
) -> None:
    response = client.get("/rides/?height_min=nan", headers=HTMX)

    assert response.status_code == 200
    assert "f-height-problem" in response.content.decode()
    assert "HX-Push-Url" not in response


def test_a_slug_of_former_times_leads_to_the_page_of_today(
    client: Client,
    rides: dict[str, RidePage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    park = rides["force"].get_parent().specific
    park.slug = "cedar-point-ohio"
    with django_capture_on_commit_callbacks(execute=True):
        park.save_revision().publish()

    response = client.get("/rides/?park=cedar-point")

    assert response["Location"] == "/rides/?park=cedar-point-ohio"
    assert "Old Tide" in listed(text_of(client, "?park=cedar-point-ohio"))


@pytest.mark.usefixtures("rides")
def test_a_slug_that_names_nothing_finds_nothing_and_can_be_removed(
    client: Client,
) -> None:
    html = text_of(client, "?category=water&park=atlantis")

    assert "No ride fits all of this" in html
    assert "<bdi>atlantis</bdi>" in html
    assert 'href="/rides/?category=water"' in html


@pytest.mark.usefixtures("rides")
def test_a_company_that_is_not_public_is_named_nowhere(client: Client) -> None:
    company = RidePage.objects.get(title="Taron").credits.get().company
    PageViewRestriction.objects.create(
        page=company, restriction_type=PageViewRestriction.LOGIN
    )

    assert "Intamin" not in text_of(client)
    assert listed(text_of(client, "?manufacturer=intamin")) == []


@pytest.mark.usefixtures("rides")
def test_long_facets_show_more_and_find_within(client: Client) -> None:
    short = text_of(client)
    for number in range(9):
        make_ride(make_park(f"Little Park {number}"), f"Cups {number}")
    html = text_of(client)
    more = text_of(client, "?more=park")
    within = text_of(client, "?more=park&within=cedar")

    assert "More parks" not in short
    assert 'href="/rides/?more=park"' in html
    assert len(re.findall(r'name="park"', html)) == 8
    assert len(re.findall(r'name="park"', more)) == 11
    assert re.findall(r'name="park" value="([^"]*)"', within) == ["cedar-point"]


@pytest.mark.usefixtures("rides")
def test_cards_and_map_show_the_same_rides(client: Client) -> None:
    cards = text_of(client, "?country=DE&view=cards")
    on_map = text_of(client, "?country=DE&view=map")

    assert re.findall(r"<h3><a [^>]*>([^<]+)</a>", cards) == ["Taron"]
    assert "Germany" in on_map
    assert "Phantasialand" in on_map
    assert 'data-points-url="/rides/points.json?country=DE&amp;view=map"' in on_map


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("colour=red", 400, "There is no filter called “colour”."),
        ("category=flying", 400, "Category: “flying”"),
        ("category=%00", 400, "NUL"),
        ("q=" + "x" * 5000, 400, "longer"),
        ("&".join(f"park=p{n}" for n in range(500)), 400, "at most 100"),
        ("&".join(f"x{n}=1" for n in range(500)), 400, "no filter"),
        ("page=99", 404, ""),
        ("page=0", 400, "Pages"),
        ("page=" + "9" * 5000, 400, ""),
        ("height=NaN", 400, "plain numbers"),
        ("opened=99999", 400, "not a date"),
        ("q=%ED%A0%80", 200, "No ride fits"),
        ("q=%25_\\", 200, "No ride fits"),
    ],
)
def test_bad_addresses_have_a_clear_answer(
    client: Client, query: str, status: int, reason: str
) -> None:
    response = client.get(f"/rides/?{query}")

    assert response.status_code == status
    assert reason in response.content.decode()


def test_only_reading_is_offered(client: Client) -> None:
    for address in ("/rides/", "/rides/export.csv", "/rides/points.json"):
        assert client.post(address).status_code == 405


def test_the_policy_forbids_what_the_page_does_without(client: Client) -> None:
    html = text_of(client, "?height=60..m&view=map")

    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)


def queries_of(client: Client, query: str) -> int:
    cache.clear()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    client.get(f"/rides/{query}")  # the first one reads the rides into memory
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/rides/{query}").status_code == 200
    return len(queries)


def test_the_finder_costs_the_same_few_queries_for_20_and_200_rides(
    client: Client,
) -> None:
    addresses = ("", EVERYTHING, "?view=cards", "?view=map", "?more=park&within=a")
    counts = []
    for number in (20, 180):
        for _ in invent_rides(number, seed=number):
            pass
        rebuild()
        counts.append([queries_of(client, address) for address in addresses])

    assert counts[0] == counts[1]
    assert max(counts[1]) <= BUDGET
    assert len(listed(text_of(client, EVERYTHING))) > 0


def test_a_publish_costs_the_finder_no_more_with_many_rides(client: Client) -> None:
    ride = make_ride(make_park())
    client.get("/rides/")
    counts = []
    for number in (10, 100):
        for _ in invent_rides(number, seed=number):
            pass
        rebuild()
        client.get("/rides/")
        with CaptureQueriesContext(connection) as queries:
            RidePage.objects.get(pk=ride.pk).save_revision().publish()
            client.get("/rides/")
        counts.append(len(queries))

    assert counts[0] == counts[1]

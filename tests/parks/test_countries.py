"""Countries: pages made of what lies there, and of nothing else."""

import re
from collections.abc import Iterator

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction, Site

import pytest
from pytest_django import DjangoDbBlocker

from home.foundations import lay_foundations
from parks import country_contents
from parks.countries import NOT_KNOWN, country_at, country_choices, country_slug
from parks.models import ParkIndexPage, ParkPage, RidePage, RideTrack
from tests.factories.pages import make_park, make_ride
from tests.parks.sharing import structured

COLD_BUDGET = 14


@pytest.fixture(scope="module")
def wiki(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A wiki with parks in two countries and somewhere nobody recorded.

    Laid once; what a test adds to it is undone as always.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        lay_foundations()
        _lay_parks()
        yield
        transaction.set_rollback(True)


def _lay_parks() -> None:
    park = make_park("Phantasialand", country="DE", latitude="50.8", longitude="6.88")
    make_ride(park, "Taron", height="30 m", speed="117 km/h", opened="2016-06-30")
    make_ride(park, "F.L.Y.", height="20 m", speed="78 km/h", opened="2020-09-17")
    make_ride(park, "Geister Rikscha", category="dark", opened="1981")
    make_ride(park, "Condor", status="demolished", height="40 m", speed="130 km/h")
    make_park("Spreepark", country="DE", status="closed")
    make_park("Kings Island", country="US")
    make_park("Nowhere Land", country=NOT_KNOWN)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def section(html: str, heading: str) -> str:
    return html.split(f'id="{heading}"')[1].split("</section>")[0]


def test_no_two_countries_share_an_address() -> None:
    codes = [code for code, _ in country_choices() if code != NOT_KNOWN]
    slugs = [country_slug(code) for code in codes]

    assert len(set(slugs)) == len(codes)
    assert all(slugs)
    assert [country_at(slug) for slug in slugs] == codes
    assert [country_at(code.lower()) for code in codes] == codes


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_a_country_counts_what_is_open_and_what_is_recorded(client: Client) -> None:
    html = text_of(client, "/countries/germany/")

    figures = dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>\s*(\S+?)[<\s]", html))
    assert figures["Parks open"] == "1"
    assert figures["Rides open"] == "3"
    assert figures["Coasters open"] == "2"
    assert "of 4 recorded" in html
    assert "Kings Island" not in html


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_a_country_ranks_what_can_be_ridden_today(client: Client) -> None:
    html = text_of(client, "/countries/germany/")

    tallest = section(html, "record-tallest")
    assert tallest.index("Taron") < tallest.index("F.L.Y.")
    assert "Condor" not in tallest
    assert "Taron" in section(html, "record-fastest")
    assert section(html, "record-oldest").index("Geister") > 0
    newest = section(html, "newest")
    assert newest.index("F.L.Y.") < newest.index("Taron")


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_the_parks_of_a_country_stand_by_status(client: Client) -> None:
    parks = section(text_of(client, "/countries/germany/"), "parks")

    assert parks.index("status-operating") < parks.index("Phantasialand")
    assert parks.index("status-closed") < parks.index("Spreepark")


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_of_many_parks_of_a_status_the_first_are_shown_with_a_way_to_all(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(country_contents, "PARKS_SHOWN", 1)
    make_park("Zeta Park", country="DE")

    html = text_of(client, "/countries/germany/")

    assert "Zeta Park" not in html
    assert "All 2" in html
    assert "/parks/?country=DE&amp;status=operating" in html


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_a_code_leads_to_the_name_of_the_country(client: Client) -> None:
    for code in ("de", "DE"):
        response = client.get(f"/countries/{code}/")

        assert response.status_code == 301
        assert response["Location"] == "/countries/germany/"


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_a_country_without_a_park_has_no_page(client: Client) -> None:
    for slug in ("atlantis", "zz", "country-not-recorded", "iceland", "x" * 5000):
        assert client.get(f"/countries/{slug}/").status_code == 404, slug[:20]


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_the_list_of_countries_names_those_with_parks(client: Client) -> None:
    html = text_of(client, "/countries/")

    listed = re.findall(r'<a class="font-semibold" href="(.*?)">(.*?)</a>', html)
    assert listed == [
        ("/countries/germany/", "Germany"),
        ("/countries/united-states/", "United States"),
    ]
    assert "2 parks, 1 open · 4 rides" in html


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_what_is_hidden_is_in_no_country_and_in_no_sitemap(client: Client) -> None:
    hidden = make_park("Hidden Park", country="IS")
    rides = make_park("Secret Rides", country="DE")
    make_ride(rides, "Hidden Coaster", height="90 m")
    for page in (hidden, rides):
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.LOGIN
        )

    germany = text_of(client, "/countries/germany/")
    sitemap = text_of(client, "/sitemap.xml")

    assert client.get("/countries/iceland/").status_code == 404
    assert "Iceland" not in text_of(client, "/countries/")
    assert "Hidden Coaster" not in germany
    assert "Secret Rides" not in germany
    assert "/countries/germany/" in sitemap
    assert "iceland" not in sitemap


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_the_sitemap_names_the_lists_that_have_rides_and_what_leads_to_pages(
    client: Client,
) -> None:
    sitemap = text_of(client, "/sitemap.xml")

    told = re.findall(r"<loc>http://[^/<]+([^<]+)</loc>", sitemap)
    assert len(told) == len(set(told))
    assert {*("/lists/", "/countries/", "/rides/", "/rides/near/"), "/compare/"} <= {
        *told
    }
    assert "/lists/tallest-coasters/" in told
    assert "/lists/moved/" not in told


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_a_country_says_to_machines_where_it_stands_and_what_it_lists(
    client: Client,
) -> None:
    html = text_of(client, "/countries/germany/")

    trail, parks = structured(html)
    assert [step["name"] for step in trail["itemListElement"]] == [
        *("ThrillWiki", "Countries", "Germany")
    ]
    assert parks["@type"] == "ItemList"
    assert [park["name"] for park in parks["itemListElement"]] == [
        *("Phantasialand", "Spreepark")
    ]
    assert '<link rel="canonical" href="http://testserver/countries/germany/">' in html


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_countries_cost_the_same_for_2_and_20_parks(client: Client) -> None:
    addresses = ("/countries/", "/countries/germany/")
    few = [queries_of(client, address) for address in addresses]
    index = ParkIndexPage.objects.get()
    for number in range(18):
        # Not published the way editors do it, which is what takes long.
        park = index.add_child(instance=ParkPage(title=f"Park {number}", country="DE"))
        ride = RidePage(title=f"Ride {number}")
        ride.tracks = [RideTrack(height=f"{number + 10} m")]
        park.add_child(instance=ride)

    many = [queries_of(client, address) for address in addresses]

    assert few == many
    assert max(many) <= COLD_BUDGET


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    cache.clear()
    Site.clear_site_root_paths_cache()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.django_db
@pytest.mark.usefixtures("wiki")
def test_a_wiki_without_parks_says_so(client: Client) -> None:
    ParkPage.objects.update(live=False)

    assert "No park is recorded yet" in text_of(client, "/countries/")

"""Points on maps, and whom a map may ask."""

from typing import Any

from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from wagtail.models import PageViewRestriction

import pytest

from home.models import HomePage
from parks.models import ParkIndexPage, ParkPage
from tests.factories.pages import make_park
from thrillwiki.settings.content_security import PUBLIC_POLICY, origin_of_tiles

TILES = "https://{s}.tiles.example/{z}/{x}/{y}.png"


def place(title: str, **facts: Any) -> Any:
    return make_park(title, **{"latitude": "50.8", "longitude": "6.88", **facts})


def points(client: Client, query: str = "") -> list[dict[str, Any]]:
    response = client.get(f"/parks/points.json{query}")
    assert response.status_code == 200
    found: list[dict[str, Any]] = response.json()
    return found


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_a_point_says_where_a_park_is_how_it_stands_and_where_its_page_is(
    client: Client,
) -> None:
    place("Phantasialand", country="DE")

    assert points(client) == [
        {
            "park": "Phantasialand",
            "lat": 50.8,
            "lon": 6.88,
            "url": "/parks/phantasialand/",
            "status": "Operating",
            "tone": "open",
        }
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_points_pass_the_filter_of_the_list(client: Client) -> None:
    place("Phantasialand", country="DE")
    place("Kings Island", country="US", status="closed")

    assert [p["park"] for p in points(client, "?country=DE&q=&type=&status=")] == [
        "Phantasialand"
    ]
    assert points(client, "?status=closed")[0]["tone"] == "gone"


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_hidden_parks_and_those_of_unknown_place_have_no_point(client: Client) -> None:
    make_park("Placeless")
    draft = place("Draft", publish=False)
    hidden = place("Hidden")
    PageViewRestriction.objects.create(
        page=hidden, restriction_type=PageViewRestriction.LOGIN
    )

    assert not draft.live
    assert points(client) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "query", ["?country=XX", "?q=%00", f"?q={'x' * 5000}", "?status=9", "?view=globe"]
)
def test_points_nobody_offers_are_refused(client: Client, query: str) -> None:
    assert client.get(f"/parks/points.json{query}").status_code == 400


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_points_are_read_and_never_written(client: Client) -> None:
    assert client.post("/parks/points.json").status_code == 405


@pytest.mark.django_db
def test_points_cost_the_same_for_2_and_20_parks(
    client: Client, home: HomePage
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            points(client)
        return len(found)

    place("One")
    place("Two")
    queries()
    few = queries()
    index = ParkIndexPage.objects.get()
    for number in range(18):
        # Not published the way editors do it, which is what takes long.
        at = {"latitude": "50.8", "longitude": "6.88", "country": "DE"}
        index.add_child(instance=ParkPage(title=f"Park {number}", **at))

    assert queries() == few
    assert len(points(client)) == 20


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_the_list_can_be_cards_a_table_or_a_map_of_all_that_pass_the_filter(
    client: Client,
) -> None:
    place("Phantasialand", country="DE")
    place("Kings Island", country="US")

    cards, table, plan = (
        client.get(f"/parks/?country=DE&view={view}").content.decode()
        for view in ("", "table", "map")
    )

    assert 'class="card"' in cards
    assert "data-map" not in cards + table
    assert "<table" in table
    assert 'data-points-url="/parks/points.json?country=DE"' in plan
    assert "<table" in plan
    assert all("Phantasialand" in html for html in (cards, table, plan))
    assert not any("Kings Island" in html for html in (cards, table, plan))


def drawn(**inputs: Any) -> str:
    template = Template(
        "{% load maps %}{% point_map 'm' label='A map' points=points url=url %}"
    )
    return template.render(Context({"points": [], "url": "", **inputs}))


def test_a_map_knows_no_other_host_unless_one_is_configured() -> None:
    with override_settings(MAP_TILES_URL=""):
        plain = drawn()
    with override_settings(MAP_TILES_URL=TILES, MAP_TILES_ATTRIBUTION="© Tiles"):
        offered = drawn()

    assert "data-tiles" not in plain
    assert "detailed" not in plain
    assert 'data-tiles-host="tiles.example"' in offered
    assert "Show detailed map from tiles.example" in offered


def test_no_name_of_a_park_can_leave_the_script_its_point_is_in() -> None:
    evil = "</script><script>alert(1)</script>"

    html = drawn(points=[{"park": evil, "lat": 1.0, "lon": 2.0, "url": "/"}])

    assert "<script>alert" not in html
    assert html.count("</script>") == 1


def test_the_policy_lets_pictures_in_from_the_configured_host_only() -> None:
    assert origin_of_tiles(TILES) == ["https://*.tiles.example"]
    assert origin_of_tiles("http://127.0.0.1:9000/{z}/{x}/{y}.png") == [
        "http://127.0.0.1:9000"
    ]
    assert origin_of_tiles("") == []
    assert PUBLIC_POLICY["img-src"] == ["'self'", "data:", "blob:"]

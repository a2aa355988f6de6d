"""Parks and rides on another day: what existed then; and what is no day."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from home.models import HomePage
from parks.models import (
    MakerCredit,
    ParkName,
    ParkTerm,
    RideName,
    RidePage,
    RideStatusPeriod,
)
from tests.factories.pages import make_company, make_park, make_ride
from tests.parks.other_days import (
    known_park,
    relocated_ride,
    seen,
    title_of,
)

pytestmark = pytest.mark.django_db

COLD_BUDGET = 15


@pytest.fixture(autouse=True)
def _wiki(home: HomePage) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_a_relocated_ride_is_seen_in_1990_at_its_old_park_under_its_old_name(
    client: Client,
) -> None:
    old, new, ride = relocated_ride()

    then, there, itself = (seen(client, p, as_of="1990") for p in (old, new, ride))

    assert f'href="{ride.url}?as_of=1990">Double Loop</a>' in then
    assert "Moved away" not in then
    assert "Thunder Run" not in then
    assert "Double Loop" not in there
    assert title_of(itself) == "Double Loop"
    assert f'href="{old.url}?as_of=1990">Geauga Lake</a>' in itself


def test_after_the_move_the_old_park_says_where_the_ride_went(client: Client) -> None:
    old, new, ride = relocated_ride()

    html = seen(client, old, as_of="1995")

    assert "Moved away" in html
    assert f'href="{new.url}?as_of=1995">Wild Waves</a>' in html
    assert f'href="{ride.url}?as_of=1995">Thunder Run</a>' in html


def test_a_ride_on_its_way_is_at_neither_park(client: Client) -> None:
    old, new, _ = relocated_ride()

    assert "Thunder Run" not in seen(client, new, as_of="1993-02")
    assert "Open to visitors" not in seen(client, old, as_of="1993-02")


@pytest.mark.parametrize(
    ("asked", "is_listed", "is_doubtful"),
    [
        ("1998-12-31", False, False),
        ("1999", True, True),
        ("1999-06", True, True),
        ("2000", True, False),
    ],
)
def test_a_vague_opening_leaves_a_question_mark_in_its_own_year_only(
    client: Client, asked: str, is_listed: bool, is_doubtful: bool
) -> None:
    park = make_park(opened="1950")
    make_ride(park, "The Beast", opened="1999")

    html = seen(client, park, as_of=asked)

    assert ("The Beast" in html) is is_listed
    assert ("(not certain)" in html) is is_doubtful


def test_a_ride_has_the_standing_of_the_day(client: Client) -> None:
    park = make_park(opened="1950")
    ride = make_ride(park, "The Bat", opened="1981-04-26")
    ride.status_periods = [
        RideStatusPeriod(status="under_construction", began="1980-07"),
        RideStatusPeriod(status="operating", began="1981-04-26", ended="1983-10-30"),
        RideStatusPeriod(status="demolished", began="1984"),
    ]
    ride.save_revision().publish()

    headings = {
        asked: re.findall(r"<h2 id=\"rides-(\w+)\"", seen(client, park, as_of=asked))
        for asked in ("1979", "1980-12", "1982", "1983-12", "1985")
    }

    assert headings == {
        "1979": [],
        "1980-12": ["coming"],
        "1982": ["open"],
        "1983-12": ["gone"],
        "1985": ["gone"],
    }


def test_a_renamed_park_has_the_name_and_operator_of_the_day(client: Client) -> None:
    park = make_park("Six Flags Ohio", opened="1887")
    funtime = make_company("Funtime", is_operator=True)
    premier = make_company("Premier", is_operator=True)
    park.names = [
        ParkName(text="Six Flags Ohio", began="2000"),
        ParkName(text="Geauga Lake", kind="former", began="1887", ended="1999"),
    ]
    park.terms = [
        ParkTerm(company=funtime, role="operator", began="1969", ended="1995"),
        ParkTerm(company=premier, role="operator", began="1995"),
    ]
    park.save_revision().publish()

    html = seen(client, park, as_of="1990")

    assert title_of(html) == "Geauga Lake"
    assert "Funtime" in html
    assert "Premier" not in html
    assert "Six Flags Ohio" not in re.sub(r"(?s)<nav.*?</nav>|aria-label.*", "", html)


def test_a_park_before_its_opening_is_not_there_yet(client: Client) -> None:
    html = seen(client, make_park(opened="1955-07-17"), as_of="1900")

    assert "Not there yet" in html


def test_today_seen_as_a_day_shows_the_rides_of_today(client: Client) -> None:
    park = make_park(opened="1950")
    make_ride(park, "The Beast", opened="1979")
    make_ride(park, "Old Mill", status="demolished", opened="1905")

    now = client.get(park.url).content.decode()
    as_of = seen(client, park, as_of="2026-01-01")

    pattern = r'<h2 id="rides-(\w+)"'
    assert re.findall(pattern, as_of) == re.findall(pattern, now) == ["open", "gone"]


@pytest.mark.parametrize(
    "asked",
    [
        {"as_of": ""},
        {"known_at": ""},
        {"as_of": "yesterday"},
        {"as_of": "05/12/1999"},
        {"as_of": "c. 1902"},
        {"as_of": "1066"},
        {"as_of": "1990s"},
        {"known_at": "2039"},
        {"known_at": "1999-02-30"},
        {"known_at": "²"},
        {"as_of": "9" * 5000},
        {"as_of": "<script>alert(1)</script>"},
        {"as_of": "1990", "known_at": "soon"},
    ],
)
def test_a_day_that_is_none_is_refused_beside_the_page_of_today(
    client: Client, asked: dict[str, Any]
) -> None:
    park = make_park("Kings Island", city="Mason")

    html = seen(client, park, 400, **asked)

    assert 'role="alert"' in html
    assert "Mason" in html
    assert "<script>alert" not in html


def test_an_empty_field_of_the_form_asks_nothing(client: Client) -> None:
    park = make_park("Kings Island")

    assert title_of(seen(client, park, as_of="1990", known_at="")) == "Kings Island"


def test_other_days_are_not_for_search_engines(client: Client) -> None:
    park = make_park(opened="1950")

    response = client.get(park.url, {"as_of": "1990"})

    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "noindex" not in client.get(park.url).content.decode()


def test_the_second_visit_to_a_day_reads_no_facts(client: Client) -> None:
    park, _ = known_park()
    seen(client, park, as_of="1990", known_at="2021")

    with CaptureQueriesContext(connection) as queries:
        seen(client, park, as_of="1990", known_at="2021")

    assert not [q for q in queries if "reversion" in q["sql"]]
    assert not [q for q in queries if "parks_ridestay" in q["sql"]]


def test_a_publish_is_seen_on_another_day_at_once(client: Client) -> None:
    park, ride = known_park()
    assert "The Beast" in seen(client, park, as_of="1990")

    RidePage.objects.get(pk=ride.pk).unpublish()

    assert "The Beast" not in seen(client, park, as_of="1990")


def test_a_draft_is_never_part_of_another_day(client: Client) -> None:
    park, ride = known_park()
    draft = RidePage.objects.get(pk=ride.pk)
    draft.names = [RideName(text="Secret Project")]
    draft.credits = [MakerCredit(company=make_company("Secret Works"))]
    draft.save_revision()

    for page in (park, ride):
        assert "Secret" not in seen(client, page, as_of="1990")
        assert "Secret" not in seen(client, page, known_at="2021")


@pytest.mark.parametrize(
    "asked", [{"as_of": "1990"}, {"known_at": "2100"}], ids=["as_of", "known_at"]
)
def test_another_day_costs_the_same_few_queries_for_3_and_30_rides(
    client: Client, asked: dict[str, Any]
) -> None:
    if "known_at" in asked:
        asked = {"known_at": datetime.now(UTC).date().isoformat()}

    def cost(rides: int) -> int:
        park = make_park(f"Park of {rides}", opened="1950")
        for number in range(rides):
            make_ride(park, f"Ride {number}", opened="1979")
        client.get(park.url, asked)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            seen(client, park, **asked)
        return len(queries)

    few, many = cost(3), cost(30)

    assert few == many
    assert many <= COLD_BUDGET

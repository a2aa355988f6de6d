"""One box over parks, rides, former names and makers."""

import json

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from home.models import HomePage
from parks.models import RideName
from search.documents import Subject
from search.lexicon import learn
from search.models import Kind
from tests.factories.findable import make_findable
from tests.factories.pages import make_company, make_park, make_ride

pytestmark = pytest.mark.django_db

OPERATORS = (
    "*",
    '"',
    "'",
    '""',
    "AND",
    "NOT NEAR(",
    "a OR",
    "-x",
    "x:*",
    "!&|",
    "%",
    "\\",
)


@pytest.fixture(autouse=True)
def _wiki(home: HomePage) -> None:
    """Every test searches an installed wiki."""


def found(client: Client, query: str) -> str:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_ride_is_found_by_its_name_with_its_park(client: Client) -> None:
    make_ride(make_park("Kings Island"), "The Beast")

    html = found(client, "beast")

    assert "The <mark>Beast</mark>" in html
    assert "Roller coaster at Kings Island" in html


def test_a_former_name_finds_the_ride_and_is_named(client: Client) -> None:
    ride = make_ride(make_park(), "Rougarou")
    ride.names.add(RideName(text="Mantis", language="en", began="1996", ended="2014"))
    ride.save_revision().publish()

    html = found(client, "mantis")

    assert "Rougarou" in html
    named = '<bdi lang="en"><mark>Mantis</mark></bdi>'
    assert f"formerly {named}, 1996–2014" in html
    assert "formerly" not in found(client, "rougarou")


def test_a_maker_finds_itself_and_its_rides(client: Client) -> None:
    make_ride(make_park(), "Raptor", maker=make_company("Bolliger & Mabillard"))

    html = found(client, "bolliger mabillard")

    assert "<mark>Bolliger</mark> &amp; <mark>Mabillard</mark>" in html
    assert "Raptor" in html


def test_an_empty_question_and_an_empty_answer_say_so(client: Client) -> None:
    assert "Look for a park" in found(client, "")
    assert "Nothing holds this word" in found(client, "zzyzx")


@pytest.mark.parametrize("query", OPERATORS)
def test_signs_and_operators_are_only_text(client: Client, query: str) -> None:
    make_ride(make_park(), "X-Flight")

    found(client, query)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=" + "x" * 5000, 400),
        ("q=%00", 400),
        ("q=beast&page=abc", 404),
        ("q=beast&page=-1", 404),
        ("q=beast&page=" + "9" * 40, 404),
        ("q=%ED%A0%80", 200),
        ("q=" + "a+" * 90, 200),
        ("q=%F0%90%8D", 200),
        ("q=beast&kind=ride", 200),
        ("q=beast&kind=", 200),
        ("q=beast&kind=park", 200),
        ("q=beast&kind=Ride", 400),
        ("q=beast&kind=%27", 400),
        ("q=beast&q=" + "x" * 201, 400),
        ("", 200),
    ],
)
def test_bad_parameters_have_a_clear_answer(
    client: Client, query: str, status: int
) -> None:
    make_ride(make_park(), "The Beast")

    assert client.get(f"/search/?{query}").status_code == status


def test_only_reading_is_offered(client: Client) -> None:
    assert client.post("/search/", {"q": "beast"}).status_code == 405


def test_what_is_not_public_is_not_found(client: Client) -> None:
    park = make_park()
    make_ride(park, "Secret Draft", publish=False)
    gone = make_ride(park, "Secret Gone")
    gone.unpublish()
    closed = make_ride(park, "Secret Closed")
    PageViewRestriction.objects.create(
        page=closed, restriction_type=PageViewRestriction.LOGIN
    )

    assert "Nothing holds this word" in found(client, "secret")


def test_a_search_costs_the_same_for_2_and_20_hits(client: Client) -> None:
    park = make_park("Fleet Park")
    counts = []
    for many in (2, 18):
        for number in range(many):
            maker = make_company(f"Maker {many} {number}")
            ride = make_ride(park, f"Comet {many} {number}", maker=maker)
            ride.names.add(RideName(text=f"Meteor {number}", ended="1999"))
            ride.save_revision().publish()
        cache.clear()
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            found(client, "comet")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_results_come_in_pages(client: Client) -> None:
    make_findable(
        Subject(30_000 + number, Kind.RIDE, (f"Comet {number}",))
        for number in range(21)
    )

    assert "21 results" in found(client, "comet")
    assert client.get("/search/?q=comet&page=2").status_code == 200
    assert client.get("/search/?q=comet&page=3").status_code == 404


def test_a_corrected_question_says_so_and_marks_what_was_meant(client: Client) -> None:
    make_park("Phantasialand")
    learn({"phantasialand"})

    html = found(client, "phantasialnd <b>")

    assert "Nothing holds “phantasialnd &lt;b&gt;”" in html
    assert "<mark>Phantasialand</mark>" in html
    assert "<title>phantasialnd &lt;b&gt;: search" in html


def test_a_hit_in_a_story_shows_the_sentence(client: Client) -> None:
    story = json.dumps(
        [{"type": "paragraph", "value": "<p>Old. It was launched by steam.</p>"}]
    )
    make_ride(make_park(), "The Beast", body=story)

    assert "It was <mark>launched</mark> by steam." in found(client, "launched")


def test_kinds_are_counted_and_lead_to_their_own_list(client: Client) -> None:
    park = make_park("Comet Park")
    make_ride(park, "Comet")

    html = found(client, "comet")
    only_parks = client.get("/search/", {"q": "comet", "kind": "park"})
    none = client.get("/search/", {"q": "comet", "kind": "model"})

    for tab in ("All", "Parks", "Rides", "Makers", "Models"):
        assert f">{tab} <span" in html
    assert "?q=comet&amp;kind=park" in html
    assert "Comet</mark> Park" in only_parks.content.decode()
    assert "1 result\n" in only_parks.content.decode()
    assert "0 results" in none.content.decode()


def test_htmx_is_given_the_list_alone(client: Client) -> None:
    make_park("Comet Park")
    headers = {"HX-Request": "true", "HX-Target": "list"}

    part = client.get("/search/?q=comet", headers=headers)
    whole = client.get("/search/?q=comet", headers={"HX-Request": "true"})

    assert part.content.strip().startswith(b'<div id="list"')
    assert b"<html" in whole.content
    assert "HX-Target" in part.headers["Vary"]

"""What is offered while somebody types."""

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from parks.models import RideName
from search.documents import Subject
from search.models import Kind
from tests.factories.findable import make_findable
from tests.factories.pages import make_company, make_park, make_ride
from tests.search.test_search import OPERATORS

pytestmark = pytest.mark.django_db
in_a_wiki = pytest.mark.usefixtures("home")


def offered(client: Client, typed: str) -> str:
    response = client.get("/search/suggest/", {"q": typed})
    assert response.status_code == 200
    return str(response.content.decode())


@in_a_wiki
def test_a_beginning_offers_names_with_kind_and_place(client: Client) -> None:
    park = make_park("Kings Island", city="Mason", subdivision="US-OH")
    ride = make_ride(park, "Kingda Ka")

    html = offered(client, "king")

    assert html.count('role="option"') == 3
    assert f'href="{park.url}"' in html
    assert f'href="{ride.url}"' in html
    assert "Park in Mason, Ohio, United States" in html
    assert "Roller coaster at <mark>Kings</mark> Island" in html
    assert 'data-suggested="2 suggestions"' in html
    assert "All results for “king”" in html


@in_a_wiki
def test_a_former_name_is_offered_with_its_period(client: Client) -> None:
    ride = make_ride(make_park(), "Rougarou")
    ride.names.add(RideName(text="Mantis", kind="former", began="1996", ended="2014"))
    ride.names.add(RideName(text="Rouge", kind="nickname"))
    ride.names.add(RideName(text="Banshee", kind="working"))
    ride.save_revision().publish()

    assert "formerly <bdi><mark>Mantis</mark></bdi>, 1996–2014" in offered(client, "ma")
    assert "planned as <bdi><mark>Banshee</mark>" in offered(client, "bansh")
    assert "also called" not in offered(client, "rougar")


@in_a_wiki
def test_at_most_eight_are_offered(client: Client) -> None:
    park = make_park("Elsewhere")
    for number in range(9):
        make_ride(park, f"Comet {number}")

    assert 'data-suggested="8 suggestions"' in offered(client, "comet")


@pytest.mark.parametrize("typed", ["", " ", "k", "zzyzx", *OPERATORS])
def test_nothing_is_offered_where_nothing_fits(client: Client, typed: str) -> None:
    make_findable([Subject(30_001, Kind.PARK, ("Kings Island",))])

    assert offered(client, typed).strip() == ""


@pytest.mark.parametrize(
    ("query", "status"),
    [("q=" + "x" * 201, 400), ("q=%00", 400), ("q=%ED%A0%80", 200), ("", 200)],
)
def test_bad_parameters_have_a_clear_answer(
    client: Client, query: str, status: int
) -> None:
    assert client.get(f"/search/suggest/?{query}").status_code == status


def test_only_reading_is_offered(client: Client) -> None:
    assert client.post("/search/suggest/", {"q": "beast"}).status_code == 405


@in_a_wiki
def test_suggestions_cost_the_same_for_1_and_8(client: Client) -> None:
    park = make_park("Fleet Park")
    counts = []
    for many in (1, 7):
        for number in range(many):
            maker = make_company(f"Maker {many} {number}")
            ride = make_ride(park, f"Comet {many} {number}", maker=maker)
            ride.names.add(RideName(text=f"Comet Meteor {number}", ended="1999"))
            ride.save_revision().publish()
        cache.clear()
        ContentType.objects.clear_cache()
        with CaptureQueriesContext(connection) as queries:
            offered(client, "comet")
        counts.append(len(queries))

    # Names that begin so are enough where there are eight of them.
    assert counts[1] <= counts[0] <= 7

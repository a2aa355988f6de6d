"""Pages are found by their whole address."""

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest

from home.models import HomePage
from tests.factories.pages import make_park, make_ride

pytestmark = pytest.mark.django_db


def test_a_page_is_found_at_its_address(client: Client, home: HomePage) -> None:
    ride = make_ride(make_park("Kings Island"), "The Beast")

    response = client.get("/parks/kings-island/the-beast/")

    assert response.status_code == 200
    assert response.context["page"].pk == ride.pk


@pytest.mark.parametrize(
    "path", ["/parks/nowhere/", "/kings-island/", "/parks/kings-island/the-beast/x/"]
)
def test_an_address_of_no_page_is_not_found(
    client: Client, home: HomePage, path: str
) -> None:
    make_ride(make_park("Kings Island"), "The Beast")

    assert client.get(path).status_code == 404


def test_a_draft_is_not_found(client: Client, home: HomePage) -> None:
    make_park("Kings Island", publish=False)

    assert client.get("/parks/kings-island/").status_code == 404


def test_a_private_page_below_the_public_ones_is_guarded(
    client: Client, home: HomePage
) -> None:
    park = make_park("Kings Island")
    park.view_restrictions.create(restriction_type="login")

    assert client.get("/parks/kings-island/").status_code == 302


def test_finding_a_deep_page_takes_no_walk_down_the_tree(home: HomePage) -> None:
    ride = make_ride(make_park("Kings Island"), "The Beast")

    with CaptureQueriesContext(connection) as queries:
        found = home.route(
            RequestFactory().get("/"), ["parks", "kings-island", "the-beast"]
        )

    assert found.page.pk == ride.pk
    assert len(queries) <= 2


def test_the_address_follows_a_rename_of_the_park(
    client: Client, home: HomePage
) -> None:
    park = make_park("Kings Island")
    make_ride(park, "The Beast")

    park.slug = "ki"
    park.save_revision().publish()

    assert client.get("/parks/ki/the-beast/").status_code == 200
    assert Page.objects.filter(url_path__contains="kings-island").count() == 0

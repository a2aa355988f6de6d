"""The front page, articles, error pages and what frames every page."""

import re

from django.test import Client, RequestFactory
from django.test.utils import override_settings

from wagtail.models import Site

import pytest

from home import views
from home.models import HomePage
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wiki(home: HomePage) -> None:
    """Every test reads an installed wiki."""


def test_an_empty_wiki_has_a_front_page(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert "No open ride is recorded yet" in response.content.decode()


def test_the_front_page_counts_and_ranks_what_is_open(client: Client) -> None:
    park = make_park("Kings Island")
    maker = make_company("Intamin")
    make_ride(park, "Orion", height="287 ft", maker=maker, opened="2020-07-02")
    make_ride(park, "Son of Beast", height="218 ft", status="demolished")
    make_ride(park, "Drop Tower", height="315 ft", category="flat")

    html = client.get("/").content.decode()

    tallest = html.split("Tallest operating coasters")[1].split("</section>")[0]
    assert "Orion" in tallest
    assert "Son of Beast" not in tallest
    assert "Drop Tower" not in tallest
    assert re.search(r"<dt>Rides</dt>\s*<dd>3</dd>", html)


def test_an_article_is_readable(client: Client) -> None:
    html = client.get("/about/").content.decode()

    assert "Every fact" in html
    assert '<a class="skip" href="#content">' in html


def test_an_unknown_address_offers_the_search(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert 'action="/search/"' in response.content.decode()


@override_settings(
    STORAGES={
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {
            "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        },
    }
)
def test_the_server_error_page_needs_nothing_that_may_be_broken(
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture
        response = views.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Something broke" in response.content.decode()


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "x\ny"])
def test_the_units_toggle_never_leads_off_the_site(client: Client, next_: str) -> None:
    response = client.post("/units/", {"units": "imperial", "next": next_})

    assert response.status_code == 302
    assert "evil" not in response["Location"]


def test_units_nobody_knows_are_refused(client: Client) -> None:
    response = client.post("/units/", {"units": "furlongs"})

    assert response.status_code == 400
    assert "imperial" in response.content.decode()


def test_an_anonymous_page_sets_no_cookie(client: Client) -> None:
    assert not client.get("/").cookies


def test_signing_out_is_a_form_with_a_token(client: Client) -> None:
    person = make_person("Member", display_name="Ada")
    client.force_login(person)

    html = client.get("/").content.decode()

    form = html.split('action="/accounts/logout/"')[1].split("</form>")[0]
    assert 'method="post"' in form
    assert "csrfmiddlewaretoken" in form
    assert "Ada" in html
    assert "Editing desk" not in html


def test_editors_find_their_desk(client: Client) -> None:
    client.force_login(make_person("Editor"))

    assert "Editing desk" in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_a_wiki_whose_site_was_deleted_has_no_addresses_to_tell(client: Client) -> None:
    known = client.get("/sitemap.xml").status_code

    Site.objects.all().delete()

    assert known == 200
    assert client.get("/sitemap.xml").status_code == 404
    assert client.get("/").status_code == 404

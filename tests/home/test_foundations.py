"""The pages every installation has."""

from django.test import Client

from wagtail.models import Page, Site

import pytest

from history.models import PageVersion
from home.foundations import lay_foundations
from home.models import ArticlePage, HomePage
from parks.models import CompanyIndexPage, ParkIndexPage, RideModelIndexPage

pytestmark = pytest.mark.usefixtures("unfounded")


def test_the_front_page_and_the_indexes_are_laid_and_live() -> None:
    home = lay_foundations()

    below = {type(page) for page in home.get_children().live().specific()}
    assert below == {ParkIndexPage, CompanyIndexPage, RideModelIndexPage, ArticlePage}
    assert not any(Page.find_problems())


def test_laying_them_twice_changes_nothing() -> None:
    first = lay_foundations()
    pages, versions = Page.objects.count(), PageVersion.objects.count()

    second = lay_foundations(hostname="elsewhere.example.org")

    assert second == first
    assert (Page.objects.count(), PageVersion.objects.count()) == (pages, versions)
    assert Site.objects.get().hostname == "localhost"


def test_wagtails_page_of_greeting_is_gone() -> None:
    lay_foundations()

    assert list(Page.objects.filter(slug="home")) == list(Page.objects.type(HomePage))


def test_the_site_begins_at_the_front_page(client: Client) -> None:
    home = lay_foundations(hostname="wiki.example.org", port=8080)

    site = Site.objects.get()
    assert (site.root_page.pk, site.hostname, site.port) == (
        home.pk,
        "wiki.example.org",
        8080,
    )
    assert client.get("/").status_code == 200


def test_each_foundation_has_its_first_version() -> None:
    lay_foundations()

    assert set(PageVersion.objects.values_list("seq", flat=True)) == {1}
    assert PageVersion.objects.count() == 5

"""One page per address, held by the database."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.test import Client

from wagtail.models import Page

import pytest

from core.constraints import ADDRESS_INDEX
from core.refusals import AddressTaken
from home.models import HomePage
from parks.models import ParkIndexPage, ParkPage
from tests.factories.forms import filled_form
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person


@pytest.fixture
def unaware(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages find each slug free, as in two requests at the same moment."""
    monkeypatch.setattr(Page, "_slug_is_available", staticmethod(lambda *_, **__: True))


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_the_database_refuses_a_second_page_at_an_address() -> None:
    make_park("First", slug="first")
    second = make_park("Second", slug="second")

    with (
        pytest.raises(IntegrityError, match=ADDRESS_INDEX),
        transaction.atomic(),
    ):
        Page.objects.filter(pk=second.pk).update(slug="first")


@pytest.mark.django_db
@pytest.mark.usefixtures("home")
def test_pages_in_different_places_may_share_a_slug() -> None:
    here, there = make_park("Here"), make_park("There")

    rides = [make_ride(park, "Boomerang", slug="boomerang") for park in (here, there)]

    assert len({ride.url_path for ride in rides}) == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("home", "unaware")
def test_whoever_comes_second_to_an_address_is_told_so() -> None:
    make_park("First", slug="taken")
    second = make_park("Second", slug="second")

    second.slug = "taken"
    with pytest.raises(AddressTaken, match="taken"):
        second.save()

    assert ParkPage.objects.get(pk=second.pk).slug == "second"


@pytest.mark.django_db
@pytest.mark.usefixtures("home", "unaware")
def test_a_new_page_that_comes_second_leaves_the_tree_sound() -> None:
    make_park("First", slug="taken")
    index = ParkIndexPage.objects.get()

    with pytest.raises(AddressTaken):
        index.add_child(instance=ParkPage(title="New", slug="taken", country="US"))

    assert not any(Page.find_problems())
    assert not ParkPage.objects.filter(title="New").exists()


@pytest.mark.django_db
def test_the_admin_answers_a_lost_race_with_a_page_that_says_what_to_do(
    client: Client, home: HomePage, unaware: None
) -> None:
    make_park("First", slug="taken")
    second = make_park("Second", slug="second")
    client.force_login(make_person("admin"))
    url = f"/admin/pages/{second.pk}/edit/"
    form = filled_form(client.get(url), {"slug": "taken", "action-publish": "1"})

    response = client.post(url, form)

    assert response.status_code == 409
    assert "choose another slug" in response.content.decode()
    assert ParkPage.objects.get(pk=second.pk).slug == "second"


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_two_renames_at_once_exactly_one_wins(home: HomePage) -> None:
    pages = [make_park("One", slug="one"), make_park("Two", slug="two")]

    outcomes = _at_once(*[_renaming(page.pk, "wanted") for page in pages])

    assert Counter(outcomes) == {"renamed": 1, "refused": 1}
    assert ParkPage.objects.filter(slug="wanted").count() == 1
    assert not any(Page.find_problems())


def _renaming(key: int, slug: str) -> Callable[[Barrier], str]:
    def rename(barrier: Barrier) -> str:
        page = ParkPage.objects.get(pk=key)
        page.slug = slug
        page.full_clean()  # finds the slug free: the other has not saved yet
        barrier.wait(timeout=10)
        try:
            page.save(clean=False)
        except AddressTaken:
            return "refused"
        return "renamed"

    return rename


def _at_once(*deeds: Callable[[Barrier], str]) -> list[Any]:
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[Barrier], str]) -> str:
        try:
            return deed(barrier)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))

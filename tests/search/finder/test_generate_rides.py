"""Rides nobody built, for measurements: plausible, whole, and refused elsewhere."""

import io

from django.core.management import CommandError, call_command
from django.test import Client

from wagtail.models import Page

import pytest

from home.models import HomePage
from parks.models import ParkPage, RidePage
from search.finder.models import RideFacts

pytestmark = pytest.mark.django_db


def generate(number: int, **options: object) -> str:
    out = io.StringIO()
    call_command("generate_rides", number, stdout=out, yes_really=True, **options)
    return out.getvalue()


@pytest.mark.usefixtures("home")
def test_made_up_rides_stand_in_a_sound_tree_and_can_be_visited_and_found(
    client: Client,
) -> None:
    told = generate(60)
    generate(10, seed=2)

    rides = RidePage.objects.all()
    assert "60 rides can be found" in told
    assert rides.count() == RideFacts.objects.count() == 70
    assert not any(Page.find_problems())
    for page in (ParkPage.objects.all()[0], *rides.order_by("pk")[:5]):
        assert client.get(page.url).status_code == 200, page
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"
    assert "70 rides" in client.get("/rides/").content.decode()


@pytest.mark.usefixtures("home")
def test_made_up_pages_obey_the_rules_of_real_ones() -> None:
    generate(40)

    for ride in RidePage.objects.all():
        ride.full_clean()


@pytest.mark.usefixtures("home")
def test_a_made_up_ride_can_be_edited_and_has_a_history_from_then_on(
    client: Client,
) -> None:
    generate(3)
    ride = RidePage.objects.all()[0]
    assert client.get(f"{ride.url}history/").status_code in (200, 404)

    ride.intensity = "family"
    ride.save_revision().publish()

    assert client.get(f"{ride.url}history/").status_code == 200
    assert RideFacts.objects.get(pk=ride.pk).intensity == "family"


def test_a_wiki_that_is_not_for_trying_out_refuses_them(home: HomePage) -> None:
    with pytest.raises(CommandError, match="--yes-really"):
        call_command("generate_rides", 5)
    with pytest.raises(CommandError, match="between 1 and"):
        generate(0)

    assert not RidePage.objects.exists()


@pytest.mark.usefixtures("unfounded")
@pytest.mark.django_db(transaction=True)
def test_a_wiki_without_foundations_says_what_to_do_first() -> None:
    with pytest.raises(CommandError, match="lay_foundations"):
        generate(1)

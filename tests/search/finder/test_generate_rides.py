"""Rides nobody built, for measurements: plausible, whole, and refused elsewhere."""

import io
from itertools import count
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from wagtail.models import Page

import pytest

from home.models import HomePage
from parks.actions import inventing
from parks.inventing import Inventor
from parks.models import ParkPage, RidePage
from search.finder.actions import keep_in_step
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


@pytest.mark.usefixtures("home")
@pytest.mark.django_db(transaction=True)
def test_who_breaks_it_off_keeps_what_is_written_and_others_write_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inventing, "AT_ONCE", 20)
    drawn, ride = count(1), Inventor.ride
    free: list[bool] = []

    def draw(inventor: Inventor, *of: Any) -> Any:
        if next(drawn) == 50:
            raise KeyboardInterrupt
        free.append(not connection.in_atomic_block)
        return ride(inventor, *of)

    monkeypatch.setattr(Inventor, "ride", draw)
    out = io.StringIO()

    with pytest.raises(KeyboardInterrupt):
        call_command("generate_rides", 60, stdout=out, yes_really=True)

    assert all(free)
    assert "40 rides are there" in out.getvalue()
    assert RidePage.objects.count() == RideFacts.objects.count() == 40
    assert not any(Page.find_problems())


@pytest.mark.usefixtures("home")
def test_a_park_that_somebody_deletes_meanwhile_gets_no_rides(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inventing, "AT_ONCE", 10)
    rides = inventing.invent_rides(20, committing=keep_in_step)
    next(rides)
    ParkPage.objects.get().delete()

    assert list(rides) == [10]
    assert not RidePage.objects.exists()
    assert not any(Page.find_problems())

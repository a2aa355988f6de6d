"""Parks and rides as the wiki knew them on an earlier day."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.cache import cache
from django.test import Client

from wagtail.models import Page, PageViewRestriction

import pytest

from core.changes import describe_change
from core.past import the_past
from core.refusals import PastIsClosed
from history.models import PageVersion
from home.models import HomePage
from parks.models import (
    CompanyPage,
    ParkPage,
    RideName,
    RidePage,
)
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person
from tests.parks.other_days import (
    backdate,
    known_park,
    publish_on,
    relocated_ride,
    seen,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wiki(home: HomePage) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_the_wiki_of_a_day_is_the_newest_version_published_by_its_end(
    client: Client,
) -> None:
    park = make_park(city="First")
    backdate(park, "2024-03-01T08:00")
    publish_on("2024-03-02T09:00", park, city="Morning")
    publish_on("2024-03-02T23:59:59", park, city="Midnight")
    publish_on("2024-03-03T00:00", park, city="Next day")

    cities = {
        asked: next(
            city
            for city in ("First", "Morning", "Midnight", "Next day")
            if city in seen(client, park, known_at=asked)
        )
        for asked in ("2024-03-01", "2024-03-02", "2024-03-03", "2024-03", "2024")
    }

    assert cities == {
        "2024-03-01": "First",
        "2024-03-02": "Midnight",
        "2024-03-03": "Next day",
        "2024-03": "Next day",
        "2024": "Next day",
    }


def test_the_rides_of_a_park_are_those_the_wiki_had_there(client: Client) -> None:
    park, ride = known_park()
    publish_on("2024-01-01T12:00", ride, names=[RideName(text="Son of Beast")])
    make_ride(park, "Diamondback", opened="2009")

    before, early, later = (
        seen(client, park, known_at=day) for day in ("2020-01-15", "2021", "2024-06")
    )

    assert "The Beast" not in before
    assert "The Beast" in early
    assert "Diamondback" not in early
    assert "Son of Beast" in later
    assert "The Beast" not in later


def test_a_ride_moved_since_is_known_where_it_stood_with_its_address_of_today(
    client: Client,
) -> None:
    park, ride = known_park()
    new = make_park("Wild Waves")
    backdate(new, "2020-01-01T12:00")
    ride = RidePage.objects.get(pk=ride.pk)
    with describe_change(by=make_person("Editor")):
        ride.move(Page.objects.get(pk=new.pk), pos="last-child")
    ride = RidePage.objects.get(pk=ride.pk)

    html = seen(client, park, known_at="2021")

    assert f'href="{ride.url}?known_at=2021">The Beast</a>' in html
    assert "The Beast" not in seen(client, new, known_at="2021")


def test_both_days_combine(client: Client) -> None:
    old, new, ride = relocated_ride()
    for page in (old, new, ride):
        for version in PageVersion.objects.filter(object_uuid=page.uuid):
            type(version.changeset).objects.filter(pk=version.changeset_id).update(
                made_at=datetime(2020, 1, version.seq, tzinfo=UTC)
            )
    publish_on("2023-01-01T12:00", ride, names=[RideName(text="Rewritten")])

    html = seen(client, old, as_of="1990", known_at="2021")

    assert "Double Loop" in html
    assert "Rewritten" not in html


def test_an_old_page_shows_what_has_been_deleted_since_as_gone(client: Client) -> None:
    maker = make_company("Ruined Works")
    park = make_park(opened="1950")
    ride = make_ride(park, "The Beast", maker=maker)
    for page in (park, ride):
        backdate(page, "2020-02-01T12:00")
    draft = RidePage.objects.get(pk=ride.pk)
    draft.credits = []
    draft.save_revision().publish()
    CompanyPage.objects.get(pk=maker.pk).delete()

    html = seen(client, ride, known_at="2021")

    assert "a company that is no longer here" in html
    assert "The Beast" in seen(client, park, known_at="2021")


def test_before_its_first_version_the_wiki_had_no_page(client: Client) -> None:
    html = seen(client, make_park(), 404, known_at="2019")

    assert "The wiki had no page about it then." in html
    assert "Back to today" in html


def test_a_page_that_was_unpublished_then_was_not_public(client: Client) -> None:
    park, _ = known_park()
    with describe_change(
        by=make_person("Editor"), made_at=datetime(2021, 1, 1, tzinfo=UTC)
    ):
        ParkPage.objects.get(pk=park.pk).unpublish()
    publish_on("2022-01-01T12:00", park, city="Mason")

    assert "no public page" in seen(client, park, 404, known_at="2021-06")
    assert "Mason" in seen(client, park, known_at="2022-06")


def test_a_hidden_version_says_so_and_not_its_text(client: Client) -> None:
    park, ride = known_park()
    publish_on("2021-01-01T12:00", park, city="Secret City")
    publish_on("2022-01-01T12:00", park, city="Mason")
    publish_on("2021-01-02T12:00", ride, change_reason="", cost_year=None)
    PageVersion.objects.filter(object_uuid=park.uuid, seq=2).update(text_hidden=True)
    cache.clear()

    html = seen(client, park, 403, known_at="2021-06")

    assert "Version 2" in html
    assert "hidden" in html
    assert "Secret City" not in html
    assert "Mason" in seen(client, park, known_at="2022-06")


def test_a_hidden_version_of_a_ride_is_left_out_and_counted(client: Client) -> None:
    park, ride = known_park()
    PageVersion.objects.filter(object_uuid=ride.uuid).update(text_hidden=True)

    html = seen(client, park, known_at="2021")

    assert "The Beast" not in html
    assert "1 ride cannot be shown" in html


def test_what_is_not_public_today_is_not_shown_on_another_day(client: Client) -> None:
    park, ride = known_park()
    RidePage.objects.get(pk=ride.pk).unpublish()

    assert "The Beast" not in seen(client, park, known_at="2021")
    assert "The Beast" not in seen(client, park, as_of="2021")
    assert client.get(ride.url, {"known_at": "2021"}).status_code == 404


def test_members_read_a_page_for_members_and_not_what_it_said_before() -> None:
    park = make_park(city="Oldtown")
    backdate(park, "2020-01-15T12:00")
    publish_on("2024-01-01T12:00", park, city="Sandusky")
    PageViewRestriction.objects.create(page=park, restriction_type="login")
    member, editor = Client(), Client()
    member.force_login(make_person("Member"))
    editor.force_login(make_person("admin"))

    shown = editor.get(park.url, {"known_at": "2020"})
    refused = member.get(park.url, {"known_at": "2020"})

    assert "Sandusky" in member.get(park.url).content.decode()
    assert "Oldtown" in shown.content.decode()
    assert refused.status_code == 403
    assert "Oldtown" not in refused.content.decode()
    assert "for its editors only" in refused.content.decode()


def test_the_page_of_another_day_cannot_be_saved() -> None:
    park, _ = known_park()
    moment = datetime(2021, 1, 1, tzinfo=UTC)

    old: Any = the_past().page_known_at(park, moment).page

    for verb in (old.save, old.save_revision, old.delete):
        with pytest.raises(PastIsClosed):
            verb()

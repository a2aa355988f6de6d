"""For whom pages are kept, and for whom not."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page, PageViewRestriction

import pytest

from core.caching.keeping import Keeping
from core.caching.stamps import touch
from home.models import HomePage
from parks.models import ParkPage, RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db

PARK = "/parks/kings-island/"
# Stands on every page of a thing, whatever may be listed there.
RECORD = "The record of this page"
WARM_BUDGET = 2
# A member's name, rights and units have to be read.
MEMBER_BUDGET = 6


@pytest.fixture(autouse=True)
def park(home: HomePage) -> Iterator[ParkPage]:
    cache.clear()
    park = make_park("Kings Island")
    make_ride(park, "The Beast", height="110 ft")
    yield park
    cache.clear()


def signed_in(role: str = "Member", **facts: Any) -> Client:
    client = Client()
    client.force_login(make_person(role, **facts))
    return client


def queries_of(client: Client, address: str = PARK) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def restrict(page: Page, kind: str = PageViewRestriction.LOGIN) -> Any:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind)


@pytest.mark.parametrize("address", ["/", "/parks/", PARK, f"{PARK}the-beast/"])
def test_a_page_that_was_read_before_costs_at_most_two_queries(
    client: Client, address: str
) -> None:
    first = client.get(address)

    again = client.get(address)

    assert queries_of(client, address) <= WARM_BUDGET
    assert again.content == first.content
    for name in ("ETag", "Vary", "Cache-Control", "Content-Security-Policy"):
        assert again[name] == first[name], name


def test_who_has_the_page_is_told_so_and_no_more(client: Client) -> None:
    etag = client.get(PARK)["ETag"]

    answer = client.get(PARK, headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert answer.content == b""
    assert answer["ETag"] == etag


def test_each_units_have_a_page_of_their_own(client: Client) -> None:
    metric = [client.get(PARK).content.decode() for _ in range(2)]
    client.cookies["units"] = "imperial"
    imperial = [client.get(PARK).content.decode() for _ in range(2)]

    assert all("33.5\u00a0m" in text for text in metric)
    assert all("110\u00a0ft" in text for text in imperial)


def test_members_share_the_facts_and_none_sees_another_ones_name() -> None:
    ada, ben = (signed_in(display_name=name) for name in ("Ada", "Ben"))
    ada.get(PARK)

    hers, his = (member.get(PARK) for member in (ada, ben))

    assert "Ada" in hers.content.decode()
    assert "Ben" in his.content.decode()
    assert "Ada" not in his.content.decode()
    assert his["Cache-Control"] == "private, no-store"
    assert not his.has_header("ETag")
    assert queries_of(ben) <= MEMBER_BUDGET


def test_nobody_is_shown_what_a_moderator_saw(client: Client) -> None:
    moderator = signed_in("Moderator", display_name="Mo")
    moderator.get(PARK)
    for_moderators = queries_of(moderator)

    html = client.get(PARK).content.decode()

    assert "Mo<" not in html
    assert "Editing desk" not in html
    assert for_moderators > MEMBER_BUDGET


@pytest.mark.parametrize(
    "query", ["as_of=1990", "known_at=2020", "page=1&q=x", "utm_source=mail", "page=x"]
)
def test_what_few_will_ask_for_again_is_not_kept(client: Client, query: str) -> None:
    address = f"{PARK}?{query}"
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) > WARM_BUDGET


def test_a_preview_neither_shows_nor_leaves_what_is_kept(client: Client) -> None:
    client.get(PARK)
    draft = ParkPage.objects.get()
    draft.city = "Mason"

    preview = draft.make_preview_request().content.decode()

    assert "Mason" in preview
    assert "Mason" not in client.get(PARK).content.decode()


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_a_page_that_not_everybody_may_read_is_kept_for_nobody(
    client: Client, park: ParkPage, kind: str
) -> None:
    client.get(PARK)
    restriction = restrict(park, kind)
    member = signed_in()
    if kind == "groups":
        restriction.groups.set(member.get(PARK).wsgi_request.user.groups.all())
    readers = [member, member] if kind != "password" else []

    answers = [reader.get(PARK) for reader in readers]
    strangers = [client] if kind == "login" else [client, signed_in("")]
    refusals = [stranger.get(PARK) for stranger in strangers]

    assert all(RECORD in answer.content.decode() for answer in answers)
    assert not any(RECORD in refusal.content.decode() for refusal in refusals)


def test_a_page_made_while_something_was_published_is_not_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = RidePage.get_context

    def make_and_publish(page: RidePage, request: Any, *args: Any, **kw: Any) -> Any:
        context = made(page, request, *args, **kw)
        touch("page:1")
        return context

    monkeypatch.setattr(RidePage, "get_context", make_and_publish)

    client.get(f"{PARK}the-beast/")

    assert queries_of(client, f"{PARK}the-beast/") > WARM_BUDGET


def test_a_message_is_shown_once_and_to_its_reader_only(client: Client) -> None:
    person = signed_in()
    person.post("/accounts/logout/")

    told, later, other = person.get(PARK), person.get(PARK), client.get(PARK)

    assert "signed out" in told.content.decode()
    assert "no-store" not in told.get("Cache-Control", "")
    assert "s-maxage" not in told.get("Cache-Control", "")
    assert "signed out" not in later.content.decode()
    assert "signed out" not in other.content.decode()


def test_another_day_is_another_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = client.get(PARK)["ETag"]

    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2099, 1, 1))

    assert client.get(PARK)["ETag"] != today


def test_a_kept_page_is_one_of_its_own_host() -> None:
    request = Client().get(PARK).wsgi_request
    keeping, kept = Keeping.look_for(request)
    request.META["SERVER_NAME"] = "localhost"

    elsewhere, not_kept = Keeping.look_for(request)

    assert kept is not None
    assert not_kept is None
    assert keeping is not None
    assert elsewhere is not None
    assert keeping.key != elsewhere.key

"""A list of versions is kept between visits and never shows what has changed since."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client

from wagtail.models import Page, PageViewRestriction

import pytest

from history.models import Tag
from history.public import kept_lists, listing
from history.suppression.actions import lift
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.suppression.hiding import hide, publish, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

HISTORY = "/parks/cedar-point/history/"


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def park() -> ParkPage:
    """A park with a second version by Ada, whose list has been read."""
    park = make_park()
    ada = make_person("Moderator", display_name="Ada")
    publish(park, city="Oldtown", reason="Seen on a map", by=ada)
    publish(park, city="Sandusky")
    assert "Seen on a map" in read()
    return park


def read(client: Client | None = None) -> str:
    return (client or Client()).get(HISTORY).content.decode()


def test_a_list_is_made_once_for_all_visitors(
    park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read()
    monkeypatch.delattr(listing, "render_to_string")

    assert read() == first


def _published(park: ParkPage) -> str:
    publish(park, city="Huron", reason="The city moved")
    return "The city moved"


def _named(park: ParkPage) -> str:
    Tag.objects.create(
        name="Winter works",
        slug="winter-works",
        changeset=version(park, 2).changeset,
        made_by=make_person(),
    )
    return "Winter works"


def _renamed(park: ParkPage) -> str:
    author: Any = version(park, 2).changeset.author
    author.display_name = "Ada Byron"
    author.save()
    return "Ada Byron"


def _hidden(park: ParkPage) -> str:
    hide(version(park, 2), make_person("admin"), make_person("admin"))
    return "Names a private person"


@pytest.mark.parametrize("change", [_published, _named, _renamed, _hidden])
def test_what_has_changed_is_in_the_list_at_once(
    park: ParkPage, change: Callable[[ParkPage], str]
) -> None:
    words = change(park)

    assert words in read()


@pytest.mark.parametrize(
    ("part", "words"),
    [("author", "Ada"), ("reason_given", "Seen on a map"), ("text", "Changed: city")],
)
def test_what_is_hidden_leaves_the_list_and_the_cache_at_once(
    park: ParkPage, part: str, words: str
) -> None:
    times = read().count(words)
    kept = cache._cache  # type: ignore[attr-defined]  # of the cache in memory

    suppression = hide(
        version(park, 2), make_person("admin"), make_person("admin"), **{part: True}
    )

    assert not any(words.encode() in value for value in kept.values())
    assert read().count(words) == times - 1
    lift(suppression=suppression, by=make_person("admin"))
    assert read().count(words) == times


def test_a_list_that_was_made_while_a_part_was_hidden_is_not_kept(
    park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make_person("admin"), make_person("admin")

    def render_slowly(*args: Any, **kwargs: Any) -> Any:
        html = render_to_string(*args, **kwargs)
        hide(version(park, 2), first, second, author=True)
        return html

    publish(park, city="Huron")
    monkeypatch.setattr(listing, "render_to_string", render_slowly)
    read()

    assert cache.get(kept_lists._key(park.uuid)) is None


@pytest.mark.parametrize("by_uuid", [False, True])
def test_the_list_of_a_page_that_went_private_is_not_found(
    park: ParkPage, by_uuid: bool
) -> None:
    PageViewRestriction.objects.create(
        page=park, restriction_type=PageViewRestriction.LOGIN
    )

    answer = Client().get(f"/changes/of/{park.uuid}/" if by_uuid else HISTORY)

    assert answer.status_code == 404


def test_the_list_of_a_page_that_moved_leads_to_its_new_address(
    park: ParkPage,
) -> None:
    Page.objects.get(pk=park.pk).specific.move(make_park("Soak City"), pos="last-child")

    html = Client().get("/parks/soak-city/cedar-point/history/").content.decode()

    assert 'href="/parks/soak-city/cedar-point/history/1/"' in html
    assert 'href="/parks/cedar-point/history/1/"' not in html


def test_who_may_hide_versions_is_offered_it_and_nobody_else(
    park: ParkPage, client: Client
) -> None:
    client.force_login(make_person("admin"))

    assert "Hide this version" in read(client)
    assert "Hide this version" not in read()


def test_what_one_visitor_added_to_the_address_is_in_nobody_elses_list(
    park: ParkPage,
) -> None:
    lengthen_history(park, by=60)
    Client().get(f"{HISTORY}?utm_source=mail")

    html = read()

    assert "Older" in html
    assert "utm_source" not in html


def test_a_list_is_shown_while_the_cache_is_out_of_reach(
    park: ParkPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_reach(*args: Any, **kwargs: Any) -> None:
        raise ConnectionError

    for verb in ("get", "set", "delete"):
        monkeypatch.setattr(cache, verb, out_of_reach)

    assert "Seen on a map" in read()

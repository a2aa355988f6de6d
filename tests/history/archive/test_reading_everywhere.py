"""Whoever reads, compares, blames, reverts or looks back notices no archive."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.test import Client

import pytest

from history.archive import cold
from history.models import PageVersion
from home.models import HomePage
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.archive.conftest import LONG_AGO
from tests.history.archive.running import archive, archived
from tests.history.archive.test_damage import cut_short
from tests.history.reverting.asking import newest, revert, undoing
from tests.history.suppression.hiding import publish, version

pytestmark = pytest.mark.django_db

# What differs between two visits whatever was archived between them.
FLEETING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    """A park whose second version moved it to Huron, long before today's."""
    park = make_park(city="Sandusky")
    publish(park, city="Huron", reason="From a map")
    lengthen_history(park, by=60, since=LONG_AGO)
    return ParkPage.objects.get(pk=park.pk)


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(make_person("Moderator"))
    return client


READ = {
    "history": "{page}history/",
    "the oldest of the history": "{page}history/?after=0",
    "the history of a fact": "{page}history/?fact=city",
    "feed": "{page}history/feed/",
    "version": "{page}history/2/",
    "comparison of archived ones": "{page}diff/1..2/",
    "comparison over the border": "{page}diff/2..62/",
    "inline comparison": "{page}diff/1..30/?view=inline",
    "comparison with what is live": "{page}diff/2..live/",
    "blame": "{page}blame/",
    "blame of one fact": "{page}blame/?fact=search_description&before=40",
    "time travel": "{page}?known_at=2016",
    "revert": "{page}history/2/revert/",
    "revert of one change": "{undoing}",
    "changeset": "{change}",
    "file": "{page}history/versions.jsonl",
}
# What shows an archived text shows none when the archive is damaged.
TEXTS = {
    "version": "version 2",
    "comparison of archived ones": "version 1",
    "comparison over the border": "version 2",
    "inline comparison": "version 1",
    "comparison with what is live": "version 2",
    "time travel": r"version \d+",
    "revert": "version 2",
    "revert of one change": "version 2",
}


def address(name: str, park: ParkPage) -> str:
    change = f"/changes/{version(park, 2).changeset_id}/"
    return READ[name].format(page=park.url, undoing=undoing(park, 2), change=change)


def seen(client: Client, url: str) -> str:
    response: Any = client.get(url)
    assert response.status_code == 200, url
    return FLEETING.sub("", b"".join(response).decode())


@pytest.mark.parametrize("what", READ)
def test_it_reads_the_same_before_and_after_archiving(
    what: str, park: ParkPage, moderator: Client
) -> None:
    url = address(what, park)
    before = seen(moderator, url)

    archive()
    cache.clear()

    assert archived(park) == list(range(1, 43))
    assert seen(moderator, url) == before


@pytest.mark.parametrize("what", TEXTS)
def test_a_damaged_bundle_gives_a_503_that_names_the_version(
    what: str, park: ParkPage, folder: Path, moderator: Client
) -> None:
    url = address(what, park)
    damage(folder)

    response = moderator.get(url)

    told = response.content.decode()
    assert response.status_code == 503
    assert re.search(rf"The archived copy of {TEXTS[what]} is damaged", told)


@pytest.mark.parametrize("what", ["history", "feed", "changeset", "blame"])
def test_what_shows_no_archived_text_is_read_beside_a_damaged_bundle(
    what: str, park: ParkPage, folder: Path, moderator: Client
) -> None:
    url = address(what, park)
    before = seen(moderator, url)

    damage(folder)

    assert seen(moderator, url) == before


def test_blame_names_the_version_whose_earlier_value_is_damaged(
    park: ParkPage, folder: Path, moderator: Client
) -> None:
    damage(folder)

    told = seen(moderator, address("blame of one fact", park))

    assert "The archived copy of version 39 is damaged" in told


def test_an_archived_version_is_brought_back_whole(
    park: ParkPage, moderator: Client
) -> None:
    archive()

    revert(moderator, address("revert", park))

    assert newest(park).seq == 63
    assert newest(park).sha256 == version(park, 2).sha256


def test_an_archived_change_is_undone_and_later_ones_stay(
    park: ParkPage, moderator: Client
) -> None:
    archive()

    revert(moderator, undoing(park, 2))

    now = ParkPage.objects.get(pk=park.pk)
    assert (now.city, now.search_description) == ("Sandusky", "Edit 62")


@pytest.mark.parametrize("what", ["revert", "revert of one change"])
def test_nothing_is_reverted_from_a_damaged_bundle(
    what: str, park: ParkPage, folder: Path, moderator: Client
) -> None:
    damage(folder)

    response = moderator.post(
        address(what, park), {"reason": "It was right", "seen": "0" * 64}
    )

    assert response.status_code == 503
    assert PageVersion.objects.filter(object_uuid=park.uuid).count() == 62


def damage(folder: Path) -> None:
    """As after a crash of the disk, with nothing remembered of the file."""
    archive()
    cut_short(next(folder.rglob("*.twa")))
    cold._index_of.cache_clear()
    cache.clear()

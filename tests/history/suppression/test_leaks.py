"""No page, feed, search or cache shows what is hidden."""

from typing import Any

from django.core.cache import cache
from django.test import Client

import pytest

from parks.models import ParkPage
from tests.factories.people import make_person
from tests.history.suppression.hiding import (
    CANARY,
    hide,
    version,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


PUBLIC = (
    "",
    "history/",
    *(f"history/{seq}/" for seq in range(1, 6)),
    "history/feed/",
    *("diff/1..5/", "diff/2..3/", "diff/3..4/", "diff/3..live/", "diff/1..3/"),
    *("blame/", "blame/?fact=city"),
    *("?known_at=2026-11-24", "history/3/revert/", "history/?by=nobody"),
)


@pytest.mark.parametrize("role", ["", "Member", "Editor", "Moderator"])
def test_a_hidden_text_is_on_no_page_in_no_feed_and_in_no_cache(
    role: str, park: ParkPage, first: Any, second: Any, client: Client
) -> None:
    visitor = Client()
    for address in addresses(park):
        visitor.get(address)  # what may be cached is cached before it is hidden
    hide(version(park, 3), first, second, text=True, author=True, reason_given=True)
    if role:
        client.force_login(make_person(role))

    found = [a for a in addresses(park) if shows(client.get(a), CANARY, "Vandal Hi")]

    assert found == []
    stored = getattr(cache, "_cache", {})
    assert not [key for key, value in stored.items() if CANARY.encode() in value]


@pytest.mark.parametrize("address", ["/search/?q=", "/admin/pages/search/?q="])
def test_no_search_finds_a_page_by_a_hidden_text(
    address: str, park: ParkPage, first: Any, second: Any, client: Client
) -> None:
    hide(version(park, 3), first, second)
    client.force_login(make_person("Moderator"))

    def words_found(asked: str) -> str:
        # The words asked for are marked within the titles.
        html = client.get(f"{address}{asked}").content.decode()
        return html.replace("<mark>", "").replace("</mark>", "")

    assert park.title not in words_found(CANARY)
    assert park.title in words_found("Cedar")


def test_an_administrator_reads_what_is_hidden(
    park: ParkPage, first: Any, second: Any, client: Client
) -> None:
    hide(version(park, 3), first, second)
    client.force_login(second)

    page = client.get(f"{park.url}history/3/")

    assert page.status_code == 200
    assert CANARY in page.content.decode()


def test_neighbours_of_a_hidden_version_are_compared_past_it(
    park: ParkPage, first: Any, second: Any, client: Client
) -> None:
    hide(version(park, 3), first, second)

    answers = {
        pair: client.get(f"{park.url}diff/{pair}/").status_code
        for pair in ("2..3", "3..4", "1..5", "2..4")
    }

    assert answers == {"2..3": 403, "3..4": 403, "1..5": 200, "2..4": 200}


def addresses(park: ParkPage) -> list[str]:
    number = version(park, 3).changeset.number
    return [
        *(f"{park.url}{path}" for path in PUBLIC),
        *("/changes/", "/changes/feed/", f"/changes/{number}/", "/sitemap.xml"),
        f"/changes/{number}/revert/",
        *(f"/admin/pages/{park.pk}/history/", f"/admin/pages/{park.pk}/edit/"),
        *("/admin/reports/site-history/", "/admin/suppressions/"),
        "/admin/trash/",
    ]


def shows(response: Any, *words: str) -> bool:
    body = b"".join(response) if response.streaming else response.content
    return response.status_code == 200 and any(word in body.decode() for word in words)

"""Sixteen people who opened one form publish at the same moment, by real requests."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django.test import Client

from wagtail.models import Revision

import pytest

from history.chain import check_chain, seal_committed
from history.models import PageVersion
from history.reading import content_of_version
from home.models import HomePage
from parks.models import ParkPage
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.test_simultaneous_publishes import PUBLISH, kept_address
from tests.moderation.admin_forms import edit_address, open_editor

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
MANY = 16


def opened_forms(park: Any) -> list[tuple[Client, dict[str, Any]]]:
    forms = []
    for number in range(MANY):
        client = Client()
        client.force_login(make_person("admin", display_name=f"Editor {number}"))
        form = open_editor(client, edit_address(park))
        forms.append((client, {**form, **PUBLISH, "city": f"City {number}"}))
    return forms


def all_at_once(deed: Any, forms: list[Any]) -> list[Any]:
    barrier = Barrier(len(forms))

    def run(opened: Any) -> Any:
        try:
            barrier.wait(timeout=30)
            return deed(*opened)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(run, forms))


def cities_of(park: Any) -> list[str]:
    versions = PageVersion.objects.filter(object_uuid=park.uuid).order_by("seq")
    assert [v.seq for v in versions] == list(range(1, len(versions) + 1))
    return [content_of_version(v, reader=None)["city"] for v in versions]


def test_one_of_sixteen_wins_and_the_others_keep_their_text(home: HomePage) -> None:
    park = make_park(city="Huron")
    address = edit_address(park)

    answers = all_at_once(
        lambda client, form: client.post(address, form), opened_forms(park)
    )

    assert sorted(a.status_code for a in answers) == [302] + [409] * (MANY - 1)
    winner = ParkPage.objects.get(pk=park.pk).city
    assert cities_of(park) == ["Huron", winner]
    kept = {r.content["city"] for r in Revision.objects.filter(object_id=str(park.pk))}
    assert {f"City {number}" for number in range(MANY)} <= kept


def test_losers_who_look_and_publish_again_all_get_their_version(
    home: HomePage,
) -> None:
    park = make_park(city="Huron")

    def until_published(client: Client, form: dict[str, Any]) -> int:
        address, tries = edit_address(park), 1
        answer = client.post(address, form)
        while answer.status_code == 409:
            address, tries = kept_address(answer), tries + 1
            answer = client.post(address, {**open_editor(client, address), **PUBLISH})
        assert answer.status_code == 302
        return tries

    all_at_once(until_published, opened_forms(park))

    published = cities_of(park)
    assert sorted(published[1:]) == sorted(f"City {n}" for n in range(MANY))
    assert ParkPage.objects.get(pk=park.pk).city == published[-1]
    seal_committed()
    assert list(check_chain()) == []

"""Versions that repeat a hidden text under another number."""

from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from history.models import PageVersion, Suppression
from history.suppression.actions import ask, lift
from history.suppression.refusals import StillInTrash
from history.trash.actions import discard, restore
from parks.models import ParkArea, ParkPage
from tests.history.suppression.hiding import CANARY, WHY, hide, publish, version
from tests.history.trash.deleting import delete, fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def hidden(park: ParkPage, first: Any, second: Any) -> Suppression:
    """Of the third version and of the sixth, which was withdrawn and corrected."""
    publish(park, city=CANARY)
    fresh(park).unpublish(user=second)
    corrected = fresh(park)
    corrected.city = "Sandusky"
    corrected.save()
    corrected.save_revision()
    return hide(version(park, 6), first, second)


@pytest.fixture
def restored(park: ParkPage, hidden: Suppression, first: Any) -> ParkPage:
    """Deleted and brought back since: versions eight and nine repeat the text."""
    restore(deletion=delete(park, by=first), by=first)
    return park


def hidden_numbers(park: ParkPage) -> list[int]:
    versions = PageVersion.objects.filter(object_uuid=park.uuid, text_hidden=True)
    return sorted(versions.values_list("seq", flat=True))


def test_a_hidden_text_stays_hidden_when_its_page_goes_and_comes_back(
    restored: ParkPage,
) -> None:
    assert hidden_numbers(restored) == [3, 6, 7, 8, 9]


def test_the_version_of_the_restore_says_why_it_is_hidden_and_leads_to_who_hid_it(
    restored: ParkPage, hidden: Suppression, first: Any, client: Client
) -> None:
    client.force_login(first)
    suppression = reverse("history_suppression", args=(hidden.pk,))
    address = f"{fresh(restored).get_url()}history/"

    one = client.get(f"{address}9/").content.decode()
    listed = client.get(address).content.decode()

    assert WHY in one
    assert suppression in one
    assert listed.count(f": {WHY}") == 5
    assert listed.count(suppression) == 5


def test_who_may_not_decide_is_not_led_to_it(
    restored: ParkPage, vandal: Any, client: Client
) -> None:
    client.force_login(vandal)

    page = client.get(f"{fresh(restored).get_url()}history/").content.decode()

    assert WHY in page
    assert "Who hid it" not in page


def test_a_comparison_with_it_says_why_it_cannot_be_read(
    restored: ParkPage, vandal: Any, client: Client
) -> None:
    client.force_login(vandal)

    page = client.get(f"{fresh(restored).get_url()}diff/5..9/")

    assert page.status_code == 403
    assert f"Reason: <bdi>{WHY}</bdi>" in page.content.decode()


def test_a_suppression_lists_the_versions_that_repeat_what_it_hides(
    restored: ParkPage, hidden: Suppression, first: Any, client: Client
) -> None:
    client.force_login(first)
    address = reverse("history_suppression", args=(hidden.pk,))

    in_force = client.get(address).context["versions"]
    numbers = [version.seq for version in in_force]
    lift(suppression=hidden, by=first)
    lifted = client.get(address).context["versions"]

    assert numbers == [3, 6, 7, 8, 9]
    assert [version.seq for version in lifted] == [3, 6, 7]


def test_lifting_shows_all_that_say_the_same(
    restored: ParkPage, hidden: Suppression, first: Any
) -> None:
    lift(suppression=hidden, by=first)

    assert hidden_numbers(restored) == []


def test_who_deleted_and_restored_it_is_named_though_its_author_is_not(
    park: ParkPage, hidden: Suppression, first: Any, second: Any
) -> None:
    hide(version(park, 6), first, second, text=True, author=True)
    restore(deletion=delete(park, by=first), by=first)
    lift(suppression=hidden, by=first)

    numbers = [3, 6, 7, 8, 9]
    names = [version(park, seq).changeset.author_hidden for seq in numbers]
    assert hidden_numbers(park) == numbers
    assert names == [True, True, True, False, False]


def test_what_would_come_back_with_its_park_is_thrown_away_first(
    park: ParkPage, first: Any, second: Any
) -> None:
    area = ParkArea.objects.create(park=park, name=CANARY, live=False)
    area.save_revision().publish()
    deletion = delete(park, by=first)

    with pytest.raises(StillInTrash):
        ask(version=version(area, 1), text=True, reason=WHY, by=first)
    discard(deletion=deletion, by=first)
    hide(version(area, 1), first, second)

    assert version(area, 1).text_hidden

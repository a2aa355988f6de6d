"""Versions that may not be archived because somebody said so."""

from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest

from history.archive.policy import eligible
from history.holds.actions import hold, release
from history.holds.refusals import (
    HeldAlready,
    NoReason,
    NotAllowed,
    ReleasedAlready,
)
from history.models import VersionHold
from home.models import HomePage
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.suppression.hiding import version

pytestmark = pytest.mark.django_db

DISPUTE = "The owner disputes the height"
INDEX = "/admin/holds/"


@pytest.fixture
def park(home: HomePage) -> ParkPage:
    park = make_park()
    lengthen_history(park, by=25)
    return ParkPage.objects.get(pk=park.pk)


@pytest.fixture
def admin() -> Any:
    return make_person("admin", display_name="Ada Admin")


def may_be_archived(park: ParkPage, seq: int) -> bool:
    return eligible(older_than=0).filter(pk=version(park, seq).pk).exists()


def test_a_held_version_stays_out_of_the_archive_until_it_is_released(
    park: ParkPage, admin: Any
) -> None:
    could_go = may_be_archived(park, 3)

    placed = hold(version=version(park, 3), reason=DISPUTE, by=admin)
    while_held = may_be_archived(park, 3)
    release(placed=placed, reason="Settled", by=admin)

    assert (could_go, while_held, may_be_archived(park, 3)) == (True, False, True)


def test_a_released_hold_stays_with_both_reasons_and_the_version_can_be_held_again(
    park: ParkPage, admin: Any
) -> None:
    placed = hold(version=version(park, 3), reason=DISPUTE, by=admin)
    release(placed=placed, reason=" Settled ", by=admin)

    again = hold(version=version(park, 3), reason="Appeal", by=admin)

    holds = VersionHold.objects.values_list("reason", "release_reason")
    assert list(holds) == [("Appeal", ""), (DISPUTE, "Settled")]
    assert again.is_in_force


def test_both_steps_are_in_the_log_of_the_site_with_their_reason(
    park: ParkPage, admin: Any
) -> None:
    placed = hold(version=version(park, 3), reason=DISPUTE, by=admin)
    release(placed=placed, reason="Settled", by=admin)

    logged = ModelLogEntry.objects.filter(action__startswith="history.hold.")

    assert [
        (entry.action, entry.user, entry.data["reason"], entry.message)
        for entry in logged.order_by("pk")
    ] == [
        ("history.hold.place", admin, DISPUTE, "Held a version"),
        ("history.hold.release", admin, "Settled", "Released a held version"),
    ]


def test_a_second_hold_a_second_release_and_silence_are_refused(
    park: ParkPage, admin: Any
) -> None:
    held = version(park, 3)
    with pytest.raises(NoReason):
        hold(version=held, reason="  ", by=admin)
    placed = hold(version=held, reason=DISPUTE, by=admin)

    with pytest.raises(HeldAlready):
        hold(version=held, reason=DISPUTE, by=admin)
    with pytest.raises(NoReason):
        release(placed=placed, reason="", by=admin)
    release(placed=placed, reason="Settled", by=admin)
    with pytest.raises(ReleasedAlready):
        release(placed=placed, reason="Settled", by=admin)


@pytest.mark.parametrize("role", ["Member", "Editor", "Moderator"])
def test_only_administrators_hold_and_release(
    role: str, park: ParkPage, admin: Any
) -> None:
    other = make_person(role)
    placed = hold(version=version(park, 3), reason=DISPUTE, by=admin)

    with pytest.raises(NotAllowed):
        hold(version=version(park, 4), reason=DISPUTE, by=other)
    with pytest.raises(NotAllowed):
        release(placed=placed, reason="Settled", by=other)


def test_an_administrator_holds_and_releases_from_the_page_of_the_version(
    park: ParkPage, admin: Any, client: Client
) -> None:
    client.force_login(admin)
    page = f"/parks/{park.slug}/history/3/"
    form = reverse("history_hold_place", args=[version(park, 3).pk])
    before = client.get(page).content.decode()
    asked = client.get(form)

    client.post(form, {"reason": DISPUTE})
    placed = VersionHold.objects.get()
    its_page = reverse("history_hold", args=[placed.pk])
    held, shown = client.get(page), client.get(its_page)
    client.post(its_page, {"reason": "Settled"})

    assert form in before
    assert asked.status_code == 200
    assert f"Held since {placed.placed_at:%-d %B %Y} by Ada Admin: {DISPUTE}" in (
        held.content.decode()
    )
    assert its_page in held.content.decode()
    assert "In the database" in shown.content.decode()
    assert not VersionHold.objects.in_force().exists()
    assert DISPUTE not in client.get(page).content.decode()


def test_a_form_without_a_reason_and_a_second_hold_say_what_is_wrong(
    park: ParkPage, admin: Any, client: Client
) -> None:
    client.force_login(admin)
    form = reverse("history_hold_place", args=[version(park, 3).pk])

    empty = client.post(form, {"reason": ""})
    client.post(form, {"reason": DISPUTE})
    twice = client.post(form, {"reason": "Once more"})

    assert empty.status_code == 400
    assert "This field is required" in empty.content.decode()
    assert twice.status_code == 409
    assert "There is a hold on this version already" in twice.content.decode()
    assert VersionHold.objects.count() == 1


@pytest.mark.parametrize("role", ["", "Member", "Editor", "Moderator"])
def test_nobody_else_reads_of_a_hold(
    role: str, park: ParkPage, admin: Any, client: Client
) -> None:
    placed = hold(version=version(park, 3), reason=DISPUTE, by=admin)
    if role:
        client.force_login(make_person(role))

    public = client.get(f"/parks/{park.slug}/history/3/").content.decode()
    answers = [
        client.get(INDEX),
        client.get(reverse("history_hold", args=[placed.pk])),
        client.post(reverse("history_hold", args=[placed.pk]), {"reason": "Mine"}),
        client.get(reverse("history_hold_place", args=[version(park, 4).pk])),
    ]

    assert "old this version" not in public
    assert DISPUTE not in public
    assert {answer.status_code for answer in answers} <= {302, 403}
    assert all(DISPUTE not in answer.content.decode() for answer in answers)
    assert VersionHold.objects.in_force().exists()


def test_the_list_puts_what_is_held_first_and_filters(
    park: ParkPage, admin: Any, client: Client
) -> None:
    client.force_login(admin)
    nothing = client.get(INDEX).content.decode()
    hold(version=version(park, 4), reason="A court asked", by=admin)
    old = hold(version=version(park, 3), reason=DISPUTE, by=admin)
    release(placed=old, reason="Settled", by=admin)

    both = client.get(INDEX).content.decode()
    in_force = client.get(INDEX, {"state": "in_force"}).content.decode()
    released = client.get(INDEX, {"state": "released"}).content.decode()

    assert "No version was ever held" in nothing
    assert both.index("A court asked") < both.index(DISPUTE)
    assert ("A court asked" in in_force, DISPUTE in in_force) == (True, False)
    assert ("A court asked" in released, DISPUTE in released) == (False, True)

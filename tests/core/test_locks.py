"""A locked page or snippet stays as it is, whichever way somebody comes."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page

import pytest

from parks.models import ParkArea, ParkIndexPage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live
from tests.moderation.admin_forms import edit_address, open_editor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "step_by_step")]

ELSEWHERE = "/admin/"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_person("admin", display_name="Ada"))
    return client


def lock(subject: Any) -> None:
    by = make_person("Moderator", display_name="Mo")
    model = Page if isinstance(subject, Page) else type(subject)
    model._base_manager.filter(pk=subject.pk).update(
        locked=True, locked_by=by, locked_at=timezone.now()
    )


def bulk(client: Client, action: str, *pages: Any, **given: Any) -> Any:
    keys = "&".join(f"id={page.pk}" for page in pages)
    address = f"/admin/bulk/wagtailcore/page/{action}/?{keys}&next={ELSEWHERE}"
    return client.post(address, given)


def place(page: Any) -> tuple[str, bool]:
    known = Page.objects.get(pk=page.pk)
    return known.path, known.live


@pytest.mark.parametrize("how", [{}, {"action-publish": "1"}])
def test_a_locked_page_is_neither_saved_nor_published(
    how: dict[str, str], administrator: Client
) -> None:
    park = make_park(city="Huron")
    form = open_editor(administrator, edit_address(park))
    lock(park)

    administrator.post(edit_address(park), {**form, **how, "city": "Sandusky"})

    assert live(park).get_latest_revision_as_object().city == "Huron"


def test_a_locked_page_is_neither_moved_nor_deleted_nor_unpublished(
    administrator: Client,
) -> None:
    first, second = make_park("First"), make_park("Second")
    ride = make_ride(first)
    lock(ride)
    before = place(ride)

    administrator.post(
        reverse("wagtailadmin_pages:move_confirm", args=(ride.pk, second.pk))
    )
    administrator.post(
        reverse("wagtailadmin_pages:delete", args=(ride.pk,)), {"reason": "Why not"}
    )
    administrator.post(reverse("wagtailadmin_pages:unpublish", args=(ride.pk,)))

    assert place(ride) == before


def test_a_locked_page_keeps_its_place_among_its_neighbours(
    administrator: Client,
) -> None:
    first, second = make_park("First"), make_park("Second")
    lock(second)
    before = (place(first), place(second))

    administrator.post(
        reverse("wagtailadmin_pages:set_page_position", args=(second.pk,))
        + "?position=0"
    )

    assert (place(first), place(second)) == before


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_several_at_once_leave_out_what_is_locked(
    action: str, administrator: Client
) -> None:
    park, free = make_park("Locked"), make_park("Free")
    lock(park)
    before = place(park)
    index = ParkIndexPage.objects.get()

    bulk(administrator, action, park, free, chooser=str(index.pk))

    assert place(park) == before


def test_publishing_several_at_once_leaves_out_what_is_locked(
    administrator: Client,
) -> None:
    park = make_park()
    locked, free = (make_ride(park, name, publish=False) for name in ("Locked", "Free"))
    lock(locked)

    bulk(administrator, "publish", locked, free)

    assert (place(locked)[1], place(free)[1]) == (False, True)


def test_publishing_all_below_a_page_leaves_out_what_is_locked(
    administrator: Client,
) -> None:
    park = make_park()
    locked = make_ride(park, publish=False)
    lock(locked)

    bulk(administrator, "publish", park, include_descendants="on")

    assert not place(locked)[1]


def test_a_lock_does_not_keep_a_schedule_from_being_ended(
    administrator: Client,
) -> None:
    park = make_park()
    draft = live(park)
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision().publish()

    rights = live(park).permissions_for_user(make_person("admin"))

    assert (rights.can_publish(), rights.can_unschedule()) == (False, True)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/snippets/parks/parkarea/delete/{0}/",
        "/admin/snippets/parks/parkarea/unpublish/{0}/",
        "/admin/bulk/parks/parkarea/delete/?id={0}&next=/admin/",
    ],
)
def test_a_locked_snippet_is_neither_deleted_nor_unpublished(
    address: str, administrator: Client
) -> None:
    area = ParkArea(park=make_park(), name="Frontier Town", live=False)
    area.save()
    area.save_revision().publish()
    lock(area)

    answer = administrator.post(address.format(area.pk))

    assert answer.status_code == 409
    assert live(area).live

"""Who may do what to a content page, beyond Wagtail's group permissions."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from wagtail.actions.delete_page import DeletePageAction, DeletePagePermissionError
from wagtail.models import GroupPagePermission, Page

import pytest

from accounts.models import User
from home.models import HomePage
from parks.models import ParkIndexPage, ParkPage, RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(home: HomePage) -> User:
    return make_person("Editor")


@pytest.fixture
def moderator(home: HomePage) -> User:
    return make_person("Moderator")


def test_an_editor_publishes_in_their_own_section_and_nowhere_else(
    editor: User,
) -> None:
    own, other = make_park("Own", owner=editor), make_park("Other")
    ride, elsewhere = make_ride(own), make_ride(other)

    may = [page.permissions_for_user(editor).can_publish() for page in (own, ride)]
    may_not = [
        page.permissions_for_user(editor).can_publish() for page in (other, elsewhere)
    ]

    assert may == [True, True]
    assert may_not == [False, False]


def test_owning_a_ride_opens_no_section(editor: User) -> None:
    ride = make_ride(make_park(), owner=editor)

    assert not ride.permissions_for_user(editor).can_publish()


def test_owning_a_section_without_the_right_to_change_publishes_nothing(
    home: HomePage,
) -> None:
    member = make_person("Member")
    park = make_park(owner=member)

    assert not park.permissions_for_user(member).can_publish()


def test_a_suspended_editor_publishes_nothing(editor: User) -> None:
    park = make_park(owner=editor)
    editor.is_active = False

    assert not park.permissions_for_user(editor).can_publish()
    assert not park.permissions_for_user(editor).can_publish_subpage()


def test_an_editor_may_begin_a_section_of_their_own(editor: User) -> None:
    index = ParkIndexPage.objects.get()

    assert index.permissions_for_user(editor).can_publish_subpage()


def test_an_editor_adds_live_rides_to_their_own_park_only(editor: User) -> None:
    own, other = make_park("Own", owner=editor), make_park("Other")

    assert own.permissions_for_user(editor).can_publish_subpage()
    assert not other.permissions_for_user(editor).can_publish_subpage()


def test_a_moderator_publishes_anywhere(moderator: User) -> None:
    assert make_park().permissions_for_user(moderator).can_publish()


def locked_by(user: User, page: ParkPage) -> ParkPage:
    page.locked, page.locked_by = True, user
    page.save()
    return page


def test_a_page_locked_by_somebody_else_is_neither_moved_nor_deleted(
    moderator: User,
) -> None:
    locked = locked_by(make_person("admin"), make_park())
    index = ParkIndexPage.objects.get()

    rights = locked.permissions_for_user(moderator)

    assert not rights.can_delete()
    assert not rights.can_move_to(index)


def test_a_lock_holds_for_an_administrator_too(home: HomePage) -> None:
    administrator = make_person("admin")
    locked = locked_by(make_person("Moderator"), make_park())

    assert not locked.permissions_for_user(administrator).can_delete()


def test_a_park_is_not_deleted_over_the_head_of_whoever_locked_a_ride(
    home: HomePage,
) -> None:
    administrator, park = make_person("admin"), make_park()
    ride = make_ride(park)

    before = ParkPage.objects.get(pk=park.pk).permissions_for_user(administrator)
    assert before.can_delete()
    locked_by(make_person("Moderator"), ride)

    after = ParkPage.objects.get(pk=park.pk).permissions_for_user(administrator)
    assert not after.can_delete()


# --- What was public is deleted by two --------------------------------------------


def fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def may_delete(user: User, page: Page) -> bool:
    return bool(fresh(page).permissions_for_user(user).can_delete())


def objection(user: User, page: Page) -> str:
    return str(fresh(page).permissions_for_user(user).objection_to_deletion())


def unpublished(page: Any, *, by: User | None) -> Any:
    page.unpublish(user=by)
    return fresh(page)


def test_a_moderator_moves_a_published_page_but_does_not_delete_it(
    moderator: User,
) -> None:
    ride = make_ride(make_park())

    assert not may_delete(moderator, ride)
    assert "“The Beast” is published" in objection(moderator, ride)
    assert ride.permissions_for_user(moderator).can_move_to(make_park("Kings Island"))


def test_who_unpublished_a_page_does_not_delete_it_but_another_moderator_does(
    moderator: User,
) -> None:
    ride = unpublished(make_ride(make_park()), by=moderator)

    assert not may_delete(moderator, ride)
    assert "You have unpublished “The Beast” yourself" in objection(moderator, ride)
    assert may_delete(make_person("Moderator"), ride)


def test_the_last_to_unpublish_a_page_counts(moderator: User) -> None:
    another = make_person("Moderator")
    ride = unpublished(make_ride(make_park()), by=another)
    ride.latest_revision.publish()

    unpublished(fresh(ride), by=moderator)

    assert (may_delete(moderator, ride), may_delete(another, ride)) == (False, True)


def test_a_page_whose_time_was_over_is_deleted_by_an_administrator(
    moderator: User,
) -> None:
    ride = unpublished(make_ride(make_park()), by=None)

    assert "its time was over" in objection(moderator, ride)
    assert may_delete(make_person("admin"), ride)


def test_an_administrator_deletes_a_published_page(home: HomePage) -> None:
    assert may_delete(make_person("admin"), make_ride(make_park()))


def test_a_draft_that_never_was_public_is_deleted_by_one(
    moderator: User, editor: User
) -> None:
    draft = make_ride(make_park(), publish=False)

    assert may_delete(moderator, draft)
    assert may_delete(editor, draft)


def test_an_editor_deletes_nothing_that_has_been_public(
    editor: User, moderator: User
) -> None:
    ride = unpublished(make_ride(make_park()), by=moderator)

    assert not may_delete(editor, ride)
    assert "a moderator has to delete it" in objection(editor, ride)


def test_a_subtree_goes_only_when_another_has_unpublished_all_of_it(
    moderator: User,
) -> None:
    GroupPagePermission.objects.create(
        group=Group.objects.get(name="Moderator"),
        page=Page.get_first_root_node(),
        permission_type="bulk_delete",
    )
    park, another = make_park(), make_person("Moderator")
    ride = make_ride(park)
    unpublished(fresh(park), by=another)
    assert "“The Beast” is published" in objection(moderator, park)

    unpublished(ride, by=moderator)
    assert not may_delete(moderator, park)

    ride.get_latest_revision().publish()
    unpublished(fresh(ride), by=another)
    assert may_delete(moderator, park)


def test_deleting_several_at_once_leaves_out_what_needs_a_second_person(
    moderator: User, client: Client
) -> None:
    park = make_park()
    live, draft = make_ride(park, "Live"), make_ride(park, "Draft", publish=False)
    client.force_login(moderator)

    client.post(
        f"/admin/bulk/wagtailcore/page/delete/?id={live.pk}&id={draft.pk}&next=/admin/"
    )

    assert list(RidePage.objects.all()) == [live]


def test_no_route_deletes_what_needs_a_second_person(moderator: User) -> None:
    ride = make_ride(make_park())

    for page in (ride, Page.objects.get(pk=ride.pk)):
        with pytest.raises(DeletePagePermissionError):
            DeletePageAction(page, user=moderator).execute()

    assert RidePage.objects.exists()

"""Who may do what to a content page, beyond Wagtail's group permissions."""

import pytest

from accounts.models import User
from home.models import HomePage
from parks.models import ParkIndexPage, ParkPage
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

"""Who may enter the admin, publish, move and delete."""

from typing import Any

from django.test import Client
from django.urls import reverse

from wagtail.models import Page

import pytest

from accounts.models import User
from parks.models import ParkIndexPage, ParkPage, RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.moderation.admin_forms import edit_address, open_editor
from tests.moderation.conftest import SignIn
from tests.moderation.submissions import live_text

DASHBOARD = reverse("wagtailadmin_home")


def _publish(client: Client, page: Page, text: str) -> Any:
    fields = open_editor(client, edit_address(page))
    return client.post(
        edit_address(page),
        {**fields, "search_description": text, "action-publish": "true"},
    )


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("role", ["Member", ""])
def test_who_is_no_editor_never_sees_the_admin(role: str, sign_in: SignIn) -> None:
    response = sign_in(make_person(role)).get(DASHBOARD)

    assert response.status_code in (302, 403)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("role", ["Editor", "Moderator", "admin"])
def test_editors_moderators_and_administrators_have_a_dashboard(
    role: str, sign_in: SignIn
) -> None:
    assert sign_in(make_person(role)).get(DASHBOARD).status_code == 200


def test_an_editors_publish_of_another_section_stays_a_draft(
    ride: RidePage, editor: User, sign_in: SignIn
) -> None:
    _publish(sign_in(editor), ride, "Published by an editor")

    latest = Page.objects.get(pk=ride.pk).latest_revision
    assert live_text(ride) == ""
    assert latest.content["search_description"] == "Published by an editor"


def test_a_moderator_publishes_directly(
    ride: RidePage, moderator: User, sign_in: SignIn
) -> None:
    _publish(sign_in(moderator), ride, "Published by a moderator")

    assert live_text(ride) == "Published by a moderator"


@pytest.fixture
def own_park(editor: User) -> ParkPage:
    return make_park("Own park", owner=editor)


def test_an_editor_publishes_the_section_they_own(
    own_park: ParkPage, editor: User, sign_in: SignIn
) -> None:
    _publish(sign_in(editor), own_park, "My park")

    assert live_text(own_park) == "My park"


def test_an_editor_publishes_rides_of_others_in_their_section(
    own_park: ParkPage, editor: User, sign_in: SignIn
) -> None:
    ride = make_ride(own_park, owner=make_person("Editor"))

    _publish(sign_in(editor), ride, "A ride of my park")

    assert live_text(ride) == "A ride of my park"


def test_a_ride_one_owns_in_the_park_of_another_is_not_ones_section(
    editor: User, sign_in: SignIn
) -> None:
    ride = make_ride(make_park(), owner=editor)

    _publish(sign_in(editor), ride, "My ride")

    assert live_text(ride) == ""


def test_owning_a_section_gives_no_right_to_restructure_it(
    own_park: ParkPage, editor: User
) -> None:
    ride = make_ride(own_park)
    rights = ride.permissions_for_user(editor)

    assert rights.can_publish()
    assert not rights.can_delete()
    assert not rights.can_move()
    assert not rights.can_unpublish()
    assert not rights.can_set_view_restrictions()
    assert not rights.can_lock()


def test_a_section_is_nothing_to_a_member_or_to_a_suspended_editor(
    own_park: ParkPage, editor: User
) -> None:
    member = make_person("Member")
    Page.objects.filter(pk=own_park.pk).update(owner=member)
    assert not _fresh(own_park).permissions_for_user(member).can_publish()

    Page.objects.filter(pk=own_park.pk).update(owner=editor)
    editor.is_active = False
    assert not _fresh(own_park).permissions_for_user(editor).can_publish()


def test_an_editor_may_publish_a_park_they_add(editor: User) -> None:
    rights = ParkIndexPage.objects.get().permissions_for_user(editor)

    assert rights.can_publish_subpage()
    assert not rights.can_publish()


@pytest.mark.parametrize("role", ["Moderator", "admin"])
def test_a_page_somebody_locked_cannot_be_moved_or_deleted(
    role: str, ride: RidePage, moderator: User, sign_in: SignIn
) -> None:
    _lock(ride, by=moderator)
    elsewhere = make_park("Phantasialand")
    client = sign_in(make_person(role))

    deleted = client.post(reverse("wagtailadmin_pages:delete", args=(ride.pk,)))
    moved = client.post(
        reverse("wagtailadmin_pages:move_confirm", args=(ride.pk, elsewhere.pk))
    )

    assert _refused(deleted)
    assert _refused(moved)
    assert _fresh(ride).get_parent().pk == ride.get_parent().pk


@pytest.mark.parametrize("role", ["Moderator", "admin"])
def test_a_locked_page_does_not_go_with_its_park(
    role: str, ride: RidePage, moderator: User, sign_in: SignIn
) -> None:
    _lock(ride, by=moderator)
    park = ride.get_parent()

    deleted = sign_in(make_person(role)).post(
        reverse("wagtailadmin_pages:delete", args=(park.pk,))
    )

    assert _refused(deleted)
    assert Page.objects.filter(pk=ride.pk).exists()


def test_who_locked_a_page_may_still_move_it(ride: RidePage, moderator: User) -> None:
    _lock(ride, by=moderator)

    rights = _fresh(ride).permissions_for_user(moderator)

    assert rights.can_move_to(make_park("Phantasialand"))


def test_a_page_under_review_cannot_be_deleted_by_its_author(
    submitted: RidePage, editor: User
) -> None:
    assert not _fresh(submitted).permissions_for_user(editor).can_delete()


def _lock(page: Page, *, by: User) -> None:
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=by)


def _fresh(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def _refused(response: Any) -> bool:
    # Wagtail sends a person without the right back to the dashboard with a message.
    return response.status_code == 403 or response.headers.get("Location") == DASHBOARD

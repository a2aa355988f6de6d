"""Where something comes back to, and who may bring it."""

from typing import Any

from django.contrib.auth.models import Permission

import pytest

from history.trash.actions import restore
from history.trash.refusals import (
    NoLongerInTrash,
    NotAPlaceForIt,
    NotYoursToPublish,
    NotYoursToRestore,
    SlugTaken,
)
from parks.models import (
    ParkExternalId,
    ParkIndexPage,
    ParkPage,
    RidePage,
)
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.trash.deleting import (
    delete,
    fresh,
    tree_is_sound,
    versions_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def admin() -> Any:
    return make_person("admin")


def test_an_address_taken_meanwhile_asks_for_another_slug(admin: Any) -> None:
    park = make_park()
    ride = make_ride(park)
    deletion = delete(ride, by=admin)
    make_ride(park)

    with pytest.raises(SlugTaken, match="the-beast"):
        restore(deletion=deletion, by=admin)
    restored = restore(deletion=deletion, by=admin, slug="the-first-beast")

    assert fresh(ride).slug == restored.page.slug == "the-first-beast"
    assert fresh(ride).get_latest_revision_as_object().slug == "the-first-beast"
    assert versions_of(ride)[-1].changed_facts == ["slug"]
    assert tree_is_sound()


def test_another_place_is_chosen_when_the_former_one_is_gone(admin: Any) -> None:
    park, elsewhere = make_park(), make_park("Elsewhere")
    ride = make_ride(park)
    deletion = delete(ride, by=admin)
    delete(park, by=admin)

    with pytest.raises(NotAPlaceForIt):
        restore(deletion=deletion, by=admin)
    with pytest.raises(NotAPlaceForIt):
        restore(deletion=deletion, by=admin, parent=ParkIndexPage.objects.get())
    restore(deletion=deletion, by=admin, parent=elsewhere)

    assert fresh(ride).get_parent().specific == elsewhere
    assert versions_of(ride)[-1].place_uuid == elsewhere.uuid
    assert tree_is_sound()


def test_restoring_needs_the_right_to_and_what_was_live_the_right_to_publish(
    admin: Any,
) -> None:
    deletion = delete(make_ride(make_park()), by=admin)
    editor = make_person("Editor")

    with pytest.raises(NotYoursToRestore):
        restore(deletion=deletion, by=editor)
    editor.user_permissions.add(_permission("restore_trash"))
    with pytest.raises(NotYoursToPublish):
        restore(deletion=deletion, by=type(editor).objects.get(pk=editor.pk))
    restore(deletion=deletion, by=make_person("Moderator"))


def test_what_came_back_does_not_come_back_twice(admin: Any) -> None:
    deletion = delete(make_ride(make_park()), by=admin)
    restore(deletion=deletion, by=admin)

    with pytest.raises(NoLongerInTrash, match="restored by"):
        restore(deletion=deletion, by=admin)

    assert RidePage.objects.count() == 1
    assert not deletion.trashed_pages.exists()


def test_a_number_another_page_carries_by_now_keeps_it_in_the_trash(
    admin: Any,
) -> None:
    parks = [make_park("First"), make_park("Second")]
    parks[0].external_ids = [ParkExternalId(system="rcdb", value="4529")]
    parks[0].save_revision().publish()
    deletion = delete(parks[0], by=admin)
    parks[1].external_ids = [ParkExternalId(system="rcdb", value="4529")]
    parks[1].save_revision().publish()

    with pytest.raises(Exception, match="Another park already carries this number"):
        restore(deletion=deletion, by=admin)

    assert not ParkPage.objects.filter(pk=parks[0].pk).exists()
    assert deletion.trashed_pages.exists()


def _permission(codename: str) -> Any:
    return Permission.objects.get(content_type__app_label="history", codename=codename)

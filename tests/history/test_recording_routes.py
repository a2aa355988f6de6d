"""Every route leaves its version: unpublish, move, delete, copy, restore, commands."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import LogContext
from wagtail.models import ModelLogEntry, Page, PageLogEntry

import pytest

from core.changes import describe_change
from history.models import ChangeSet, FactChange, ObjectHead, PageVersion
from history.reading import stored_texts
from history.recording import record_page_deletion, record_restored
from history.verifying import verify
from parks.models import ParkArea, ParkIndexPage, ParkPage, RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home", "step_by_step"),
]


def versions_of(page: Any) -> list[PageVersion]:
    return list(PageVersion.objects.filter(object_uuid=page.uuid).order_by("seq"))


def operations_of(page: Any) -> list[str]:
    return [version.operation for version in versions_of(page)]


def published_area(park: ParkPage, name: str = "Frontier Town") -> ParkArea:
    area = ParkArea.objects.create(park=park, name=name, live=False)
    area.save_revision().publish()
    return ParkArea.objects.get(pk=area.pk)


def test_an_unpublish_is_a_version_of_its_own_with_the_same_content() -> None:
    park, editor = make_park(), make_person("admin")

    park.unpublish(user=editor)

    first, second = versions_of(park)
    assert (second.operation, second.live, second.seq) == ("unpublish", False, 2)
    assert second.sha256 == first.sha256
    assert len(set(stored_texts([first, second]).values())) == 1
    assert (second.growth, second.changed_facts) == (0, [])
    assert second.changeset.kind == "unpublish"
    assert second.changeset.publisher == editor
    assert not FactChange.objects.filter(version=second).exists()


def test_the_reason_of_an_unpublish_is_not_that_of_the_publish_before() -> None:
    park = make_park(change_reason="Found the map")

    with describe_change(reason="Built on lies"):
        park.unpublish()

    assert [version.changeset.reason for version in versions_of(park)] == [
        "Found the map",
        "Built on lies",
    ]


def test_unpublishing_a_draft_writes_nothing() -> None:
    park = make_park(publish=False)

    park.unpublish()

    assert versions_of(park) == []


def test_publishing_again_after_an_unpublish_is_told_from_an_edit() -> None:
    park = make_park()
    park.unpublish()

    ParkPage.objects.get(pk=park.pk).get_latest_revision().publish()

    assert operations_of(park) == ["create", "unpublish", "republish"]
    assert versions_of(park)[-1].live
    assert len({version.sha256 for version in versions_of(park)}) == 1


def test_unpublishing_with_everything_below_is_one_change() -> None:
    park = make_park()
    ride, hidden = make_ride(park), make_ride(park, "Hidden", publish=False)

    UnpublishPageAction(
        ParkPage.objects.get(pk=park.pk),
        user=make_person("admin"),
        include_descendants=True,
    ).execute()

    assert operations_of(ride) == ["create", "unpublish"]
    assert versions_of(hidden) == []
    assert versions_of(ride)[-1].changeset == versions_of(park)[-1].changeset


def test_a_move_is_a_version_of_the_page_and_of_nothing_below_it() -> None:
    ride = make_ride(make_park())
    index = ParkIndexPage.objects.get()
    park = ride.get_parent().specific
    elsewhere = make_park("Elsewhere")

    ride.move(elsewhere, pos="last-child")

    moved = versions_of(ride)[-1]
    assert operations_of(ride) == ["create", "move"]
    assert operations_of(park) == operations_of(elsewhere) == ["create"]
    assert moved.place_uuid == elsewhere.uuid != park.uuid
    assert moved.address == RidePage.objects.get(pk=ride.pk).url_path
    assert versions_of(park)[0].place_uuid == index.uuid
    assert moved.changeset.kind == "move"


def test_another_order_of_siblings_writes_nothing() -> None:
    park = make_park()
    first, second = make_ride(park, "First"), make_ride(park, "Second")

    second.move(Page.objects.get(pk=first.pk), pos="left")

    assert operations_of(first) == operations_of(second) == ["create"]


def test_moving_a_page_that_never_was_public_writes_nothing() -> None:
    elsewhere = make_park("Elsewhere")
    draft = make_ride(make_park(), publish=False)

    draft.move(elsewhere, pos="last-child")

    assert versions_of(draft) == []


def test_what_was_moved_since_it_was_read_is_unpublished_where_it_stands() -> None:
    elsewhere, ride = make_park("Elsewhere"), make_ride(make_park())
    as_it_was = RidePage.objects.get(pk=ride.pk)
    RidePage.objects.get(pk=ride.pk).move(elsewhere, pos="last-child")

    as_it_was.unpublish()

    assert RidePage.objects.get(pk=ride.pk).get_parent().pk == elsewhere.pk
    assert operations_of(ride) == ["create", "move", "unpublish"]
    assert list(verify()) == []


def test_moving_an_unpublished_page_is_a_version_that_is_not_live() -> None:
    elsewhere, ride = make_park("Elsewhere"), make_ride(make_park())
    ride.unpublish()

    RidePage.objects.get(pk=ride.pk).move(elsewhere, pos="last-child")

    assert operations_of(ride) == ["create", "unpublish", "move"]
    assert not versions_of(ride)[-1].live


def test_a_new_slug_is_an_edit_with_the_new_address() -> None:
    park = make_park()
    ride = make_ride(park)

    park.slug = "cedar-park"
    park.save_revision().publish()

    first, second = versions_of(park)
    assert (second.operation, second.changed_facts) == ("edit", ["slug"])
    assert second.address.endswith("/cedar-park/")
    assert second.place_uuid == first.place_uuid
    assert operations_of(ride) == ["create"]


def test_deleting_a_subtree_is_one_change_with_a_version_for_each_page() -> None:
    park, admin = make_park(), make_person("admin")
    ride, area = make_ride(park), published_area(park)
    draft = make_ride(park, "Draft", publish=False)

    ParkPage.objects.get(pk=park.pk).delete(user=admin)

    gone = [versions_of(thing)[-1] for thing in (park, ride, area)]
    assert {version.operation for version in gone} == {"delete"}
    assert [version.page for version in gone] == [None, None, None]
    assert len({version.changeset_id for version in gone}) == 1
    assert versions_of(draft) == []
    change = gone[0].changeset
    assert (change.kind, change.publisher) == ("delete", admin)
    assert [version.address for version in gone[:2]] == [park.url_path, ride.url_path]
    assert [v.sha256 for v in versions_of(ride)] == [versions_of(ride)[0].sha256] * 2


def test_recording_a_deletion_costs_the_same_however_many_pages_go() -> None:
    def cost(rides: int) -> int:
        park = make_park(f"Park of {rides}")
        for number in range(rides):
            make_ride(park, f"Ride {number}")
        with CaptureQueriesContext(connection) as queries:
            record_page_deletion(Page.objects.get(pk=park.pk))
        return len(queries)

    assert cost(2) == cost(20)


def test_every_deleted_page_is_logged_with_the_change() -> None:
    park = make_park()
    make_ride(park)
    area = published_area(park)

    ParkPage.objects.get(pk=park.pk).delete(user=make_person("admin"))

    change = ChangeSet.objects.latest("number")
    logged = PageLogEntry.objects.filter(action="wagtail.delete", uuid=change.log_uuid)
    assert logged.count() == 2
    assert ModelLogEntry.objects.filter(
        action="wagtail.delete", uuid=change.log_uuid, object_id=str(area.pk)
    ).exists()


def test_pages_deleted_past_the_action_are_recorded_all_the_same() -> None:
    park = make_park()
    ride = make_ride(park)

    Page.objects.filter(pk=park.pk).delete()

    assert operations_of(park) == operations_of(ride) == ["create", "delete"]


def test_deleting_what_was_unpublished_goes_on_with_its_history() -> None:
    park = make_park()
    park.unpublish()

    ParkPage.objects.get(pk=park.pk).delete()

    assert operations_of(park) == ["create", "unpublish", "delete"]


def test_what_came_back_from_the_trash_goes_on_with_its_history() -> None:
    park = make_park()
    newest = ObjectHead.objects.get(pk=park.uuid)
    ParkPage.objects.get(pk=park.pk).delete()
    again = ParkPage(title=park.title, slug=park.slug, country="US", uuid=park.uuid)
    ParkIndexPage.objects.get().add_child(instance=again)

    version = record_restored(again)

    newest.refresh_from_db()
    assert newest.version == version
    assert operations_of(park) == ["create", "delete", "restore"]
    assert versions_of(park)[-1].changeset.kind == "restore"


def test_publishing_under_the_identity_of_something_deleted_restores_it() -> None:
    park = make_park()
    ParkPage.objects.get(pk=park.pk).delete()

    make_park(uuid=park.uuid)

    assert operations_of(park) == ["create", "delete", "restore"]


def test_a_copy_has_a_first_version_without_the_words_about_the_original() -> None:
    park = make_park(change_reason="Found the map")

    copied = park.copy(update_attrs={"title": "Copy", "slug": "copy"})

    (version,) = versions_of(copied)
    assert (version.operation, version.changeset.kind) == ("create", "copy")
    assert version.changeset.reason == ""


def test_copying_a_subtree_is_one_change() -> None:
    park = make_park()
    make_ride(park, "First")
    make_ride(park, "Second")
    known = set(ChangeSet.objects.values_list("pk", flat=True))

    whole = ParkPage.objects.get(pk=park.pk)
    whole.copy(recursive=True, update_attrs={"title": "Copy", "slug": "copy"})

    (change,) = ChangeSet.objects.exclude(pk__in=known)
    assert change.versions.count() == 3


def test_copying_without_publishing_writes_nothing() -> None:
    park = make_park()

    copied = park.copy(keep_live=False, update_attrs={"slug": "copy"})

    assert versions_of(copied) == []


def test_a_scheduled_publish_and_an_expiry_are_recorded_when_they_happen() -> None:
    park = make_park()
    past = timezone.now() - timedelta(minutes=1)
    revision = park.save_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past)
    park.city = "Sandusky"
    later = park.save_revision(approved_go_live_at=past)

    call_command("publish_scheduled")
    ParkPage.objects.filter(pk=park.pk).update(expire_at=past)
    call_command("publish_scheduled")

    assert operations_of(park) == ["create", "edit", "unpublish"]
    assert versions_of(park)[1].revision_pk == later.pk


def test_several_publishes_described_together_are_changes_of_their_own() -> None:
    first, second = make_park("First"), make_park("Second")

    with describe_change(reason="Spelling"):
        for park in (first, second):
            park.city = "Sandusky"
            park.save_revision().publish()

    changes = {versions_of(park)[-1].changeset_id for park in (first, second)}
    assert len(changes) == 2


def test_a_change_and_its_log_entry_share_one_uuid() -> None:
    park = make_park()

    park.unpublish(user=make_person("admin"))

    change = versions_of(park)[-1].changeset
    entry = PageLogEntry.objects.filter(page=park.pk).latest("pk")
    assert change.log_uuid is not None
    assert (entry.action, entry.uuid) == ("wagtail.unpublish", change.log_uuid)


def test_in_a_request_the_change_has_the_uuid_of_the_request() -> None:
    park = make_park()

    with LogContext(user=make_person("admin")) as context:
        park.unpublish()

    assert versions_of(park)[-1].changeset.log_uuid == context.uuid


def test_a_change_says_what_it_undoes_and_how_long_it_took() -> None:
    park = make_park()
    undone = versions_of(park)[0].changeset

    with describe_change(kind="revert", undoes=undone.number):
        park.city = "Sandusky"
        park.save_revision().publish()

    change = versions_of(park)[-1].changeset
    assert (change.kind, change.undoes) == ("revert", undone)
    assert change.duration_ms is not None


def test_the_text_of_a_hidden_version_stays_hidden_when_it_is_unpublished() -> None:
    park = make_park()
    PageVersion.objects.filter(object_uuid=park.uuid).update(text_hidden=True)

    park.unpublish()

    assert versions_of(park)[-1].text_hidden


# --- Routes of the admin --------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "operation"),
    [("unpublish", "unpublish"), ("move", "move"), ("delete", "delete")],
)
def test_bulk_actions_are_recorded(client: Client, action: str, operation: str) -> None:
    park = make_park()
    rides = [make_ride(park, title) for title in ("First", "Second")]
    client.force_login(make_person("admin"))
    target = make_park("Elsewhere")
    keys = "&".join(f"id={ride.pk}" for ride in rides)
    url = f"/admin/bulk/wagtailcore/page/{action}/?{keys}&next=/admin/"

    response = client.post(url, {"chooser": target.pk})

    assert response.status_code == 302
    assert [operations_of(ride) for ride in rides] == [["create", operation]] * 2


@pytest.mark.parametrize("operation", ["unpublish", "delete"])
def test_the_buttons_of_the_admin_are_recorded(client: Client, operation: str) -> None:
    park = make_park()
    client.force_login(make_person("admin"))

    client.post(f"/admin/pages/{park.pk}/{operation}/")

    assert operations_of(park) == ["create", operation]

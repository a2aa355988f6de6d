"""The CMS's own revisions stay few, and none that is needed goes."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import (
    Comment,
    GroupApprovalTask,
    Page,
    PageLogEntry,
    Revision,
    Workflow,
    WorkflowTask,
)

import pytest

from history import revisions
from history.models import ChangeSet, PageVersion
from history.outbox import work_off
from history.revisions import (
    AT_ONCE,
    NEWEST_KEPT,
    prune,
    prune_after,
    prune_all,
    register_keeper,
    version_of_revision,
)
from parks.models import ParkArea, ParkPage
from tests.factories.pages import make_park
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def with_old_revisions(thing: Any, number: int) -> list[int]:
    """Older revisions than there are, as so many drafts would have left them."""
    newest = thing.latest_revision
    old = Revision.objects.bulk_create(
        (
            Revision(
                content_type=newest.content_type,
                base_content_type=newest.base_content_type,
                object_id=newest.object_id,
                content=newest.content,
                created_at=newest.created_at - timedelta(hours=number - n),
            )
            for n in range(number)
        ),
        batch_size=1000,
    )
    return [revision.pk for revision in old]


def owner_of(thing: Any) -> tuple[int, str]:
    return thing.get_base_content_type().pk, str(thing.pk)


def left_of(thing: Any) -> set[int]:
    return set(thing.revisions.values_list("pk", flat=True))


def test_the_newest_revisions_and_the_live_one_are_kept_of_ten_thousand() -> None:
    park = make_park()
    live = park.live_revision_id
    old = with_old_revisions(park, 10_000)
    Revision.objects.filter(pk=live).update(
        created_at=timezone.now() - timedelta(days=9000)
    )

    pruned = prune(owner_of(park))

    assert left_of(park) == {live, *old[-NEWEST_KEPT:]}
    assert pruned == 10_000 - NEWEST_KEPT
    park.refresh_from_db()
    assert park.live_revision_id == park.latest_revision_id == live


def test_scheduled_revisions_are_kept_and_published_when_their_time_comes() -> None:
    park = make_park()
    park.city = "Sandusky"
    scheduled = park.save_revision(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    park.city = "Huron"
    newest = park.save_revision()
    old = with_old_revisions(ParkPage.objects.get(pk=park.pk), 100)
    moment = timezone.now() - timedelta(days=9000)
    Revision.objects.filter(pk=scheduled.pk).update(created_at=moment)

    prune(owner_of(park))
    call_command("publish_scheduled")

    page = ParkPage.objects.get(pk=park.pk)
    assert (page.city, page.live_revision_id) == ("Sandusky", scheduled.pk)
    assert {scheduled.pk, newest.pk} <= left_of(park)
    assert old[0] not in left_of(park)


def test_revisions_in_a_workflow_and_those_with_comments_are_kept() -> None:
    park, editor = make_park(), make_person("Editor")
    workflow = Workflow.objects.create(name="Look twice")
    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    submitted = park.save_revision(user=editor)
    workflow.start(ParkPage.objects.get(pk=park.pk), editor)
    commented = park.save_revision()
    Comment.objects.create(
        page=park, user=editor, text="?", contentpath="city", revision_created=commented
    )
    with_old_revisions(ParkPage.objects.get(pk=park.pk), 10)
    long_ago = timezone.now() - timedelta(days=9000)
    held = [submitted.pk, commented.pk]
    Revision.objects.filter(pk__in=held).update(created_at=long_ago)
    for number in range(40):
        park.city = f"City {number}"
        park.save_revision()

    prune(owner_of(park))

    assert left_of(park) >= set(held)
    assert len(left_of(park)) <= NEWEST_KEPT + len(held) + 2


def test_what_a_room_keeps_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "_keepers", [])
    park = make_park()
    old = with_old_revisions(park, 100)
    register_keeper(lambda own: Q(pk=old[3]))

    prune(owner_of(park))

    assert old[3] in left_of(park)
    assert len(left_of(park)) == NEWEST_KEPT + 1


def test_the_revisions_of_other_pages_are_left_alone() -> None:
    park, other = make_park(), make_park("Other")
    with_old_revisions(park, 50)
    with_old_revisions(other, 50)

    prune(owner_of(park))

    assert len(left_of(other)) == 51


def test_after_a_publish_the_revisions_are_bounded() -> None:
    park = make_park()
    with_old_revisions(park, 100)

    park.city = "Sandusky"
    park.save_revision().publish()
    work_off()

    assert len(left_of(park)) == NEWEST_KEPT


def test_a_page_with_few_revisions_is_not_touched() -> None:
    park = make_park()
    with_old_revisions(park, 25)

    prune_after([ChangeSet.objects.latest("number").number])

    assert len(left_of(park)) == 26


def test_snippets_are_pruned_too() -> None:
    area = ParkArea.objects.create(park=make_park(), name="Midway", live=False)
    area.save_revision().publish()
    area = ParkArea.objects.get(pk=area.pk)
    with_old_revisions(area, 50)

    prune_after([ChangeSet.objects.latest("number").number])

    assert len(left_of(area)) == NEWEST_KEPT


def test_the_nightly_sweep_bounds_pages_that_are_only_drafted() -> None:
    draft = make_park(publish=False)
    with_old_revisions(draft, AT_ONCE + 100)

    prune_all()

    assert len(left_of(draft)) == NEWEST_KEPT


def test_publishing_costs_the_same_after_ten_thousand_revisions() -> None:
    park = make_park()

    def cost(city: str) -> tuple[int, int]:
        page = ParkPage.objects.get(pk=park.pk)
        page.city = city
        revision = page.save_revision()
        with CaptureQueriesContext(connection) as queries:
            revision.publish()
        return len(queries), page.revisions.count()

    cost("Warm-up")
    few, _ = cost("Sandusky")
    with_old_revisions(ParkPage.objects.get(pk=park.pk), 10_000)
    prune_all()
    many, touched = cost("Huron")

    assert many == few
    assert touched <= NEWEST_KEPT + 2


def test_the_log_in_the_admin_offers_the_version_of_a_pruned_revision(
    client: Client,
) -> None:
    admin, park = make_person("admin"), make_park()
    left = park.save_revision(user=admin, log_action=True)
    park.city = "Sandusky"
    pruned = park.save_revision(user=admin, log_action=True)
    pruned.publish()
    park.city = "Huron"
    park.save_revision(user=admin, log_action=True).publish()
    Revision.objects.filter(pk=pruned.pk).delete()
    client.force_login(admin)

    page = client.get(f"/admin/pages/{park.pk}/history/").content.decode()

    assert "/parks/cedar-point/history/2/" in page
    assert f"revisions/{pruned.pk}/" not in page
    assert f"revisions/{left.pk}/" in page


def test_the_log_still_leads_to_what_was_published_from_a_pruned_revision() -> None:
    park = make_park()
    park.city = "Sandusky"
    published = park.save_revision()
    published.publish()
    pruned = published.pk
    park = ParkPage.objects.get(pk=park.pk)
    park.city = "Huron"
    park.save_revision().publish()
    for number in range(40):
        park.city = f"City {number}"
        park.save_revision()

    prune(owner_of(park))

    entry = PageLogEntry.objects.filter(
        page=park.pk, action="wagtail.publish", revision=pruned
    ).get()
    assert not Revision.objects.filter(pk=pruned).exists()
    version = version_of_revision(entry.revision_id or 0)
    assert version == PageVersion.objects.get(object_uuid=park.uuid, seq=2)
    assert version_of_revision(0) is None
    assert Page.objects.get(pk=park.pk).live_revision is not None

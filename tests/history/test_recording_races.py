"""Many hands on one page at the same moment, and the pruner among them."""

from datetime import timedelta
from threading import Event, Thread
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from wagtail.models import Page, Revision

import pytest

from core.refusals import Refused
from history.chain import check_chain, seal_committed
from history.models import ChangeSet, ObjectHead, PageVersion
from history.recording.states import newest_version
from history.revisions import NEWEST_KEPT, prune
from history.verifying import verify
from home.models import HomePage
from parks.models import ParkPage
from tests.factories.pages import make_park
from tests.racing import at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("step_by_step"),
]


def succeeded(ends: list[Any]) -> list[bool]:
    return [not isinstance(end, Refused) for end in ends]


def test_sixteen_publishers_leave_a_history_without_a_gap(home: HomePage) -> None:
    park = make_park()
    revisions = []
    for number in range(16):
        park.city = f"City {number}"
        revisions.append(park.save_revision())

    ends = succeeded(at_once(*[revision.publish for revision in revisions]))

    versions = PageVersion.objects.filter(object_uuid=park.uuid).order_by("seq")
    page = ParkPage.objects.get(pk=park.pk)
    assert [v.seq for v in versions] == list(range(1, 2 + sum(ends)))
    assert [v.parent_id for v in versions[1:]] == [v.pk for v in versions][:-1]
    newest = ObjectHead.objects.get(pk=park.uuid).version
    assert newest is not None
    assert newest.revision_pk == page.live_revision_id


def test_two_first_publishes_of_one_page_are_versions_one_and_two(
    home: HomePage,
) -> None:
    park = make_park(publish=False)
    first, park.city = park.save_revision(), "Sandusky"
    second = park.save_revision()

    ends = succeeded(at_once(first.publish, second.publish))

    versions = PageVersion.objects.filter(object_uuid=park.uuid)
    assert sorted(v.seq for v in versions) == list(range(1, 1 + sum(ends)))


def test_publishers_of_different_pages_are_sealed_into_one_chain(
    home: HomePage,
) -> None:
    parks = [make_park(f"Park {number}") for number in range(8)]
    for park in parks:
        park.city = "Sandusky"
    revisions = [park.save_revision() for park in parks]

    ends = succeeded(at_once(*[r.publish for r in revisions], *[seal_committed] * 4))
    seal_committed()

    assert all(ends)
    assert list(check_chain()) == []
    assert not ChangeSet.objects.filter(position=None).exists()


def test_pruning_beside_a_scheduled_publish_loses_nothing(home: HomePage) -> None:
    park = make_park()
    past = timezone.now() - timedelta(minutes=1)
    owner = (park.get_base_content_type().pk, str(park.pk))
    for round_ in range(5):
        park = ParkPage.objects.get(pk=park.pk)
        park.city = f"City {round_}"
        scheduled = park.save_revision(approved_go_live_at=past)
        for number in range(NEWEST_KEPT + 15):
            park.city = f"Idea {number}"
            park.save_revision()
        old = timezone.now() - timedelta(days=9)
        Revision.objects.filter(pk=scheduled.pk).update(created_at=old)

        ends = succeeded(
            at_once(
                lambda: call_command("publish_scheduled"),
                lambda: prune(owner),
                lambda: prune(owner),
            )
        )

        page = ParkPage.objects.get(pk=park.pk)
        assert all(ends)
        assert page.city == f"City {round_}"
        assert page.live_revision_id == scheduled.pk
        assert page.latest_revision is not None
        assert page.revisions.count() <= NEWEST_KEPT + 2
    assert not any(Page.find_problems())


def test_publishing_beside_deleting_ends_in_order(home: HomePage) -> None:
    for number in range(8):
        park = make_park(f"Park {number}")
        draft = ParkPage.objects.get(pk=park.pk)
        draft.city = "Sandusky"
        revision = draft.save_revision()

        at_once(revision.publish, ParkPage.objects.get(pk=park.pk).delete)

        versions = PageVersion.objects.filter(object_uuid=park.uuid).order_by("seq")
        operations = [version.operation for version in versions]
        assert operations in (["create", "delete"], ["create", "edit", "delete"])
        assert not ParkPage.objects.filter(pk=park.pk).exists()
    assert list(verify()) == []


def test_who_waited_for_a_head_sees_the_version_written_meanwhile(
    home: HomePage,
) -> None:
    park = make_park()
    park.city = "Sandusky"
    revision, locked, seen = park.save_revision(), Event(), list[Any]()

    def wait_for_the_head() -> None:
        locked.wait(timeout=30)
        try:
            with transaction.atomic():
                seen.append(newest_version(park.uuid))
        finally:
            connection.close()

    other = Thread(target=wait_for_the_head)
    other.start()
    with transaction.atomic():
        newest_version(park.uuid)
        locked.set()
        # Not asserted on: only gives the other one time to begin to wait.
        other.join(timeout=0.5)
        assert other.is_alive()
        revision.publish()
    other.join(timeout=30)

    assert [version.seq for version in seen] == [2]
    assert '"Sandusky"' in seen[0].payload.serialized_data

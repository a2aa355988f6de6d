"""Many hands on one page at the same moment, and the pruner among them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from wagtail.models import Page, Revision

import pytest

from core.refusals import Refused
from history.chain import check_chain, seal_committed
from history.models import ChangeSet, ObjectHead, PageVersion
from history.revisions import NEWEST_KEPT, prune
from home.models import HomePage
from parks.models import ParkPage
from tests.factories.pages import make_park

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def at_once(*deeds: Callable[[], object]) -> list[bool]:
    """Do all of it in threads that start together; whether each one succeeded."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> bool:
        try:
            barrier.wait(timeout=10)
            deed()
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_sixteen_publishers_leave_a_history_without_a_gap(home: HomePage) -> None:
    park = make_park()
    revisions = []
    for number in range(16):
        park.city = f"City {number}"
        revisions.append(park.save_revision())

    ends = at_once(*[revision.publish for revision in revisions])

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

    ends = at_once(first.publish, second.publish)

    versions = PageVersion.objects.filter(object_uuid=park.uuid)
    assert sorted(v.seq for v in versions) == list(range(1, 1 + sum(ends)))


def test_publishers_of_different_pages_are_sealed_into_one_chain(
    home: HomePage,
) -> None:
    parks = [make_park(f"Park {number}") for number in range(8)]
    for park in parks:
        park.city = "Sandusky"
    revisions = [park.save_revision() for park in parks]

    ends = at_once(*[r.publish for r in revisions], *[seal_committed] * 4)
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

        ends = at_once(
            lambda: call_command("publish_scheduled"),
            lambda: prune(owner),
            lambda: prune(owner),
        )

        page = ParkPage.objects.get(pk=park.pk)
        assert all(ends)
        assert page.city == f"City {round_}"
        assert page.live_revision_id == scheduled.pk
        assert page.latest_revision is not None
        assert page.revisions.count() <= NEWEST_KEPT + 2
    assert not any(Page.find_problems())

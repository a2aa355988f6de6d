"""Which versions may leave the database."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from wagtail.models import Revision

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.changes import describe_change
from history.archive import policy
from history.archive.policy import NEWEST_KEPT, eligible, explain, register_protection
from history.models import ObjectHead, PageVersion, Tag, VersionHold
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.archive.conftest import LONG_AGO

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry() -> Iterator[None]:
    """Takes back what a test registers."""
    known = dict(policy._protections)
    yield
    policy._protections.clear()
    policy._protections.update(known)


def going(page: Any, *, older_than: int = 0) -> list[int]:
    versions = eligible(older_than=older_than, within=Q(object_uuid=page.uuid))
    return list(versions.values_list("seq", flat=True))


def version_of(page: Any, seq: int) -> PageVersion:
    return PageVersion.objects.get(object_uuid=page.uuid, seq=seq)


def tag(name: str, version: PageVersion) -> None:
    Tag.objects.create(
        name=name,
        slug=name,
        changeset=version.changeset,
        made_by=make_person("admin"),
    )


def test_the_newest_of_an_object_stay(park: ParkPage) -> None:
    assert going(park) == list(range(1, 62 - NEWEST_KEPT))


def test_a_short_history_stays_whole(home: Any) -> None:
    park = make_park()
    lengthen_history(park, by=NEWEST_KEPT - 1, since=LONG_AGO)

    assert going(park) == []


def test_what_is_younger_than_asked_for_stays(park: ParkPage) -> None:
    old = version_of(park, 7).changeset
    days = (timezone.now() - old.made_at).days

    # The first was made today; only those after it bring dates of long ago.
    assert going(park, older_than=days + 1) == [2, 3, 4, 5, 6]
    assert 7 in going(park, older_than=days - 1)


def test_age_is_the_date_the_history_shows(home: Any) -> None:
    park = make_park()
    with describe_change(made_at=LONG_AGO):
        for number in range(NEWEST_KEPT + 2):
            draft = ParkPage.objects.get(pk=park.pk).get_latest_revision_as_object()
            draft.city = f"City {number}"
            draft.save_revision().publish()

    # The first was made today.
    assert going(park, older_than=90) == [2, 3]


def test_the_live_version_stays_though_it_is_old(park: ParkPage) -> None:
    ParkPage.objects.filter(pk=park.pk).update(
        live_revision=Revision.objects.latest("pk")
    )
    PageVersion.objects.filter(object_uuid=park.uuid, seq=5).update(
        revision_pk=ParkPage.objects.get(pk=park.pk).live_revision_id
    )

    assert 5 not in going(park)


def test_the_version_a_draft_was_begun_from_stays(park: ParkPage) -> None:
    page = ParkPage.objects.get(pk=park.pk)
    page.get_latest_revision_as_object().save_revision()
    draft = ParkPage.objects.get(pk=park.pk).latest_revision
    draft.content["live_revision"] = 999_001
    draft.save()
    ParkPage.objects.filter(pk=park.pk).update(has_unpublished_changes=True)
    PageVersion.objects.filter(object_uuid=park.uuid, seq=3).update(revision_pk=999_001)

    assert 3 not in going(park)


def test_what_is_scheduled_and_its_base_stay(park: ParkPage) -> None:
    page = ParkPage.objects.get(pk=park.pk)
    base, scheduled = 999_002, page.latest_revision
    scheduled.pk = None
    scheduled.approved_go_live_at = timezone.now() + timedelta(days=1)
    scheduled.content["live_revision"] = base
    scheduled.save()
    versions = PageVersion.objects.filter(object_uuid=park.uuid)
    versions.filter(seq=3).update(revision_pk=base)
    versions.filter(seq=4).update(revision_pk=scheduled.pk)

    assert {3, 4} & set(going(park)) == set()


def test_what_was_current_at_a_tag_stays(park: ParkPage) -> None:
    other = make_park("Liseberg")
    lengthen_history(other, by=60, since=LONG_AGO)
    tag("season", version_of(park, 9))
    tag("later", version_of(other, 12))

    # The park's history was complete when the other one's began.
    assert going(park) == [seq for seq in range(1, 42) if seq != 9]
    assert going(other) == [seq for seq in range(1, 42) if seq != 12]


def test_a_tag_keeps_the_state_of_pages_that_were_not_in_its_change(
    park: ParkPage,
) -> None:
    early = make_park("Liseberg")
    tag("season", version_of(early, 1))
    lengthen_history(early, by=60, since=LONG_AGO)
    lengthen_history(park, by=60)

    assert going(early) == list(range(2, 42))
    assert going(park) == [seq for seq in range(1, 102) if seq != 61]


def test_held_versions_stay(park: ParkPage) -> None:
    VersionHold.objects.create(
        version=version_of(park, 2), reason="A dispute", placed_by=make_person("admin")
    )

    assert 2 not in going(park)


@pytest.mark.usefixtures("registry")
def test_later_apps_keep_what_they_need(park: ParkPage) -> None:
    register_protection(
        "base of an open proposal", lambda: PageVersion.objects.filter(seq=8)
    )

    assert 8 not in going(park)
    assert explain(older_than=0)["base of an open proposal"] == 1


def test_a_dry_run_gives_every_version_one_reason(park: ParkPage) -> None:
    tag("season", version_of(park, 9))

    reasons = explain(older_than=90)

    assert sum(reasons.values()) == PageVersion.objects.count()
    assert reasons[""] == len(eligible(older_than=90))
    assert reasons["newest of its object at a tag"] == 1


@given(data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_protected_version_is_ever_chosen(
    park: ParkPage, data: st.DataObject
) -> None:
    """Whatever is tagged, held, drafted on or scheduled, in any combination."""
    versions = {
        version.seq: version
        for version in PageVersion.objects.filter(object_uuid=park.uuid)
    }
    seqs = st.integers(1, len(versions))
    tagged, held = data.draw(st.sets(seqs, max_size=3)), data.draw(st.sets(seqs))
    based_on, due = data.draw(seqs), data.draw(seqs)
    age = data.draw(st.integers(0, 5000))
    _arrange(park, versions, tagged, held, based_on, due)

    chosen = set(going(park, older_than=age))

    newest = max(versions)
    cutoff = timezone.now() - timedelta(days=age)
    protected = tagged | held | {based_on, due}
    protected |= set(range(newest - NEWEST_KEPT + 1, newest + 1))
    protected |= {n for n, v in versions.items() if v.changeset.made_at > cutoff}
    assert chosen == set(versions) - protected


def _arrange(
    park: ParkPage,
    versions: dict[int, PageVersion],
    tagged: set[int],
    held: set[int],
    based_on: int,
    due: int,
) -> None:
    person = make_person("admin")
    Tag.objects.all()._raw_delete("default")
    VersionHold.objects.all().delete()
    for seq in tagged:
        name = f"tag-{seq}"
        Tag.objects.create(
            name=name, slug=name, changeset=versions[seq].changeset, made_by=person
        )
    for seq in held:
        VersionHold.objects.create(
            version=versions[seq], reason="A dispute", placed_by=person
        )
    for seq, version in versions.items():
        PageVersion.objects.filter(pk=version.pk).update(revision_pk=900_000 + seq)
    Revision.objects.filter(approved_go_live_at__isnull=False).delete()
    page = ParkPage.objects.get(pk=park.pk)
    draft = page.latest_revision
    draft.content["live_revision"] = 900_000 + based_on
    draft.save()
    draft.pk = None
    draft.approved_go_live_at = timezone.now() + timedelta(days=1)
    draft.content["live_revision"] = 900_000 + due
    draft.save(force_insert=True)
    ParkPage.objects.filter(pk=page.pk).update(has_unpublished_changes=True)


def test_the_head_stays_even_when_it_lags_behind(park: ParkPage) -> None:
    ObjectHead.objects.filter(pk=park.uuid).update(version=version_of(park, 30))

    assert going(park) == list(range(1, 11))

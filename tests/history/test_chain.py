"""The chain of changesets tells when the record was tampered with."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from history.chain import ChainFault, check_chain, digest_of, seal_committed
from history.models import ChainEnd, ChangeSet, PageVersion
from parks.models import ParkPage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home", "step_by_step"),
]


def test_every_change_carries_the_digest_of_what_it_says() -> None:
    park = make_park()
    make_ride(park)
    ParkPage.objects.get(pk=park.pk).unpublish()
    ParkPage.objects.get(pk=park.pk).delete()

    changes = ChangeSet.objects.prefetch_related("versions")
    assert changes.count() > 5
    for change in changes:
        assert change.digest == digest_of(change, change.versions.all()), change.kind


def test_changes_are_sealed_in_their_order_and_once() -> None:
    seal_committed()
    earlier = ChangeSet.objects.count()
    for title in ("First", "Second", "Third"):
        make_park(title)

    sealed = seal_committed()

    changes = list(ChangeSet.objects.order_by("number"))
    assert sealed == len(changes) - earlier == 3
    assert [change.position for change in changes] == list(range(1, len(changes) + 1))
    assert len({change.seal for change in changes}) == len(changes)
    assert seal_committed() == 0
    assert ChainEnd.objects.get().seal == changes[-1].seal


def test_a_change_committed_late_comes_later_in_the_chain() -> None:
    make_park("First")
    late = ChangeSet.objects.latest("number")
    digest, late.digest = late.digest, ""
    late.save()
    make_park("Second")
    seal_committed()

    late.digest = digest
    late.save()
    seal_committed()

    late.refresh_from_db()
    assert late.position == ChangeSet.objects.count()
    assert list(check_chain()) == []


def test_an_untouched_record_has_no_fault_sealed_or_not() -> None:
    make_park()
    assert list(check_chain()) == []

    seal_committed()

    make_park("Later")
    assert list(check_chain()) == []


def other_reason(change: ChangeSet) -> None:
    ChangeSet.objects.filter(pk=change.pk).update(reason="Nothing to see here")


def other_time(change: ChangeSet) -> None:
    moment = datetime(2001, 1, 1, tzinfo=UTC)
    ChangeSet.objects.filter(pk=change.pk).update(made_at=moment)


def other_author(change: ChangeSet) -> None:
    ChangeSet.objects.filter(pk=change.pk).update(author=make_person())


def other_text(change: ChangeSet) -> None:
    PageVersion.objects.filter(changeset=change).update(sha256="0" * 64)


def other_place(change: ChangeSet) -> None:
    PageVersion.objects.filter(changeset=change).update(address="/elsewhere/")


@pytest.mark.parametrize(
    "tamper", [other_reason, other_time, other_author, other_text, other_place]
)
@pytest.mark.parametrize("sealed", [True, False])
def test_whatever_is_altered_is_found_and_named(
    tamper: Callable[[ChangeSet], None], sealed: bool
) -> None:
    make_park("First")
    change = ChangeSet.objects.latest("number")
    make_park("Second")
    if sealed:
        seal_committed()

    tamper(change)

    assert [fault.changeset for fault in check_chain()] == [change.number]


def test_an_altered_change_with_a_fitting_digest_breaks_the_chain() -> None:
    make_park("First")
    change = ChangeSet.objects.latest("number")
    make_park("Second")
    seal_committed()

    change.reason = "Nothing to see here"
    digest = digest_of(change, change.versions.all())
    altered = ChangeSet.objects.filter(pk=change.pk)
    altered.update(reason=change.reason, digest=digest)

    (fault,) = check_chain()
    assert fault == ChainFault(change.number, "does not carry the seal it should")


def test_a_change_taken_out_of_the_chain_is_missed() -> None:
    make_park("First")
    change = ChangeSet.objects.latest("number")
    make_park("Second")
    seal_committed()

    ChangeSet.objects.filter(pk=change.pk).update(position=None, seal="")

    assert {fault.changeset for fault in check_chain()} == {change.number + 1}


def test_a_chain_cut_off_at_its_end_is_noticed() -> None:
    make_park("First")
    seal_committed()
    last = ChangeSet.objects.latest("number")

    ChangeSet.objects.filter(pk=last.pk).update(position=None, seal="")

    assert [fault.changeset for fault in check_chain()] == [0]

"""What the demo shows of suggestions."""

from django.utils import timezone

from branches.batches.samples import FEW, batch_samples
from branches.models import Batch, Proposal
from branches.releases.samples import release_sample
from branches.samples import suggest_samples
from branches.states import ProposalState
from parks.models import ParkPage
from tests.factories.pages import make_ride
from tests.factories.people import make_person


def test_the_demo_has_one_suggestion_to_approve_and_one_in_conflict(
    park: ParkPage,
) -> None:
    ride = make_ride(park, "GateKeeper", speed="67 mph", duration_s=160)
    people = {
        "member": make_person("Member"),
        "moderator": make_person("Moderator"),
    }

    suggest_samples(people)

    assert Proposal.objects.open().about(ride.uuid).count() == 2
    states = sorted(Proposal.objects.values_list("state", flat=True))
    assert states == [ProposalState.CONFLICTED, ProposalState.IN_REVIEW]


def test_a_demo_without_that_ride_has_no_suggestions(park: ParkPage) -> None:
    suggest_samples({})

    assert not Proposal.objects.exists()


def test_the_demo_has_a_large_batch_and_one_that_is_being_taken_back(
    park: ParkPage,
) -> None:
    for number in range(FEW + 2):
        make_ride(park, title=f"Ride {number}")
    people = {"editor": make_person("Editor"), "moderator": make_person("Moderator")}

    batch_samples(people)

    done, revert, large = Batch.objects.order_by("pk").select_related("branch")
    assert done.branch is not None
    assert done.branch.state == ProposalState.MERGED
    assert revert.undoes == done
    assert large.branch is not None
    assert large.branch.state == ProposalState.DRAFT
    assert large.rows.count_by_outcome() == {"changed": 2}


def test_the_demo_has_a_release_that_waits_for_its_day(park: ParkPage) -> None:
    people = {"editor": make_person("Editor"), "moderator": make_person("Moderator")}

    release_sample(people)

    release = Proposal.objects.get()
    assert release.state == ProposalState.SCHEDULED
    assert release.due_at is not None
    assert release.due_at > timezone.now()

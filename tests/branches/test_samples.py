"""What the demo shows of suggestions."""

from branches.models import Proposal
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

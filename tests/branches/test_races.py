"""Several people decide, edit and delete at one moment; nobody loses anything."""

import signal
from functools import partial
from typing import Any

import pytest

from branches.actions import amend, keep, withdraw
from branches.models import Proposal
from branches.states import ProposalState
from core.refusals import Refused
from history.models import ChangeSet, PageVersion
from history.verifying import verify
from home.models import HomePage
from moderation.suggestions.deciding import approve_suggestion, reject_suggestion
from parks.models import ParkPage, RidePage
from tests.branches.proposing import suggested, wanted
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.faults.processes import start_process
from tests.history.published import cities_of, live
from tests.history.suppression.hiding import publish
from tests.racing import at_once, rounds

pytestmark = [
    *(pytest.mark.services, pytest.mark.usefixtures("home")),
    pytest.mark.django_db(transaction=True),
]


ROUNDS = rounds(8)
# Where each round makes a page of its own or asks for more than one publish.
FEW = rounds(4)


@pytest.fixture
def member(home: HomePage) -> Any:
    """Somebody who may hand in as many as they like."""
    return make_person("Editor")


def approve(proposal: Proposal, by: Any) -> str:
    text = proposal.content_hash
    return approve_suggestion(proposal, by=by, content_hash=text).state


def refused(ended: list[Any]) -> int:
    return sum(isinstance(one, Refused) for one in ended)


def test_of_two_approvals_at_once_one_merges(park: ParkPage, member: Any) -> None:
    moderators = [make_person("Moderator") for _ in range(2)]
    for number in range(ROUNDS):
        proposal = suggested(park, by=member, city=f"City {number}")

        ended = at_once(*(partial(approve, proposal, by) for by in moderators))

        assert refused(ended) == 1, ended
        assert live(proposal).state == ProposalState.MERGED
    assert cities_of(park) == ["Huron", *(f"City {n}" for n in range(ROUNDS))]
    assert list(verify()) == []


def test_two_suggestions_approved_at_once_both_come_in(
    park: ParkPage, member: Any
) -> None:
    moderators = [make_person("Moderator") for _ in range(2)]
    for number in range(ROUNDS):
        city = suggested(park, by=member, city=f"City {number}")
        site = suggested(park, by=member, website=f"https://{number}.example")

        ended = at_once(
            partial(approve, city, moderators[0]),
            partial(approve, site, moderators[1]),
        )

        assert refused(ended) == 0, ended
        now = live(park)
        assert (now.city, now.website) == (
            f"City {number}",
            f"https://{number}.example",
        )
    assert PageVersion.objects.filter(object_uuid=park.uuid).count() == 1 + 2 * ROUNDS
    assert list(verify()) == []


def test_an_approval_beside_an_edit_of_another_fact_loses_neither(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    for number in range(ROUNDS):
        proposal = suggested(park, by=member, city=f"City {number}")

        ended = at_once(
            partial(approve, proposal, moderator),
            partial(publish, park, address=f"Street {number}"),
        )

        now = live(park)
        # Whoever edits is told when something was merged under the open form.
        assert isinstance(ended[0], str), ended
        assert now.city == f"City {number}"
        if not isinstance(ended[1], Refused):
            assert now.address == f"Street {number}"
    assert list(verify()) == []


def test_an_approval_beside_a_withdrawal_ends_one_way(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    for number in range(ROUNDS):
        proposal = suggested(park, by=member, city=f"City {number}")

        ended = at_once(
            partial(approve, proposal, moderator),
            partial(withdraw, proposal, by=member),
        )

        assert refused(ended) == 1, ended
        is_merged = live(proposal).state == ProposalState.MERGED
        assert (live(park).city == f"City {number}") is is_merged
    assert list(verify()) == []


def test_an_approval_beside_a_revision_never_publishes_what_nobody_read(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    for number in range(ROUNDS):
        proposal = suggested(park, by=member, city=f"Read {number}")
        other = wanted(park, city=f"Unread {number}")
        seen = proposal.content_hash

        at_once(
            partial(approve, proposal, moderator),
            partial(keep, other, by=member, proposal=proposal, seen=seen),
        )

        assert not live(park).city.startswith("Unread")
        settled = live(proposal)
        if settled.state != ProposalState.MERGED:
            withdraw(settled, by=member)
    assert list(verify()) == []


def test_an_approval_beside_a_rejection_is_decided_once(
    park: ParkPage, member: Any
) -> None:
    moderators = [make_person("Moderator") for _ in range(2)]
    for number in range(ROUNDS):
        proposal = suggested(park, by=member, city=f"City {number}")

        ended = at_once(
            partial(approve, proposal, moderators[0]),
            partial(reject_suggestion, proposal, by=moderators[1], reason="No"),
        )

        assert refused(ended) == 1, ended


def test_an_approval_beside_an_amendment_has_one_winner(
    park: ParkPage, member: Any
) -> None:
    moderators = [make_person("Moderator") for _ in range(2)]
    for number in range(FEW):
        proposal = suggested(park, by=member, city=f"Read {number}")
        began, other = wanted(park, city=f"Read {number}"), wanted(park, city="Amended")

        ended = at_once(
            partial(approve, proposal, moderators[0]),
            partial(
                amend,
                proposal,
                other,
                began=began.content,
                by=moderators[1],
                seen=proposal.content_hash,
            ),
        )

        assert refused(ended) == 1, ended
        settled, is_merged = live(proposal), isinstance(ended[0], str)
        assert (settled.state == ProposalState.MERGED) is is_merged
        assert (live(park).city == f"Read {number}") is is_merged
        if not is_merged:
            assert settled.items.get().content["city"] == "Amended"
            withdraw(settled, by=member)
    assert list(verify()) == []


def test_an_approval_beside_a_publish_of_the_same_fact_has_one_winner(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    for number in range(FEW):
        proposal = suggested(park, by=member, city=f"City {number}")

        ended = at_once(
            partial(approve, proposal, moderator),
            partial(publish, park, city=f"Town {number}"),
        )

        is_merged = isinstance(ended[0], str)
        # An edit that is begun after the merge is one of its result.
        assert is_merged or not isinstance(ended[1], Refused), ended
        assert live(park).city in (f"City {number}", f"Town {number}")
        if not is_merged:
            assert live(proposal).items.get().content["city"] == f"City {number}"
            withdraw(live(proposal), by=member)
        if isinstance(ended[1], Refused):
            # Its text is a draft now, which would keep the next two from coming in.
            live(park).save_revision().publish()
    assert list(verify()) == []


def test_an_approval_beside_a_deletion_leaves_all_of_it_or_nothing(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    for number in range(FEW):
        ride = make_ride(park, f"Ride {number}")
        proposal = suggested(ride, by=member, seo_title="Known by all")

        ended = at_once(
            partial(approve, proposal, moderator), partial(live(ride).delete)
        )

        is_merged = isinstance(ended[0], str)
        assert (live(proposal).state == ProposalState.MERGED) is is_merged, ended
        versions = PageVersion.objects.filter(object_uuid=ride.uuid)
        is_deleted = not RidePage.objects.filter(pk=ride.pk).exists()
        assert is_deleted or is_merged, ended
        assert versions.count() == 1 + is_merged + is_deleted
    assert list(verify()) == []


def test_an_approval_beside_a_move_loses_neither(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    ride = make_ride(park)
    places = [make_park("Second park"), park]
    for number in range(FEW):
        proposal = suggested(ride, by=member, seo_title=f"Title {number}")
        place = type(park).objects.get(pk=places[number % 2].pk)

        ended = at_once(
            partial(approve, proposal, moderator),
            partial(live(ride).move, place, "last-child"),
        )

        now = live(ride)
        is_merged, is_moved = (not isinstance(one, Refused) for one in ended)
        assert is_merged or is_moved, ended
        assert (now.seo_title == f"Title {number}") is is_merged
        assert (now.get_parent().pk == place.pk) is is_moved
        if not is_merged:
            withdraw(live(proposal), by=member)
        if not is_moved:
            now.move(place, "last-child")
    assert list(verify()) == []


def approving(proposal: Proposal, by: Any, fault: str = "") -> Any:
    arguments = ("-m", "tests.branches.approving", str(proposal.pk), str(by.pk))
    return start_process(*arguments, fault=fault)


def test_of_two_processes_that_approve_at_once_one_merges(
    park: ParkPage, member: Any
) -> None:
    moderators = [make_person("Moderator") for _ in range(2)]
    proposal = suggested(park, by=member, city="Sandusky")

    # Both are at it together: each waits where it holds the page.
    processes = [approving(proposal, by, "merge_locked:sleep=1") for by in moderators]
    said = sorted(process.communicate(timeout=120)[0].decode() for process in processes)

    assert said == ["merged\n", "refused: AlreadyDecided\n"]
    assert cities_of(park) == ["Huron", "Sandusky"]
    assert list(verify()) == []


@pytest.mark.parametrize("point", ["merge_locked", "merge_applied"])
def test_a_merge_that_is_killed_has_not_happened_and_is_done_by_the_next_approval(
    park: ParkPage, member: Any, moderator: Any, point: str
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    changes = ChangeSet.objects.count()

    process = approving(proposal, moderator, f"{point}:kill9")
    _, errors = process.communicate(timeout=120)

    assert process.returncode == -signal.SIGKILL, errors.decode()
    assert live(proposal).state == ProposalState.IN_REVIEW
    assert cities_of(park) == ["Huron"]
    assert ChangeSet.objects.count() == changes
    assert list(verify()) == []

    assert approve(live(proposal), moderator) == ProposalState.MERGED
    assert cities_of(park) == ["Huron", "Sandusky"]
    assert list(verify()) == []

"""What the database itself keeps right about proposals."""

from typing import Any

from django.db import IntegrityError, transaction

import pytest

from branches.actions import withdraw
from branches.merging.merging import merge_proposal
from branches.merging.plans import plan_merge
from branches.models import Proposal, ProposalItem
from branches.refusals import NotOpenAnyMore
from branches.states import (
    CLOSED,
    OPEN,
    UNSETTLED,
    ProposalState,
    UnknownStep,
    may_follow,
)
from history.archive import policy
from history.archive.policy import explain
from history.models import PageVersion
from parks.models import ParkPage
from tests.branches.proposing import drafted, suggested
from tests.factories.pages import make_park
from tests.factories.people import make_person


def test_every_state_is_open_or_a_draft_or_closed() -> None:
    assert OPEN | {ProposalState.DRAFT} | CLOSED == set(ProposalState)
    assert not OPEN & CLOSED


def test_nothing_leads_out_of_what_is_settled_but_a_revert() -> None:
    ways = {
        (state, following)
        for state in CLOSED
        for following in ProposalState
        if may_follow(state, following)
    }

    assert ways == {(ProposalState.MERGED, ProposalState.REVERTED)}


@pytest.mark.parametrize("state", sorted(UNSETTLED - {ProposalState.MERGING}))
def test_every_unsettled_proposal_can_be_taken_back(state: ProposalState) -> None:
    assert may_follow(state, ProposalState.WITHDRAWN)


@pytest.mark.parametrize(
    ("kind", "state", "told"),
    [
        ("branch", "draft", "now: the branch is a draft."),
        ("release", "in_review", "now: the release is in review."),
        ("branch", "scheduled", "any more: the branch is scheduled."),
        ("suggestion", "rejected", "any more: the suggestion is rejected."),
    ],
)
def test_a_refusal_names_what_it_is_about_and_whether_it_is_too_late(
    kind: str, state: str, told: str
) -> None:
    refused = NotOpenAnyMore(Proposal(kind=kind, state=state))

    assert str(refused) == f"This is not possible {told}"


def test_a_step_that_does_not_exist_is_an_error(member: Any) -> None:
    proposal = Proposal(author=member, title="A park")

    with pytest.raises(UnknownStep):
        proposal.step_to(ProposalState.MERGED)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "merged"},
        {"state": "elsewhere"},
    ],
)
def test_a_proposal_that_contradicts_itself_is_not_stored(
    member: Any, wrong: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(author=member, title="A park", **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"operation": "create"},
        {"base": None},
        {"operation": "move"},
    ],
)
def test_an_item_that_contradicts_itself_is_not_stored(
    member: Any, park: ParkPage, wrong: dict[str, Any]
) -> None:
    item = drafted(park, by=member, city="Sandusky").items.get()
    for name, value in wrong.items():
        setattr(item, name, value)

    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_one_proposal_says_one_thing_of_one_object(member: Any, park: ParkPage) -> None:
    item = drafted(park, by=member, city="Sandusky").items.get()
    item.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_a_page_may_be_in_any_number_of_proposals(member: Any, park: ParkPage) -> None:
    for number in range(3):
        suggested(park, by=member, city=f"City {number}")

    assert Proposal.objects.open().about(park.uuid).count() == 3
    assert ProposalItem.objects.filter(object_uuid=park.uuid).count() == 3


def test_the_base_of_an_open_proposal_stays_out_of_the_archive(
    member: Any, park: ParkPage
) -> None:
    def kept() -> int:
        return explain(older_than=-1).get("base of an open proposal", 0)

    proposal = suggested(park, by=member, city="Sandusky")
    bases = policy._protections["base of an open proposal"]

    assert list(bases()) == [PageVersion.objects.get(object_uuid=park.uuid)]
    withdraw(proposal, by=member)
    assert not bases().exists()
    assert kept() == 0


def test_the_same_merge_asked_for_twice_is_done_once(
    member: Any, moderator: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    plan = plan_merge(proposal)

    first = merge_proposal(plan, by=moderator)
    second = merge_proposal(plan, by=moderator)

    assert first == second
    assert PageVersion.objects.filter(object_uuid=park.uuid).count() == 2


def test_a_plan_asks_no_more_when_others_wait_beside_it(
    member: Any, park: ParkPage, django_assert_max_num_queries: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    with django_assert_max_num_queries(30) as asked:
        plan_merge(proposal)
    for number in range(5):
        suggested(make_park(f"Park {number}"), by=make_person("Member"), city="X")

    with django_assert_max_num_queries(len(asked)):
        plan_merge(proposal)

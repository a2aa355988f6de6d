"""Where a suggestion and the page disagree, somebody says what shall hold."""

import re
from typing import Any

from django.test import Client

import pytest

from branches.actions import look_again
from branches.models import Proposal
from branches.states import ProposalState
from history.outbox import work_off
from parks.models import ParkPage
from tests.branches.filling import text_of
from tests.branches.proposing import suggested
from tests.history.published import cities_of, live
from tests.history.suppression.hiding import publish


@pytest.fixture
def disputed(park: ParkPage, member: Any) -> Proposal:
    """A suggestion of one city and a website, after another city went live."""
    proposal = suggested(
        park, by=member, city="Sandusky", website="https://cedarpoint.example"
    )
    publish(park, city="Vermilion", reason="As on the map")
    return look_again(proposal)


def at(proposal: Proposal) -> str:
    return f"{proposal.get_absolute_url()}settle/"


def answered(client: Client, proposal: Proposal, side: str) -> dict[str, str]:
    """What a browser sends that chooses one side for everything."""
    html = client.get(at(proposal)).content.decode()
    names = set(re.findall(r'name="(c\d+-\w+)"', html))
    seen = re.search(r'name="seen" value="(\w+)"', html)
    assert names
    assert seen
    return {"seen": seen[1], **dict.fromkeys(names, side)}


def test_a_publish_of_the_same_fact_puts_a_suggestion_in_conflict(
    park: ParkPage, member: Any
) -> None:
    same = suggested(park, by=member, city="Sandusky")
    other = suggested(park, by=member, website="https://cedarpoint.example")

    publish(park, city="Vermilion")
    work_off()

    assert live(same).state == ProposalState.CONFLICTED
    assert live(other).state == ProposalState.IN_REVIEW


def test_a_conflict_that_is_over_puts_it_back_in_review(
    disputed: Proposal, park: ParkPage
) -> None:
    assert disputed.state == ProposalState.CONFLICTED

    publish(park, city="Huron")

    assert look_again(disputed).state == ProposalState.IN_REVIEW


def test_author_and_moderator_see_all_three_texts(
    as_member: Client, as_moderator: Client, disputed: Proposal
) -> None:
    for client in (as_member, as_moderator):
        shown = text_of(client.get(at(disputed)))
        for city in ("Huron", "Vermilion", "Sandusky"):
            assert city in shown
        assert "https://cedarpoint.example" in shown


@pytest.mark.parametrize(
    ("side", "city"),
    [("ours", "Vermilion"), ("theirs", "Sandusky"), ("base", "Huron")],
)
def test_what_was_chosen_is_reviewed_again_and_then_published(
    as_member: Client,
    as_moderator: Client,
    disputed: Proposal,
    park: ParkPage,
    side: str,
    city: str,
) -> None:
    response = as_member.post(at(disputed), answered(as_member, disputed, side))

    assert response.status_code == 302
    settled = live(disputed)
    assert settled.state == ProposalState.IN_REVIEW
    assert settled.content_hash != disputed.content_hash
    assert settled.items.get().base.seq == 2
    as_moderator.post(
        f"{settled.get_absolute_url()}decide/",
        {"content_hash": settled.content_hash, "decision": "approve"},
    )
    assert cities_of(park)[-1] == city
    assert live(park).website == "https://cedarpoint.example"


def test_a_moderator_who_settles_a_conflict_leaves_the_decision_to_another_one(
    as_moderator: Client, disputed: Proposal, park: ParkPage
) -> None:
    as_moderator.post(at(disputed), answered(as_moderator, disputed, "theirs"))
    settled = live(disputed)

    response = as_moderator.post(
        f"{settled.get_absolute_url()}decide/",
        {"content_hash": settled.content_hash, "decision": "approve"},
    )

    assert response.status_code == 403
    assert cities_of(park)[-1] == "Vermilion"


def test_an_answer_to_what_was_shown_before_another_publish_is_refused(
    as_member: Client, disputed: Proposal, park: ParkPage
) -> None:
    answers = answered(as_member, disputed, "theirs")
    publish(park, city="Toledo")

    response = as_member.post(at(disputed), answers)

    assert response.status_code == 409
    assert "Toledo" in text_of(response)
    assert live(disputed).content_hash == disputed.content_hash


def test_an_answer_that_leaves_something_open_is_shown_again(
    as_member: Client, disputed: Proposal
) -> None:
    answers = answered(as_member, disputed, "theirs")

    response = as_member.post(at(disputed), {"seen": answers["seen"]})
    other = as_member.post(at(disputed), {**answers, **dict.fromkeys(answers, "x")})

    assert response.status_code == 422
    assert "Say what shall hold." in text_of(response)
    assert other.status_code == 409


def test_others_settle_nothing(
    client: Client, disputed: Proposal, as_moderator: Client
) -> None:
    assert client.get(at(disputed)).status_code == 302
    as_moderator.post(
        f"{disputed.get_absolute_url()}decide/",
        {"decision": "reject", "comment": "Neither is right"},
    )
    assert as_moderator.get(at(disputed)).status_code == 409

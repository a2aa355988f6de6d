"""A moderator puts a suggestion right before it is decided; nobody loses credit."""

from typing import Any

from django.test import Client

import pytest

from branches.amendments import say_the_same
from branches.models import NoteKind, Proposal
from branches.states import ProposalState
from history.diff.schema import schema_of
from history.models import ChangeSet
from parks.models import ParkPage, RidePage
from tests.branches.filling import form_at, text_of
from tests.branches.proposing import suggested
from tests.factories.people import make_person
from tests.history.published import live, live_city


@pytest.fixture
def proposal(park: ParkPage, member: Any) -> Proposal:
    return suggested(park, by=member, city="Sanduski", address="1 Road")


def amend_at(proposal: Proposal) -> str:
    return f"{proposal.get_absolute_url()}amend/"


def amended(client: Client, proposal: Proposal, **changes: Any) -> Any:
    at = amend_at(proposal)
    return client.post(at, {**form_at(client, at, **changes), "submit": "1"})


def decided(client: Client, proposal: Proposal, verb: str = "approve") -> Any:
    return client.post(
        f"{proposal.get_absolute_url()}decide/",
        {"content_hash": live(proposal).content_hash, "decision": verb},
    )


def test_edge_case_7_whoever_amends_a_fact_is_co_author_and_another_one_decides(
    as_member: Client,
    as_moderator: Client,
    client: Client,
    proposal: Proposal,
    park: ParkPage,
    member: Any,
    moderator: Any,
    mailoutbox: list[Any],
) -> None:
    mailoutbox.clear()
    response = amended(as_moderator, proposal, city="Sandusky")

    now = live(proposal)
    assert response.status_code == 302
    assert now.content_hash != proposal.content_hash
    assert now.state == ProposalState.IN_REVIEW
    assert now.notes.filter(kind=NoteKind.AMENDED, author=moderator).exists()
    assert decided(as_moderator, proposal).status_code == 403
    assert live_city(park) == "Huron"
    shown = text_of(as_member.get(now.get_absolute_url()))
    assert "Together with Mo" in shown
    assert "What a moderator amended" in shown
    other = Client()
    other.force_login(make_person("Moderator", display_name="Ada"))
    assert decided(other, proposal).status_code == 302
    change = ChangeSet.objects.latest("number")
    assert live_city(park) == "Sandusky"
    assert change.author == member
    assert str(change.publisher) == "Ada"
    assert "Written together with Mo" in text_of(client.get(f"/changes/{change.pk}/"))


def test_another_unit_leaves_the_decision_with_whoever_wrote_it(
    as_moderator: Client, ride: RidePage, member: Any, mailoutbox: list[Any]
) -> None:
    proposal = suggested(ride, by=member, track_height="95 m")

    amended(as_moderator, proposal, tracks__0__height="9500 cm")
    response = decided(as_moderator, proposal)

    assert response.status_code == 302
    assert live(proposal).state == ProposalState.MERGED
    assert not live(proposal).coauthors.exists()
    assert str(live(ride).tracks.get().height) == "9500 cm"
    change = ChangeSet.objects.latest("number")
    assert change.author == member


def test_the_author_is_told_of_an_amendment(
    as_moderator: Client,
    proposal: Proposal,
    member: Any,
    django_capture_on_commit_callbacks: Any,
    mailoutbox: list[Any],
) -> None:
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        amended(as_moderator, proposal, city="Sandusky")

    told = [mail for mail in mailoutbox if mail.to == [member.email]]
    assert [mail.subject for mail in told] == [
        "Your suggestion was amended: Cedar Point"
    ]


def test_an_amendment_of_what_its_author_revised_meanwhile_is_refused(
    as_member: Client, as_moderator: Client, proposal: Proposal
) -> None:
    at = amend_at(proposal)
    data = form_at(as_moderator, at, city="Sandusky")
    edit = f"{proposal.get_absolute_url()}edit/"
    as_member.post(edit, {**form_at(as_member, edit, city="Toledo"), "submit": "1"})

    response = as_moderator.post(at, {**data, "submit": "1"})

    assert response.status_code == 409
    assert 'value="Sandusky"' in response.content.decode()
    assert live(proposal).items.get().content["city"] == "Toledo"


def test_an_approval_of_the_text_before_the_amendment_is_refused(
    as_moderator: Client, proposal: Proposal, park: ParkPage
) -> None:
    other = Client()
    other.force_login(make_person("Moderator"))
    amended(as_moderator, proposal, city="Sandusky")

    response = other.post(
        f"{proposal.get_absolute_url()}decide/",
        {"content_hash": proposal.content_hash, "decision": "approve"},
    )

    assert response.status_code == 409
    assert live_city(park) == "Huron"


def test_nothing_amended_and_bad_facts_are_refused_with_the_reason(
    as_moderator: Client, proposal: Proposal
) -> None:
    nothing = amended(as_moderator, proposal)
    bad = amended(as_moderator, proposal, latitude="91", longitude="2")

    assert nothing.status_code == bad.status_code == 422
    assert live(proposal).content_hash == proposal.content_hash


def test_only_moderators_amend_and_only_the_suggestions_of_others(
    as_member: Client, client: Client, proposal: Proposal, as_moderator: Client
) -> None:
    assert as_member.get(amend_at(proposal)).status_code == 404
    assert client.get(amend_at(proposal)).status_code == 302
    decided(as_moderator, proposal)
    assert as_moderator.get(amend_at(proposal)).status_code == 409


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"city": "Sandusky "}, {"city": "Sandusky"}, True),
        ({"city": "St. Louis"}, {"city": "St Louis"}, True),
        ({"city": "Huron"}, {"city": "huron"}, False),
        ({"city": "Zone 12"}, {"city": "Zone 1,2"}, False),
        ({"city": "Zone 12"}, {"city": "Zone 1 2"}, False),
        ({"city": "Zone 5"}, {"city": "Zone -5"}, False),
        ({"city": "1902"}, {"city": "1902?"}, False),
        (
            {"website": "https://a.example/b"},
            {"website": "https://a.example/.b"},
            False,
        ),
        ({"latitude": "41.1"}, {"latitude": "41.2"}, False),
        ({"city": "Huron"}, {}, False),
    ],
)
def test_what_is_another_way_to_write_and_what_is_another_fact(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    assert say_the_same(schema_of(ParkPage), one, other) is same
    assert say_the_same(schema_of(ParkPage), other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("310 ft", "310.0 ft", True),
        ("310 ft", "94.488 m", True),
        ("310 ft", "94.5 m", False),
        ("", "310 ft", False),
    ],
)
def test_a_measure_is_the_same_in_every_unit(one: str, other: str, same: bool) -> None:
    rows = [{"tracks": [{"uuid": "a", "height": text}]} for text in (one, other)]

    assert say_the_same(schema_of(RidePage), *rows) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<p>At the lake.</p>", "<p>At  the <b>lake</b></p>", True),
        (
            "<p>At the lake.</p>",
            '<p>At <a href="https://a.example">the</a> lake</p>',
            False,
        ),
        ("<p>At the lake.</p>", "<p>At the like.</p>", False),
    ],
)
def test_links_are_facts_and_emphasis_is_none(one: str, other: str, same: bool) -> None:
    stories = [
        {"body": [{"type": "paragraph", "value": text, "id": "a"}]}
        for text in (one, other)
    ]

    assert say_the_same(schema_of(ParkPage), *stories) is same

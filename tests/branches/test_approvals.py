"""What changes much is published when two people have approved it."""

from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

import pytest

from branches import approvals
from branches.actions import put_on
from branches.approvals import Needed
from branches.merging.approving import merge_approved
from branches.merging.plans import plan_merge
from branches.models import NoteKind, Proposal
from branches.refusals import ApprovedAlready, MoreApprovals
from branches.states import ProposalState
from core.refusals import Refused
from moderation.refusals import OwnText
from moderation.suggestions.deciding import approve_suggestion, ask_for_changes
from parks.models import ParkPage, RidePage
from tests.branches.filling import text_of
from tests.branches.proposing import branch_with, handed_in, piece, suggested
from tests.factories.pages import make_ride
from tests.factories.people import make_person
from tests.history.published import live

pytestmark = pytest.mark.usefixtures("home", "two_approve")


@pytest.fixture
def two_approve(settings: Any) -> None:
    settings.SECOND_APPROVALS = True


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


@pytest.fixture
def second(home: Any) -> Any:
    return make_person("Moderator", display_name="Molly")


def approve(proposal: Proposal, by: Any) -> Proposal:
    text = live(proposal).content_hash
    return approve_suggestion(proposal, by=by, content_hash=text)


def renaming(ride: RidePage, editor: Any) -> Proposal:
    return handed_in(
        branch_with(piece(ride, "rename", slug="new"), by=editor), by=editor
    )


def test_the_first_approval_is_noted_and_the_second_publishes(
    ride: RidePage, editor: Any, moderator: Any, second: Any
) -> None:
    branch = renaming(ride, editor)
    mail.outbox.clear()

    first = approve(branch, moderator)

    assert first.state == ProposalState.IN_REVIEW
    assert live(ride).slug != "new"
    note = first.notes.latest("pk")
    assert (note.kind, note.author) == (NoteKind.APPROVED, moderator)
    (told,) = mail.outbox
    assert told.to == [second.email]
    assert "approve it as well" in told.body
    with pytest.raises(ApprovedAlready):
        approve(branch, moderator)

    merged = approve(branch, second)

    assert merged.state == ProposalState.MERGED
    assert live(ride).slug == "new"
    assert merged.changeset is not None
    assert merged.changeset.publisher == second


@pytest.mark.parametrize(
    ("operation", "facts", "number"),
    [
        ("edit", {"seo_title": "New"}, 1),
        ("edit", {"status_periods": []}, 2),
        ("edit", {"slug": "new"}, 2),
        ("unpublish", {}, 2),
        ("delete", {}, 2),
    ],
)
def test_what_others_rely_on_needs_two_and_what_is_said_of_a_page_one(
    ride: RidePage, editor: Any, operation: str, facts: dict[str, Any], number: int
) -> None:
    branch = branch_with(piece(ride, operation, **facts), by=editor)

    assert approvals.needed_for(branch, plan_merge(branch).items) == Needed(number)


def test_many_pages_need_two(
    park: ParkPage, ride: RidePage, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approvals, "MANY", 1)
    branch = branch_with(
        piece(park, city="Rust"), piece(ride, seo_title="New"), by=editor
    )

    assert approvals.needed_for(branch, ()) == Needed(2)


def test_what_stands_below_a_page_is_not_deleted_with_it_without_an_administrator(
    park: ParkPage, ride: RidePage, editor: Any, moderator: Any, second: Any
) -> None:
    branch = handed_in(
        branch_with(piece(park, "delete"), piece(ride, "delete"), by=editor), by=editor
    )

    approve(branch, moderator)
    assert approve(branch, second).state == ProposalState.IN_REVIEW
    merged = approve(branch, make_person("admin"))

    assert merged.state == ProposalState.MERGED
    assert not ParkPage.objects.filter(pk=park.pk).exists()


def test_an_approval_of_another_text_counts_no_more(
    ride: RidePage, park: ParkPage, editor: Any, moderator: Any, second: Any
) -> None:
    branch = renaming(ride, editor)
    approve(branch, moderator)

    branch = put_on(live(branch), piece(park, city="Rust"), by=editor)
    branch = handed_in(branch, by=editor)

    assert approve(branch, second).state == ProposalState.IN_REVIEW
    assert approve(branch, moderator).state == ProposalState.MERGED


def test_an_approval_of_before_changes_were_asked_for_counts_no_more(
    ride: RidePage, editor: Any, moderator: Any, second: Any
) -> None:
    branch = renaming(ride, editor)
    approve(branch, moderator)
    ask_for_changes(branch, by=second, comment="Why?")

    branch = handed_in(live(branch), by=editor)

    assert approve(branch, second).state == ProposalState.IN_REVIEW


def test_whoever_approves_first_hears_at_once_what_stands_in_the_way(
    ride: RidePage, editor: Any, moderator: Any
) -> None:
    branch = renaming(ride, editor)
    RidePage.objects.filter(pk=ride.pk).update(locked=True)

    with pytest.raises(Refused, match="is locked"):
        approve(branch, moderator)

    assert not branch.approvals.exists()


def test_whoever_wrote_it_is_none_of_the_two(
    ride: RidePage, editor: Any, moderator: Any
) -> None:
    branch = renaming(ride, moderator)

    with pytest.raises(OwnText):
        approve(branch, moderator)


def test_no_other_way_publishes_what_one_person_has_approved(
    ride: RidePage, editor: Any, moderator: Any
) -> None:
    branch = renaming(ride, editor)

    with pytest.raises(MoreApprovals):
        merge_approved(branch, branch.latest_revision, moderator)


def test_a_member_may_say_that_a_ride_has_closed_and_two_moderators_take_it(
    ride: RidePage, member: Any, moderator: Any, second: Any
) -> None:
    periods = piece(ride).content["status_periods"]
    closed = [{**row, "status": "closed", "began": "2020"} for row in periods]
    proposal = suggested(ride, by=member, status_periods=closed)

    assert approve(proposal, moderator).state == ProposalState.IN_REVIEW
    assert approve(proposal, second).state == ProposalState.MERGED


def test_the_page_says_how_many_have_approved_it_and_who(
    ride: RidePage, editor: Any, moderator: Any, second: Any, as_moderator: Client
) -> None:
    branch = renaming(ride, editor)
    address = branch.get_absolute_url()
    other = Client()
    other.force_login(second)

    before = text_of(as_moderator.get(address))
    sent = as_moderator.post(
        reverse("moderation:decide", args=[branch.pk]),
        {"decision": "approve", "content_hash": branch.content_hash},
    )
    after = text_of(as_moderator.get(sent["Location"]))
    for_the_other = text_of(other.get(address))

    assert "0 of 2 approvals" in before
    assert "Approve and publish" not in before
    assert "Your approval is noted" in after
    assert "1 of 2 approvals: Mo" in after
    assert "You have approved it" in after
    assert "Approve and publish" in for_the_other


def test_a_wiki_with_one_moderator_can_do_without(
    settings: Any, ride: RidePage, editor: Any, moderator: Any
) -> None:
    settings.SECOND_APPROVALS = False

    assert approve(renaming(ride, editor), moderator).state == ProposalState.MERGED


def test_other_rides_of_the_park_are_no_reason_for_an_administrator(
    ride: RidePage, park: ParkPage, editor: Any
) -> None:
    make_ride(park, title="Another")
    branch = branch_with(piece(ride, "delete"), by=editor)

    assert approvals.needed_for(branch, ()) == Needed(2)

"""Suggestions are approved, sent back or rejected by somebody else."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage

import pytest

from branches.actions import keep, withdraw
from branches.models import Proposal
from branches.refusals import MergeConflicts, NotOpenAnyMore, RevisedMeanwhile
from branches.states import ProposalState
from history.models import ChangeKind, PageVersion
from history.verifying import verify
from moderation.refusals import (
    AlreadyDecided,
    DecisionRefused,
    OwnText,
    ReasonMissing,
    TextChanged,
    TextNotNamed,
)
from moderation.suggestions.deciding import (
    approve_suggestion,
    ask_for_changes,
    reject_suggestion,
)
from parks.models import ParkPage
from tests.branches.proposing import (
    branch_with,
    handed_in,
    piece,
    suggested,
    wanted,
)
from tests.factories.people import make_person
from tests.history.published import cities_of, live_city
from tests.history.suppression.hiding import publish

pytestmark = pytest.mark.usefixtures("home")


def approve(proposal: Proposal, by: Any) -> Proposal:
    return approve_suggestion(proposal, by=by, content_hash=proposal.content_hash)


def test_an_approved_suggestion_is_live_with_both_credited(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    merged = approve(proposal, moderator)

    assert merged.state == ProposalState.MERGED
    assert merged.live
    assert live_city(park) == "Sandusky"
    change = PageVersion.objects.get(object_uuid=park.uuid, seq=2).changeset
    assert change == merged.changeset
    assert (change.author, change.publisher) == (member, moderator)
    assert (change.kind, change.reason) == (ChangeKind.MERGE, "Read it on a sign")
    assert change.source == "https://example.org/sign"
    assert list(verify()) == []


def test_the_page_itself_knows_nothing_of_a_suggestion_that_waits(
    park: ParkPage, member: Any
) -> None:
    suggested(park, by=member, city="Sandusky")

    park.refresh_from_db()
    assert not park.has_unpublished_changes
    assert park.revisions.count() == 1
    assert not park.workflow_in_progress


def test_two_suggestions_about_different_facts_both_come_in_whatever_the_order(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    city = suggested(park, by=member, city="Sandusky")
    site = suggested(park, by=member, website="https://cedarpoint.example")

    approve(site, moderator)
    approve(city, moderator)

    park.refresh_from_db()
    assert (park.city, park.website) == ("Sandusky", "https://cedarpoint.example")
    assert PageVersion.objects.filter(object_uuid=park.uuid).count() == 3


def test_the_second_of_two_suggestions_about_one_fact_is_in_conflict(
    park: ParkPage, member: Any, moderator: Any, mailoutbox: list[EmailMessage]
) -> None:
    first = suggested(park, by=member, city="Sandusky")
    second = suggested(park, by=make_person("Member"), city="Vermilion")
    approve(first, moderator)

    with pytest.raises(MergeConflicts):
        approve(second, moderator)

    second.refresh_from_db()
    assert second.state == ProposalState.CONFLICTED
    assert second.items.get().content["city"] == "Vermilion"
    assert cities_of(park) == ["Huron", "Sandusky"]
    told = [(mail.to, mail.subject) for mail in mailoutbox]
    subject = f"Your suggestion is in conflict: {park.title}"
    assert ([second.author.email], subject) in told


def test_what_was_published_meanwhile_stays(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    publish(park, address="1 Cedar Point Drive")

    approve(proposal, moderator)

    park.refresh_from_db()
    assert (park.city, park.address) == ("Sandusky", "1 Cedar Point Drive")


def test_the_draft_of_an_editor_goes_on_from_what_was_merged(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    draft = park.get_latest_revision_as_object()
    draft.address = "An editor is not done yet"
    draft.save_revision(user=make_person("Editor"))

    approve(proposal, moderator)

    park.refresh_from_db()
    latest = park.get_latest_revision_as_object()
    assert (park.city, park.address) == ("Sandusky", "")
    assert (latest.city, latest.address) == ("Sandusky", "An editor is not done yet")


def test_nobody_decides_about_their_own_suggestion(park: ParkPage) -> None:
    both = make_person("Moderator")
    proposal = suggested(park, by=both, city="Sandusky")

    for decide in (
        lambda: approve(proposal, both),
        lambda: ask_for_changes(proposal, by=both, comment="No"),
        lambda: reject_suggestion(proposal, by=both, reason="No"),
    ):
        with pytest.raises(OwnText):
            decide()

    assert cities_of(park) == ["Huron"]


def test_members_decide_nothing(park: ParkPage, member: Any) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    with pytest.raises(PermissionDenied):
        approve(proposal, make_person("Member"))


def test_an_approval_of_another_text_is_refused(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    with pytest.raises(TextChanged):
        approve_suggestion(proposal, by=moderator, content_hash="0" * 64)
    with pytest.raises(TextNotNamed):
        approve_suggestion(proposal, by=moderator, content_hash="")

    assert cities_of(park) == ["Huron"]
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW


def test_a_second_decision_is_refused_and_changes_nothing(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    approve(proposal, moderator)

    with pytest.raises(AlreadyDecided):
        reject_suggestion(proposal, by=make_person("Moderator"), reason="Too late")

    assert cities_of(park) == ["Huron", "Sandusky"]


def test_changes_are_asked_for_with_a_word_to_the_author(
    park: ParkPage, member: Any, moderator: Any, mailoutbox: list[EmailMessage]
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    with pytest.raises(ReasonMissing):
        ask_for_changes(proposal, by=moderator, comment=" ")
    asked = ask_for_changes(proposal, by=moderator, comment="Which sign?")

    assert asked.state == ProposalState.CHANGES_REQUESTED
    mail = mailoutbox[-1]
    assert mail.to == [member.email]
    assert "Which sign?" in mail.body


def test_a_rejected_suggestion_is_closed_and_its_author_told_why(
    park: ParkPage, member: Any, moderator: Any, mailoutbox: list[EmailMessage]
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    rejected = reject_suggestion(proposal, by=moderator, reason="That is the county")

    assert rejected.state == ProposalState.REJECTED
    assert rejected.closed_at is not None
    assert not rejected.workflow_in_progress
    assert "That is the county" in mailoutbox[-1].body
    with pytest.raises(DecisionRefused):
        approve(rejected, moderator)


def test_a_withdrawn_suggestion_cannot_be_approved(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    withdraw(proposal, by=member)

    with pytest.raises((DecisionRefused, NotOpenAnyMore)):
        approve(proposal, moderator)

    assert cities_of(park) == ["Huron"]


def test_reviewers_are_told_of_a_new_suggestion_and_its_author_is_not(
    park: ParkPage, member: Any, moderator: Any, mailoutbox: list[EmailMessage]
) -> None:
    suggested(park, by=member, city="Sandusky")

    (mail,) = mailoutbox
    assert mail.to == [moderator.email]
    assert mail.subject == f"A suggestion waits: {park.title}"


def test_a_text_its_author_is_still_writing_on_is_not_published(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    keep(
        wanted(park, city="Nobody has read this"),
        by=member,
        proposal=proposal,
        seen=proposal.content_hash,
    )

    for text in (proposal.content_hash, Proposal.objects.get().content_hash):
        with pytest.raises((RevisedMeanwhile, TextChanged)):
            approve_suggestion(proposal, by=moderator, content_hash=text)

    assert cities_of(park) == ["Huron"]


def test_whoever_hands_in_a_branch_of_another_one_does_not_decide(
    park: ParkPage, moderator: Any
) -> None:
    branch = branch_with(piece(park, city="Sandusky"), by=make_person("Editor"))
    branch = handed_in(branch, by=moderator)

    with pytest.raises(OwnText):
        approve(branch, moderator)

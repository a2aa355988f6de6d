"""Suggestions nobody goes on with are closed, after a word to their author."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

import pytest

from branches import rights
from branches.actions import comment, copy_to_draft
from branches.expiring import close_idle
from branches.models import NoteKind, Proposal, ProposalNote
from branches.refusals import NotCopied
from branches.rights import most_open
from branches.states import ProposalState
from parks.models import ParkPage
from tests.branches.filling import text_of
from tests.branches.proposing import suggested
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.suppression.hiding import publish, version


@pytest.fixture
def proposal(park: ParkPage, member: Any) -> Proposal:
    return suggested(park, by=member, city="Sandusky")


def let_pass(days: int) -> None:
    """Make all that was said and done so much older."""
    by = timedelta(days=days)
    for one in Proposal.objects.all():
        Proposal.objects.filter(pk=one.pk).update(changed_at=one.changed_at - by)
    for note in ProposalNote.objects.all():
        note.made_at -= by
        note.save()


def kinds(proposal: Proposal) -> list[str]:
    kinds = {NoteKind.EXPIRING, NoteKind.EXPIRED}
    notes = proposal.notes.filter(kind__in=kinds).order_by("pk")
    return list(notes.values_list("kind", flat=True))


def test_an_idle_suggestion_is_warned_of_once_and_closed_a_week_later(
    proposal: Proposal,
) -> None:
    let_pass(52)
    close_idle()
    assert kinds(proposal) == []

    let_pass(2)
    close_idle()
    close_idle()
    assert kinds(proposal) == ["expiring"]
    assert live(proposal).state == ProposalState.IN_REVIEW

    let_pass(8)
    close_idle()
    close_idle()

    assert kinds(proposal) == ["expiring", "expired"]
    now = live(proposal)
    assert now.state == ProposalState.EXPIRED
    assert now.closed_at is not None
    assert now.current_workflow_state is None


def test_a_word_in_the_thread_begins_the_time_anew(
    proposal: Proposal, member: Any
) -> None:
    let_pass(54)
    close_idle()
    comment(proposal, by=member, text="Still true")

    let_pass(20)
    close_idle()

    assert live(proposal).state == ProposalState.IN_REVIEW
    let_pass(34)
    close_idle()
    assert kinds(proposal) == ["expiring", "expiring"]


def test_where_no_clock_ran_the_week_is_given_all_the_same(proposal: Proposal) -> None:
    let_pass(400)

    close_idle()
    close_idle()

    assert live(proposal).state == ProposalState.IN_REVIEW
    assert kinds(proposal) == ["expiring"]


def test_the_author_is_written_to_twice_and_nobody_else(
    proposal: Proposal,
    member: Any,
    moderator: Any,
    django_capture_on_commit_callbacks: Any,
    mailoutbox: list[Any],
) -> None:
    mailoutbox.clear()
    for days in (54, 8):
        let_pass(days)
        with django_capture_on_commit_callbacks(execute=True):
            close_idle()

    assert [mail.to for mail in mailoutbox] == [[member.email]] * 2
    assert "closed in a week" in mailoutbox[0].subject
    assert "is closed" in mailoutbox[1].subject


def test_what_was_closed_can_be_copied_to_a_new_draft(
    as_member: Client, proposal: Proposal, park: ParkPage, member: Any
) -> None:
    with pytest.raises(NotCopied):
        copy_to_draft(proposal, by=member)
    Proposal.objects.update(state=ProposalState.EXPIRED)
    address = proposal.get_absolute_url()

    assert "Copy it to a new draft" in text_of(as_member.get(address))
    response = as_member.post(f"{address}copy/")

    draft = Proposal.objects.latest("pk")
    assert response["Location"] == draft.get_absolute_url()
    assert draft.state == ProposalState.DRAFT
    assert draft.items.get().content == proposal.items.get().content
    assert draft.content_hash == proposal.content_hash


def test_nobody_copies_what_is_not_theirs(
    as_moderator: Client, proposal: Proposal
) -> None:
    Proposal.objects.update(state=ProposalState.EXPIRED)

    response = as_moderator.post(f"{proposal.get_absolute_url()}copy/")

    assert response.status_code == 403
    assert Proposal.objects.count() == 1


def decided(park: ParkPage, member: Any, *, accepted: int, rejected: int) -> None:
    """Suggestions of a member that were decided, as bare rows."""
    changes = []
    for number in range(accepted):
        publish(park, address=f"Street {number}")
        changes.append(version(park, number + 2).changeset)
    states = [ProposalState.MERGED] * accepted + [ProposalState.REJECTED] * rejected
    Proposal.objects.bulk_create(
        Proposal(
            author=member,
            title=f"Number {number}",
            state=state,
            closed_at=timezone.now(),
            changeset=changes[number] if number < accepted else None,
        )
        for number, state in enumerate(states)
    )


@pytest.mark.parametrize(
    ("accepted", "rejected", "days", "limit"),
    [
        (3, 1, 31, 50),
        (3, 1, 29, 5),
        (2, 0, 31, 5),
        (3, 2, 31, 5),
    ],
)
def test_who_was_right_for_some_time_may_have_more_waiting(
    park: ParkPage,
    member: Any,
    accepted: int,
    rejected: int,
    days: int,
    limit: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # With smaller numbers than the real ones, so that there is less to publish.
    monkeypatch.setattr(rights, "ACCEPTED", 3)
    monkeypatch.setattr(rights, "SHARE", 0.75)
    member.date_joined = timezone.now() - timedelta(days=days)
    member.save()

    decided(park, member, accepted=accepted, rejected=rejected)

    assert most_open(member) == limit


def test_who_works_at_the_editing_desk_has_no_limit(park: ParkPage) -> None:
    assert most_open(make_person("Editor")) is None

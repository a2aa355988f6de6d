"""One form makes one suggestion, however often and however fast it is sent."""

from functools import partial
from typing import Any

from django.test import Client

import pytest

from branches.actions import keep, withdraw
from branches.models import Proposal
from branches.refusals import SentBefore
from parks.models import ParkPage, RidePage
from tests.branches.filling import WORDS, form_at, text_of
from tests.branches.proposing import wanted
from tests.branches.test_adding import NEW_RIDE
from tests.racing import at_once, rounds

ROUNDS = rounds(4)


def test_an_edit_that_is_sent_twice_leads_to_the_first_suggestion(
    as_member: Client, ride: RidePage
) -> None:
    address = f"{ride.url}suggest/"
    data = form_at(as_member, address, story__new="It roars.", **WORDS)

    first, second = (as_member.post(address, {**data, "submit": "1"}) for _ in range(2))

    proposal = Proposal.objects.get()
    for answer in (first, second):
        assert answer.status_code == 302
        assert answer.headers["Location"] == proposal.get_absolute_url()
    assert "This form was sent before" in text_of(
        as_member.get(proposal.get_absolute_url())
    )


def test_a_new_ride_that_is_sent_twice_is_suggested_once(
    as_member: Client, park: ParkPage
) -> None:
    address = f"{park.url}suggest/new/"
    data = form_at(as_member, address, **NEW_RIDE, **WORDS)

    answers = [as_member.post(address, {**data, "submit": "1"}) for _ in range(2)]

    (address_of_it,) = {answer.headers["Location"] for answer in answers}
    assert Proposal.objects.get().get_absolute_url() == address_of_it


@pytest.mark.parametrize("below", ["suggest/", "suggest/new/"])
def test_who_goes_back_to_a_form_that_was_kept_writes_more_into_the_draft(
    as_member: Client, park: ParkPage, below: str
) -> None:
    address, new = f"{park.url}{below}", NEW_RIDE if "new" in below else {}
    data = form_at(as_member, address, story__new="It roars.", **new, **WORDS)
    as_member.post(address, {**data, "draft": "1"})

    answer = as_member.post(address, {**data, "change_reason": "More", "submit": "1"})

    proposal = Proposal.objects.get()
    assert answer.headers["Location"] == proposal.get_absolute_url()
    assert (proposal.reason, proposal.submitted_at is None) == ("More", False)


def test_a_form_keeps_its_key_while_it_is_looked_at_and_corrected(
    as_member: Client, ride: RidePage
) -> None:
    address = f"{ride.url}suggest/"
    data = form_at(as_member, address, tracks__0__height="1410 ft")

    wrong = as_member.post(address, {**data, "submit": "1"})
    shown = as_member.post(
        address, {**data, "tracks-0-height": "300 ft", "preview": "1"}
    )

    assert len(data["form_key"]) == 32
    assert data["form_key"] != form_at(as_member, address)["form_key"]
    for answer in (wrong, shown):
        assert f'value="{data["form_key"]}"' in answer.content.decode()


def test_a_form_without_a_key_is_taken_as_before(
    as_member: Client, ride: RidePage
) -> None:
    address = f"{ride.url}suggest/"
    data = form_at(as_member, address, story__new="It roars.", **WORDS)
    data.pop("form_key")

    for _ in range(2):
        as_member.post(address, {**data, "submit": "1"})

    assert Proposal.objects.count() == 2


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_one_form_that_is_sent_twice_at_once_one_suggestion_comes(
    park: ParkPage, member: Any
) -> None:
    for number in range(ROUNDS):
        wish = wanted(park, city=f"City {number}")
        deed = partial(keep, wish, by=member, form_key=f"form {number}")

        ended = at_once(deed, deed)

        assert sum(isinstance(one, SentBefore) for one in ended) == 1, ended
        withdraw(Proposal.objects.get(form_key=f"form {number}"), by=member)

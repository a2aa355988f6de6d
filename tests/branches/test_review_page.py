"""What a moderator sees and does on the page of a suggestion."""

import re
from typing import Any

from django.test import Client

import pytest

from branches.actions import keep, submit
from branches.models import Proposal
from branches.states import ProposalState
from parks.models import ParkPage
from tests.branches.filling import text_of
from tests.branches.proposing import drafted, suggested, wanted
from tests.history.published import cities_of, live
from tests.history.suppression.hiding import publish


def decide(client: Client, proposal: Proposal, verb: str, **given: str) -> Any:
    data = {"content_hash": proposal.content_hash, "decision": verb, **given}
    return client.post(f"{proposal.get_absolute_url()}decide/", data)


def test_open_suggestions_stand_in_the_queue_and_on_the_dashboard(
    as_moderator: Client, member: Any, park: ParkPage
) -> None:
    waiting = suggested(park, by=member, city="Sandusky")
    drafted(park, by=member, city="Not handed in")

    for address in ("/admin/snippets/branches/proposal/", "/admin/"):
        html = as_moderator.get(address).content.decode()
        assert html.count(f'href="{waiting.get_absolute_url()}"') == 1, address
        assert html.count("/suggestions/") == 1, address


def test_the_admin_has_no_other_way_to_change_a_suggestion(
    as_moderator: Client, member: Any, park: ParkPage
) -> None:
    waiting = suggested(park, by=member, city="Sandusky")

    for verb in ("edit", "delete", "unpublish", "history", "copy"):
        address = f"/admin/snippets/branches/proposal/{verb}/{waiting.pk}/"
        assert as_moderator.get(address).status_code in (302, 404), verb
    assert as_moderator.get("/admin/snippets/branches/proposal/add/").status_code != 200


def test_it_is_compared_with_the_page_as_it_is_now(
    as_moderator: Client, member: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    publish(park, address="1 Cedar Point Drive", reason="From the letterhead")

    shown = text_of(as_moderator.get(proposal.get_absolute_url()))

    assert "The page has changed since this suggestion was begun." in shown
    assert "From the letterhead" in shown
    assert "Approve and publish" in shown


def test_approving_publishes_and_says_so(
    as_moderator: Client, member: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    response = decide(as_moderator, proposal, "approve", comment="Well found")

    assert response.status_code == 302
    assert cities_of(park) == ["Huron", "Sandusky"]
    assert "Well found" in text_of(as_moderator.get(proposal.get_absolute_url()))
    assert "Sandusky" in as_moderator.get(park.url).content.decode()
    history = text_of(as_moderator.get(f"{park.url}history/"))
    assert "Edited (suggested)" in history
    assert "Mira" in history
    assert "Published" in text_of(as_moderator.get(proposal.get_absolute_url()))


def test_a_text_revised_under_the_moderators_eyes_is_shown_with_what_changed(
    as_moderator: Client, member: Any, park: ParkPage
) -> None:
    read = suggested(park, by=member, city="Sandusky")
    kept = keep(
        wanted(park, city="Toledo"), by=member, proposal=read, seen=read.content_hash
    )
    submit(kept, by=member, seen=kept.content_hash)

    response = decide(as_moderator, read, "approve", comment="Looks right")

    shown = text_of(response)
    assert response.status_code == 409
    assert "What changed since you opened it" in shown
    assert "Toledo" in shown
    assert "Looks right" in response.content.decode()
    assert cities_of(park) == ["Huron"]
    assert live(read).state == ProposalState.IN_REVIEW


def test_sending_back_needs_a_word(
    as_moderator: Client, as_member: Client, member: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    refused = decide(as_moderator, proposal, "changes")
    done = decide(as_moderator, proposal, "changes", comment="Which sign?")

    assert refused.status_code == 400
    (box,) = re.findall(r'<textarea name="comment"[^>]*>', refused.content.decode())
    assert 'aria-invalid="true"' in box
    assert "id_comment_error" in box
    assert 'id="id_comment_error"' in refused.content.decode()
    assert done.status_code == 302
    shown = text_of(as_member.get(proposal.get_absolute_url()))
    assert "Changes requested" in shown
    assert "Which sign?" in shown
    assert "Revise it" in shown


@pytest.mark.parametrize("verb", ["", "merge"])
def test_an_unknown_decision_is_none(
    as_moderator: Client, member: Any, park: ParkPage, verb: str
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    assert decide(as_moderator, proposal, verb).status_code == 422


def test_members_and_visitors_read_and_decide_nothing(
    client: Client, as_member: Client, member: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    shown = text_of(client.get(proposal.get_absolute_url()))
    assert "Sandusky" in shown
    assert "Your decision" not in shown
    assert decide(client, proposal, "approve").status_code == 302
    assert decide(as_member, proposal, "approve").status_code == 403
    assert cities_of(park) == ["Huron"]


def test_both_sides_write_to_each_other(
    as_member: Client, as_moderator: Client, member: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    address = f"{proposal.get_absolute_url()}comment/"

    as_moderator.post(address, {"text": "When was that?"})
    as_member.post(address, {"text": "In <b>June</b>"})

    html = as_member.get(proposal.get_absolute_url()).content.decode()
    assert "When was that?" in html
    assert "In &lt;b&gt;June&lt;/b&gt;" in html
    assert as_member.post(address, {"text": ""}).status_code == 422


def test_a_page_that_is_deleted_meanwhile_is_said_to_be_gone(
    as_moderator: Client, as_member: Client, member: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    live(park).delete()

    shown = text_of(as_moderator.get(proposal.get_absolute_url()))
    response = decide(as_moderator, proposal, "approve")

    assert "has been deleted meanwhile" in shown
    assert response.status_code == 409
    edit = f"{proposal.get_absolute_url()}edit/"
    assert as_member.get(edit).status_code == 409


def test_a_locked_page_waits_and_one_that_is_not_public_takes_it_as_a_draft(
    as_moderator: Client, member: Any, park: ParkPage
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    page = live(park)
    page.locked, page.locked_by = True, None
    page.save()

    locked = decide(as_moderator, proposal, "approve")
    page.locked = False
    page.save()
    page.unpublish()
    told = text_of(as_moderator.get(proposal.get_absolute_url()))
    hidden = decide(as_moderator, proposal, "approve")

    assert locked.status_code == 409
    assert "is locked" in text_of(locked)
    assert "What is approved is kept as a draft of it" in told
    after = text_of(as_moderator.get(hidden.url))
    assert "Kept as a draft, because the page is not public" in after
    assert live(proposal).state == ProposalState.MERGED

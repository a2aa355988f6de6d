"""Where a suggestion and the page disagree, somebody says what shall hold."""

import json
import re
from decimal import Decimal
from typing import Any

from django.test import Client

import pytest

from branches.actions import keep, look_again, submit
from branches.models import Proposal
from branches.states import ProposalState
from history.outbox import work_off
from parks.models import ParkPage, RidePage
from tests.branches.filling import text_of
from tests.branches.proposing import publish_height, suggested, wanted
from tests.history.published import cities_of, live
from tests.history.suppression.hiding import publish

STORY = "5b1f6f0e-8f8a-4a52-9f5e-0f1f3a1c2d3e"


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
    names = set(re.findall(r'name="(c\d+-[0-9a-f]{12})"', html))
    seen = re.search(r'name="seen" value="(\w+)"', html)
    assert names
    assert seen
    return {"seen": seen[1], **dict.fromkeys(names, side)}


def twin_of(proposal: Proposal) -> Proposal:
    """Another suggestion of the same author that wants the same from the same start."""
    item = proposal.items.get()
    page = ParkPage.objects.get(uuid=item.object_uuid)
    wish = wanted(page, base=item.base, city="Sandusky")
    twin = keep(wish, by=proposal.author)
    return look_again(submit(twin, by=proposal.author, seen=twin.content_hash))


def story(first: str) -> str:
    """A story of two paragraphs, the second always the same."""
    text = f"<p>{first}</p><p>The second one.</p>"
    part = {"type": "paragraph", "value": text, "id": STORY}
    return json.dumps([part], sort_keys=True)


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


def test_of_two_who_settle_the_second_is_told_that_it_is_done(
    as_member: Client, as_moderator: Client, disputed: Proposal
) -> None:
    answers = answered(as_member, disputed, "theirs")
    as_moderator.post(at(disputed), answered(as_moderator, disputed, "ours"))
    Proposal.objects.filter(pk=disputed.pk).update(state=ProposalState.CHECKING)

    response = as_member.post(at(disputed), answers)

    assert response.status_code == 409
    assert "not possible now: the suggestion is being checked" in text_of(response)


def test_others_settle_nothing(
    client: Client, disputed: Proposal, as_moderator: Client
) -> None:
    assert client.get(at(disputed)).status_code == 302
    as_moderator.post(
        f"{disputed.get_absolute_url()}decide/",
        {"decision": "reject", "comment": "Neither is right"},
    )
    assert as_moderator.get(at(disputed)).status_code == 409


def own(data: dict[str, str], client: Client, at: str, **typed: str) -> dict[str, str]:
    """The answer of somebody who writes instead of choosing a side."""
    html = client.get(at).content.decode()
    for name, text in typed.items():
        (place,) = re.findall(rf'name="(c\d+-\w+-own-{name})"', html)
        data = {**data, place.rsplit("-own-")[0]: "own", place: text}
    return data


def test_words_of_ones_own_hold_in_place_of_both_sides(
    as_member: Client, disputed: Proposal
) -> None:
    answers = answered(as_member, disputed, "theirs")

    response = as_member.post(
        at(disputed), own(answers, as_member, at(disputed), city="Port Clinton")
    )

    assert response.status_code == 302
    assert live(disputed).items.get().content["city"] == "Port Clinton"


def test_a_measure_of_ones_own_is_read_and_refused_as_in_its_form(
    as_member: Client, ride: RidePage, member: Any
) -> None:
    proposal = suggested(ride, by=member, track_height="93 m")
    publish_height(ride, "94 m")
    look_again(proposal)
    answers = answered(as_member, proposal, "theirs")

    for wrong, words in (("tall", "number"), ("94000 m", "between")):
        data = own(answers, as_member, at(proposal), height=wrong)
        response = as_member.post(at(proposal), data)
        assert response.status_code == 422
        assert words in text_of(response)
        assert f'value="{wrong}"' in response.content.decode()
    unchosen = {**data, **answers}
    assert as_member.post(at(proposal), {**unchosen, "preview": "1"}).status_code == 200
    response = as_member.post(
        at(proposal), own(answers, as_member, at(proposal), height="95.5 m")
    )

    assert response.status_code == 302
    assert live(proposal).items.get().content["tracks"][0]["height"] == "95.5 m"


def test_words_of_ones_own_that_were_not_sent_wipe_nothing(
    as_member: Client, disputed: Proposal
) -> None:
    answers = answered(as_member, disputed, "theirs")
    data = own(answers, as_member, at(disputed), city="")
    (box,) = (name for name in data if name.endswith("-own-city"))

    missing = as_member.post(at(disputed), {n: v for n, v in data.items() if n != box})
    emptied = as_member.post(at(disputed), data)

    html = missing.content.decode()
    assert missing.status_code == 422
    assert f'id="id_{box}_error"' in html
    assert "Write what shall hold." in html
    assert "Left empty, the page says nothing here." in html
    assert emptied.status_code == 302
    assert not live(disputed).items.get().content["city"]


def test_a_paragraph_in_dispute_can_be_written_anew(
    as_member: Client, park: ParkPage, member: Any
) -> None:
    publish(park, body=story("It lies at the lake."))
    proposal = suggested(park, by=member, body=story("It lies at the great lake."))
    publish(park, body=story("It lies at the small lake."))
    look_again(proposal)
    answers = answered(as_member, proposal, "theirs")

    response = as_member.post(
        at(proposal),
        own(answers, as_member, at(proposal), text="It lies at Lake Erie & the bay."),
    )

    assert response.status_code == 302
    said = live(proposal).items.get().content["body"]
    assert "<p>It lies at Lake Erie &amp; the bay.</p>" in said
    assert "second" in said


def test_the_result_is_shown_before_it_is_handed_in(
    as_member: Client, disputed: Proposal
) -> None:
    answers = answered(as_member, disputed, "theirs")
    data = own(answers, as_member, at(disputed), city="Port Clinton")

    whole = as_member.post(at(disputed), {**data, "preview": "1"})
    part = as_member.post(at(disputed), data, headers={"HX-Request": "true"})

    assert whole.status_code == part.status_code == 200
    assert "The result" in text_of(whole)
    for response in (whole, part):
        assert "Port Clinton" in text_of(response)
    assert b"<html" not in part.content
    assert live(disputed).content_hash == disputed.content_hash


def test_what_was_typed_is_kept_when_the_page_changed_meanwhile(
    as_member: Client, disputed: Proposal, park: ParkPage
) -> None:
    data = own(
        answered(as_member, disputed, "theirs"),
        as_member,
        at(disputed),
        city="Port Clinton",
    )
    publish(park, city="Toledo")
    still_asked = as_member.post(at(disputed), data)
    publish(park, city="Huron")
    asked_no_more = as_member.post(at(disputed), data)

    assert still_asked.status_code == asked_no_more.status_code == 409
    assert 'value="Port Clinton"' in still_asked.content.decode()
    assert "Port Clinton" in text_of(asked_no_more)


@pytest.mark.parametrize("choice", ["theirs", "own"])
def test_the_same_conflict_is_offered_with_what_was_chosen_before(
    as_member: Client, as_moderator: Client, disputed: Proposal, choice: str
) -> None:
    twin = twin_of(disputed)
    data = answered(as_member, disputed, "theirs")
    if choice == "own":
        data = own(data, as_member, at(disputed), city="Port Clinton")
    as_member.post(at(disputed), data)

    html = as_member.get(at(twin)).content.decode()

    (marked,) = re.findall(r"<input[^>]*checked[^>]*>", html)
    assert f'value="{choice}"' in marked
    assert 'value="Port Clinton"' in html if choice == "own" else True
    assert "checked" not in as_moderator.get(at(twin)).content.decode()


def test_another_value_is_another_conflict(
    as_member: Client, disputed: Proposal, park: ParkPage
) -> None:
    twin = twin_of(disputed)
    as_member.post(at(disputed), answered(as_member, disputed, "theirs"))
    publish(park, city="Toledo")

    assert "checked" not in as_member.get(at(twin)).content.decode()


def test_a_result_that_contradicts_the_rules_is_not_handed_in(
    as_member: Client, park: ParkPage, member: Any
) -> None:
    publish(park, latitude=Decimal("41.1"), longitude=Decimal("-82.1"))
    proposal = suggested(park, by=member, latitude="41.200000", longitude="-82.200000")
    publish(park, latitude=Decimal("41.3"), longitude=Decimal("-82.3"))
    look_again(proposal)
    data = own(
        answered(as_member, proposal, "theirs"),
        as_member,
        at(proposal),
        latitude="41.25",
        longitude="",
    )

    response = as_member.post(at(proposal), data)

    assert response.status_code == 422
    assert live(proposal).content_hash == proposal.content_hash

"""Machines look at what was handed in before people do."""

import json
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

import pytest

from branches.actions import keep, submit, withdraw
from branches.checks.deciding import check_now, waiting
from branches.checks.duplicates import is_near, look_for_duplicates
from branches.checks.links import is_safe
from branches.checks.registry import CHECKS, Check, Remark, inform
from branches.checks.running import within
from branches.checks.subjects import read
from branches.models import BannedPattern, CheckResult, Proposal
from branches.states import ProposalState
from branches.tasks import check_waiting
from core.doorbell import broker
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage, RidePage
from photos.models import LicenceType
from tests.branches.filling import text_of
from tests.branches.proposing import (
    branch_with,
    drafted,
    new_piece,
    new_wish,
    publish_height,
    suggested,
    wanted,
)
from tests.factories.people import make_person
from tests.history.published import live
from tests.history.suppression.hiding import publish


def remarks(proposal: Proposal) -> dict[str, str]:
    """The level of each check that had something to say."""
    results = CheckResult.objects.filter(
        proposal=proposal, revision=live(proposal).latest_revision_id
    )
    return {result.check_name: result.level for result in results}


def story(*paragraphs: str) -> str:
    text = "".join(f"<p>{words}</p>" for words in paragraphs)
    part = {"type": "paragraph", "value": text, "id": "5b1f6f0e-8f8a-4a52-9f5e"}
    return json.dumps([part], sort_keys=True)


@pytest.fixture
def nobody_hears(monkeypatch: pytest.MonkeyPatch) -> None:
    """No broker and no worker: what is handed in is not checked yet."""
    monkeypatch.setattr(broker, "send", lambda *_, **__: False)


@pytest.fixture
def one_check(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have one check only, that does this."""

    def only(look: Any) -> None:
        for name in list(CHECKS):
            monkeypatch.delitem(CHECKS, name)
        monkeypatch.setitem(CHECKS, "one", Check("one", 1, look))

    return only


def test_a_sound_suggestion_is_reviewed_at_once(park: ParkPage, member: Any) -> None:
    proposal = suggested(park, by=member, city="Sandusky")

    assert proposal.state == ProposalState.IN_REVIEW
    assert remarks(proposal) == {"first": "info"}


def test_facts_without_a_source_are_mended_by_their_author(
    as_member: Client, park: ParkPage, member: Any, mailoutbox: list[Any]
) -> None:
    proposal = drafted(park, by=member, city="Sandusky")
    proposal.source = ""
    proposal.save()

    proposal = submit(proposal, by=member, seen=proposal.content_hash)

    assert proposal.state == ProposalState.BLOCKED
    assert remarks(proposal)["words"] == "block"
    shown = text_of(as_member.get(proposal.get_absolute_url()))
    assert "no source says where to check them" in shown
    mended = keep(
        wanted(park, city="Sandusky"),
        by=member,
        proposal=proposal,
        seen=proposal.content_hash,
    )
    again = submit(mended, by=member, seen=mended.content_hash)
    assert again.state == ProposalState.IN_REVIEW
    assert "words" not in remarks(again)


def test_what_is_stopped_is_seen_by_its_author_and_moderators_alone(
    client: Client,
    as_member: Client,
    as_moderator: Client,
    park: ParkPage,
    member: Any,
) -> None:
    BannedPattern.objects.create(pattern="casino*", note="No advertising")
    proposal = suggested(park, by=member, city="Casinos  of Huron")
    address = proposal.get_absolute_url()

    assert proposal.state == ProposalState.BLOCKED
    assert client.get(address).status_code == 404
    for concerned in (as_member, as_moderator):
        shown = text_of(concerned.get(address))
        assert "“Casinos” cannot stand here: No advertising" in shown
        assert "City" in shown


def test_banned_words_that_stood_there_before_are_nobodys_fault(
    park: ParkPage, member: Any
) -> None:
    publish(park, city="Casino")
    BannedPattern.objects.create(pattern="casino")

    assert suggested(park, by=member, address="Street").state == "in_review"
    BannedPattern.objects.create(pattern="stre*", is_active=False)
    assert suggested(park, by=member, address="Streets").state == "in_review"


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a?b=c", True),
        ("mailto:park@example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://user:secret@example.org/", False),
        ("http://127.0.0.1/", False),
        ("http://2130706433/", False),
        ("http://[::1]/", False),
        ("http://localhost:8000/", False),
        ("http://[", False),
    ],
)
def test_links_lead_to_named_places_only(address: str, safe: bool) -> None:
    assert is_safe(address) is safe


def test_an_unsafe_link_in_a_story_stops_it(park: ParkPage, member: Any) -> None:
    bad = story('See <a href="javascript:alert(1)">this</a>.')

    proposal = suggested(park, by=member, body=bad)

    assert remarks(proposal)["links"] == "block"


def test_a_photo_without_a_licence_stops_it(
    park: ParkPage, member: Any, make_photo: Any
) -> None:
    bare = make_photo("Bare")
    free = make_photo("Free", licence=LicenceType.objects.create(name="F", code="f"))

    assert remarks(suggested(park, by=member, lead_photo=bare.pk))["licence"] == "block"
    assert "licence" not in remarks(suggested(park, by=member, lead_photo=free.pk))


def test_what_the_rules_contradict_stops_it(ride: RidePage, member: Any) -> None:
    proposal = suggested(ride, by=member, track_height="94000 m")

    assert proposal.state == ProposalState.BLOCKED
    assert remarks(proposal)["rules"] == "block"


def test_an_unusual_figure_is_shown_to_moderators(
    as_moderator: Client, ride: RidePage, member: Any
) -> None:
    proposal = suggested(ride, by=member, track_height="240 m")

    assert remarks(proposal)["outliers"] == "warn"
    shown = text_of(as_moderator.get(proposal.get_absolute_url()))
    assert "Tracks: height : 240 m is above 200 m" in shown
    with override("de"):
        said = CheckResult.objects.get(check_name="outliers").words
    assert said.startswith("240 m liegt über 200 m")
    publish_height(ride, "240 m")
    twin = suggested(ride, by=member, seo_title="The tallest of all")
    assert "outliers" not in remarks(twin)


def test_a_story_that_loses_a_third_is_pointed_out(park: ParkPage, member: Any) -> None:
    long = ["It lies at the lake and has done so for a long time. " * 3] * 3
    publish(park, body=story(*long))

    less = suggested(park, by=member, body=story(*long[:1]))
    most = suggested(park, by=member, body=story(*long[:2], long[2][:100]))

    assert remarks(less)["removed"] == "warn"
    assert "removed" not in remarks(most)


def test_a_ride_that_may_be_there_already_is_pointed_out(
    ride: RidePage, park: ParkPage, member: Any
) -> None:
    proposal = keep(new_wish(RidePage, park, title="The Béast"), by=member)

    proposal = submit(proposal, by=member, seen=proposal.content_hash)

    assert remarks(proposal)["duplicate"] == "warn"
    assert is_near("Steel Vengeance", "Steel  vengeance!")
    assert not is_near("Steel Vengeance", "Steel Phantom")


def test_ten_times_as_many_new_pages_beside_others_are_compared_in_one_query(
    park: ParkPage, moderator: Any
) -> None:
    def queries(number: int) -> int:
        rides = [RidePage(title=f"New ride {n}") for n in range(number)]
        pieces = [new_piece(ride, park.uuid) for ride in rides]
        handed = read(branch_with(*pieces, by=moderator, name=f"Of {number}"))
        with CaptureQueriesContext(connection) as asked:
            list(look_for_duplicates(handed))
        return len(asked)

    assert queries(1) == queries(10) == 1


def test_a_conflict_with_what_others_published_is_pointed_out(
    park: ParkPage, member: Any
) -> None:
    proposal = drafted(park, by=member, city="Sandusky")
    publish(park, city="Vermilion")

    proposal = submit(proposal, by=member, seen=proposal.content_hash)

    assert remarks(proposal)["merge"] == "warn"


def test_more_than_a_person_can_look_up_in_an_hour_is_stopped(
    park: ParkPage, member: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("branches.checks.amounts.HANDED_IN_AN_HOUR", 1)
    first = suggested(park, by=member, city="Sandusky")

    second = suggested(park, by=member, address="Street")

    assert first.state == ProposalState.IN_REVIEW
    assert remarks(second)["rate"] == "block"


def crashed(handed: Any) -> Iterator[Remark]:
    raise ZeroDivisionError


def endless(handed: Any) -> Iterator[Remark]:
    while True:
        time.sleep(0.01)


@pytest.mark.parametrize("look", [crashed, endless])
def test_a_check_that_fails_or_does_not_end_never_counts_as_passed(
    as_moderator: Client,
    park: ParkPage,
    member: Any,
    one_check: Any,
    monkeypatch: pytest.MonkeyPatch,
    look: Any,
) -> None:
    monkeypatch.setattr("branches.checks.running.SECONDS", 0.1)
    one_check(look)

    proposal = suggested(park, by=member, city="Sandusky")

    assert remarks(proposal) == {"one": "unknown"}
    assert proposal.state == ProposalState.IN_REVIEW
    shown = text_of(as_moderator.get(proposal.get_absolute_url()))
    assert "could not be done" in shown


def test_time_is_up_for_one_check_and_not_for_what_follows() -> None:
    with within(0.05):
        pass

    time.sleep(0.1)


@pytest.mark.usefixtures("nobody_hears")
def test_without_a_worker_the_sweeper_checks_what_waits(
    as_member: Client, park: ParkPage, member: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    assert proposal.state == ProposalState.CHECKING
    assert "It is being checked" in text_of(as_member.get(proposal.get_absolute_url()))
    assert waiting() == []

    Proposal.objects.update(changed_at="2026-01-01T00:00Z")
    check_waiting()

    assert live(proposal).state == ProposalState.IN_REVIEW


@pytest.mark.usefixtures("nobody_hears")
def test_what_is_withdrawn_while_it_waits_is_not_reviewed(
    park: ParkPage, member: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    withdraw(proposal, by=member)

    check_now(proposal.pk)

    assert live(proposal).state == ProposalState.WITHDRAWN
    assert remarks(proposal) == {}


def test_each_text_has_its_own_results(
    park: ParkPage, member: Any, one_check: Any
) -> None:
    one_check(lambda handed: [inform(handed.items[0].says["city"])])
    proposal = suggested(park, by=member, city="Sandusky")
    wish = wanted(park, city="Toledo")
    kept = keep(wish, by=member, proposal=proposal, seen=proposal.content_hash)

    submit(kept, by=member, seen=kept.content_hash)

    said = CheckResult.objects.order_by("pk").values_list("message", flat=True)
    assert list(said) == ["Sandusky", "Toledo"]


def test_what_is_stopped_cannot_be_approved(park: ParkPage, member: Any) -> None:
    BannedPattern.objects.create(pattern="sandusky")
    proposal = suggested(park, by=member, city="Sandusky")
    moderator = make_person("Moderator")

    with pytest.raises(Exception, match="stopped by a check"):
        approve_suggestion(proposal, by=moderator, content_hash=proposal.content_hash)


def test_members_see_remarks_about_their_own_only(
    client: Client, park: ParkPage, member: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    stranger = Client()
    stranger.force_login(make_person("Member"))

    for reader in (client, stranger):
        shown = text_of(reader.get(proposal.get_absolute_url()))
        assert "The first change of this member" not in shown

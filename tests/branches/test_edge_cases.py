"""What several people do with one page, case by case as the issue numbers them.

Cases 4, 5, 6, 7, 9, 13 and 17 stand with what they are about, case 8 with the
reverts; the races are in test_races.py.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.test import Client

import pytest
from pytest_django.fixtures import Settings

from branches.actions import keep, look_again, submit
from branches.models import Proposal
from branches.states import ProposalState
from core.refusals import Refused
from history.archive import cold
from history.diff.schema import schema_of
from history.growing import lengthen_history
from history.merging import merge
from history.models import PageVersion
from history.outbox import work_off
from history.verifying import verify
from moderation.refusals import AlreadyDecided, TextChanged
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage
from photos.models import LicenceType
from tests.branches.filling import text_of
from tests.branches.proposing import suggested, wanted
from tests.factories.people import make_person
from tests.history.archive.running import archive, archived
from tests.history.published import live
from tests.history.suppression.hiding import publish


def approve(proposal: Proposal, by: Any) -> Proposal:
    text = live(proposal).content_hash
    return approve_suggestion(proposal, by=by, content_hash=text)


@pytest.fixture
def old_park(park: ParkPage, tmp_path: Path, settings: Settings) -> Iterator[ParkPage]:
    """A park with 41 versions since 2015, and an archive of its own."""
    storage = {**settings.STORAGES["archive"], "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "archive": storage}
    cold._index_of.cache_clear()
    lengthen_history(park, by=40, since=datetime(2015, 5, 1, tzinfo=UTC))
    yield live(park)
    cold._index_of.cache_clear()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_edge_case_1_two_suggestions_of_different_facts_come_in_in_any_order(
    park: ParkPage, member: Any, moderator: Any, order: tuple[int, int]
) -> None:
    proposals = [
        suggested(park, by=member, city="Sandusky"),
        suggested(park, by=make_person("Member"), website="https://a.example"),
    ]

    for place in order:
        approve(proposals[place], moderator)

    now = live(park)
    assert (now.city, now.website) == ("Sandusky", "https://a.example")


def test_edge_case_2_of_two_suggestions_of_one_fact_the_second_is_in_conflict(
    as_member: Client,
    as_moderator: Client,
    park: ParkPage,
    member: Any,
    moderator: Any,
) -> None:
    first = suggested(park, by=make_person("Member"), city="Vermilion")
    second = suggested(park, by=member, city="Sandusky")

    approve(first, moderator)
    work_off()

    assert live(second).state == ProposalState.CONFLICTED
    with pytest.raises(Refused, match="in conflict"):
        approve(second, moderator)
    for client in (as_member, as_moderator):
        shown = text_of(client.get(f"{second.get_absolute_url()}settle/"))
        assert all(city in shown for city in ("Huron", "Vermilion", "Sandusky"))
    assert live(second).items.get().content["city"] == "Sandusky"


def test_edge_case_3_what_changed_meanwhile_is_listed_and_no_draft_is_lost(
    as_moderator: Client, park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    publish(park, website="https://a.example", reason="Found it on a leaflet")
    draft = live(park).get_latest_revision_as_object()
    draft.address = "1 Cedar Point Drive"
    draft.save_revision(user=make_person("Editor"))

    shown = text_of(as_moderator.get(proposal.get_absolute_url()))
    approve(proposal, moderator)

    assert "The page has changed since this suggestion was begun" in shown
    assert "Found it on a leaflet" in shown
    now = live(park)
    draft = now.get_latest_revision_as_object()
    assert (now.city, now.address) == ("Sandusky", "")
    assert now.has_unpublished_changes
    assert (draft.city, draft.address) == ("Sandusky", "1 Cedar Point Drive")
    assert draft.website == "https://a.example"


def test_edge_case_10_the_base_of_an_open_suggestion_is_not_archived(
    old_park: ParkPage, member: Any
) -> None:
    base = PageVersion.objects.get(object_uuid=old_park.uuid, seq=5)
    wish = wanted(old_park, base=base, city="Sandusky")
    proposal = keep(wish, by=member)
    submit(proposal, by=member, seen=proposal.content_hash)

    archive()

    assert {4, 6} <= set(archived(old_park))
    assert 5 not in archived(old_park)


def test_edge_case_10_a_suggestion_begun_from_an_archived_version_comes_in(
    old_park: ParkPage, member: Any, moderator: Any
) -> None:
    archive()
    base = PageVersion.objects.get(object_uuid=old_park.uuid, seq=5)
    assert 5 in archived(old_park)
    proposal = keep(wanted(old_park, base=base, city="Sandusky"), by=member)
    submit(proposal, by=member, seen=proposal.content_hash)

    approve(proposal, moderator)

    assert live(old_park).city == "Sandusky"


def test_edge_case_11_an_approval_of_what_its_author_has_changed_is_refused(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    read = proposal.content_hash
    other = wanted(park, city="Toledo")
    kept = keep(other, by=member, proposal=proposal, seen=read)
    submit(kept, by=member, seen=kept.content_hash)

    with pytest.raises(TextChanged) as refused:
        approve_suggestion(proposal, by=moderator, content_hash=read)

    assert refused.value.status == 409
    assert live(park).city == "Huron"


def test_edge_case_12_a_second_approval_is_told_of_the_first(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    approve(proposal, moderator)

    with pytest.raises(AlreadyDecided, match="approved it"):
        approve(proposal, make_person("Moderator"))

    assert live(proposal).changeset.versions.count() == 1


def test_edge_case_14_a_suggestion_outlives_the_account_of_its_author(
    client: Client,
    as_moderator: Client,
    park: ParkPage,
    member: Any,
    moderator: Any,
    mailoutbox: list[Any],
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    member.is_active, member.display_name = False, ""
    member.save()

    shown = text_of(as_moderator.get(proposal.get_absolute_url()))
    for_all = text_of(client.get(proposal.get_absolute_url()))
    approve(proposal, moderator)

    assert "The account of its author is closed" in shown
    assert "Mira" not in shown + for_all
    assert "is closed" not in for_all
    assert live(park).city == "Sandusky"
    assert live(proposal).author == member


def test_edge_case_15_contents_of_another_schema_lose_nothing_of_the_new_one() -> None:
    # Written before `website` and after `fax`; the page has learnt and forgotten since.
    base = {"city": "Huron", "fax": "1"}
    theirs = {"city": "Sandusky", "fax": "1"}
    ours = {"city": "Huron", "website": "https://a.example"}

    result = merge(schema_of(ParkPage), base, ours=ours, theirs=theirs)

    assert result.conflicts == ()
    assert result.content == {"city": "Sandusky", "website": "https://a.example"}


def test_edge_case_15_a_stored_suggestion_may_name_a_fact_there_is_no_more(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky", fax_number="1 419")

    approve(proposal, moderator)

    assert live(park).city == "Sandusky"
    assert list(verify()) == []


def test_edge_case_16_facts_that_go_together_conflict_though_their_cells_differ(
    park: ParkPage, member: Any
) -> None:
    publish(park, latitude=41, longitude=-82)
    proposal = suggested(park, by=member, latitude="42.000000")
    publish(park, longitude=-83)

    conflicted = look_again(proposal)

    assert conflicted.state == ProposalState.CONFLICTED


def test_edge_case_18_a_photo_taken_down_later_leaves_page_and_history_readable(
    client: Client, park: ParkPage, member: Any, moderator: Any, make_photo: Any
) -> None:
    free = LicenceType.objects.create(name="Free", code="free")
    photo = make_photo("Gate", licence=free, uploaded_by_user=member)
    approve(suggested(park, by=member, lead_photo=photo.pk), moderator)
    assert live(park).lead_photo == photo

    photo.delete()

    assert client.get(park.url).status_code == 200
    compared = client.get(f"{park.url}diff/1..2/")
    assert "a photo that is gone" in text_of(compared)
    assert list(verify()) == []


def test_a_locked_page_lets_a_merge_wait(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    locker = make_person("Editor")
    ParkPage.objects.filter(pk=park.pk).update(locked=True, locked_by=locker)

    with pytest.raises(Refused, match="is locked") as refused:
        approve(proposal, moderator)

    assert refused.value.status == 409
    assert live(proposal).state == ProposalState.IN_REVIEW
    ParkPage.objects.filter(pk=park.pk).update(locked=False, locked_by=None)
    assert approve(proposal, moderator).state == ProposalState.MERGED

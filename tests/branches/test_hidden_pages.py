"""A page that is not public takes what is merged as a draft (edge case 5)."""

from collections.abc import Callable
from typing import Any

from django.core import mail
from django.test import Client

import pytest

from branches.actions import begin_branch, put_all_on
from branches.merging import jobs
from branches.models import NoteKind, Proposal, ProposalItem
from branches.states import ProposalState
from core.jobs.models import Job
from core.jobs.running import run
from core.refusals import Refused
from history.models import Operation, PageVersion
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage, RidePage
from tests.branches.filling import text_of
from tests.branches.proposing import branch_with, handed_in, piece, suggested
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.history.published import live

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


def approve(proposal: Proposal, by: Any) -> Proposal:
    text = live(proposal).content_hash
    return approve_suggestion(proposal, by=by, content_hash=text)


def versions_of(page: Any) -> int:
    return PageVersion.objects.filter(object_uuid=page.uuid).count()


def test_edge_case_5_what_is_approved_of_a_hidden_page_comes_in_when_it_is_published(
    park: ParkPage, member: Any, moderator: Any
) -> None:
    proposal = suggested(park, by=member, city="Sandusky")
    live(park).unpublish()
    versions = versions_of(park)
    mail.outbox.clear()

    merged = approve(proposal, moderator)

    assert (merged.state, merged.is_draft_only) == (ProposalState.MERGED, True)
    assert merged.notes.latest("pk").kind == NoteKind.DRAFTED
    assert "kept as a draft" in mail.outbox[-1].body
    now = live(park)
    draft = now.get_latest_revision_as_object()
    assert (now.live, now.city, draft.city) == (False, "Huron", "Sandusky")
    assert versions_of(park) == versions
    assert list(verify()) == []
    now.get_latest_revision().publish(user=moderator)
    newest = PageVersion.objects.filter(object_uuid=park.uuid).latest("seq")
    assert newest.changeset.author == member
    assert newest.changeset.reason == "Read it on a sign"


def test_a_draft_of_an_editor_takes_it_along_or_stands_in_its_way(
    park: ParkPage, member: Any, moderator: Any, editor: Any
) -> None:
    city = suggested(park, by=member, city="Sandusky")
    site = suggested(park, by=member, website="https://a.example")
    live(park).unpublish()
    draft = live(park).get_latest_revision_as_object()
    draft.website = "https://b.example"
    draft.save_revision(user=editor)

    approve(city, moderator)
    with pytest.raises(Refused, match="draft that is not published"):
        approve(site, moderator)

    draft = live(park).get_latest_revision_as_object()
    assert (draft.city, draft.website) == ("Sandusky", "https://b.example")
    assert live(site).state == ProposalState.IN_REVIEW


def test_a_branch_publishes_what_is_public_and_keeps_the_rest_as_drafts(
    park: ParkPage, moderator: Any, editor: Any, as_moderator: Client
) -> None:
    hidden, ride = make_ride(park, title="Hidden"), make_ride(park, title="Seen")
    home = make_park(title="New home")
    hidden.unpublish()
    stays = [{**row, "park": home.pk} for row in piece(hidden).content["stays"]]
    branch = branch_with(
        piece(hidden, "move", below=home, seo_title="New", stays=stays),
        piece(ride, seo_title="New"),
        by=editor,
    )
    branch = handed_in(branch, by=editor)
    told = text_of(as_moderator.get(branch.get_absolute_url()))

    merged = approve(branch, moderator)

    assert "1 page of it is not public at the moment" in told
    assert "this would be kept as a draft of it" in told
    shown = text_of(as_moderator.get(branch.get_absolute_url()))
    assert "so this was kept as a draft of it" in shown
    assert merged.changeset is not None
    hidden, ride = live(hidden), live(ride)
    assert (ride.seo_title, hidden.seo_title, hidden.live) == ("New", "", False)
    assert hidden.get_parent().pk == home.pk
    assert hidden.get_latest_revision_as_object().seo_title == "New"
    moved = merged.changeset.versions.get(object_uuid=hidden.uuid)
    assert moved.operation == Operation.MOVE
    assert list(verify()) == []


@pytest.mark.parametrize("all_hidden", [True, False])
def test_by_parts_drafts_count_as_brought_in(
    park: ParkPage,
    editor: Any,
    moderator: Any,
    monkeypatch: pytest.MonkeyPatch,
    all_hidden: bool,
) -> None:
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 1)
    rides = [make_ride(park, f"Ride {number}") for number in range(2)]
    branch = begin_branch("Season", by=editor, reason="New", merges_whole=False)
    branch = put_all_on(branch, [piece(r, seo_title="New") for r in rides], by=editor)
    for ride in rides if all_hidden else rides[:1]:
        ride.unpublish()
    approve(handed_in(branch, by=editor), moderator)

    job: Any = run(Job.objects.get(kind=jobs.KIND).pk)

    assert (job.done, job.report["pages"]) == (2, 2)
    merged = live(branch)
    assert merged.state == ProposalState.MERGED
    assert (merged.changeset is None) == all_hidden
    assert ProposalItem.objects.filter(kept_as_draft=True).count() == 1 + all_hidden
    assert not ProposalItem.objects.waiting().exists()


def test_a_page_that_is_locked_after_the_approval_lets_the_branch_wait(
    park: ParkPage,
    editor: Any,
    moderator: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 1)
    rides = [make_ride(park, f"Ride {number}") for number in range(2)]
    pieces = [piece(ride, seo_title="New") for ride in rides]
    branch = approve(handed_in(branch_with(*pieces, by=editor), by=editor), moderator)
    RidePage.objects.filter(pk=rides[0].pk).update(locked=True)
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        run(Job.objects.get().pk)

    waiting = live(branch)
    assert waiting.state == ProposalState.IN_REVIEW
    assert "is locked" in waiting.notes.latest("pk").text
    assert all("is locked" in message.body for message in mail.outbox)
    assert not RidePage.objects.filter(seo_title="New").exists()
    RidePage.objects.filter(pk=rides[0].pk).update(locked=False)
    approve(branch, moderator)
    run(Job.objects.latest("pk").pk)
    assert RidePage.objects.filter(seo_title="New").count() == 2

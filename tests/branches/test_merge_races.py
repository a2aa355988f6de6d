"""A worker merges while others approve and publish; nobody loses anything."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

import pytest

from branches.merging import jobs
from branches.models import Proposal
from branches.releases.clock import publish_due
from branches.releases.scheduling import schedule
from branches.states import ProposalState
from core.jobs.models import Job, JobState
from core.jobs.running import run
from core.refusals import Refused
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage, RidePage
from tests.branches.proposing import branch_with, handed_in, piece
from tests.factories.pages import make_ride
from tests.factories.people import make_person
from tests.history.suppression.hiding import publish
from tests.racing import at_once

pytestmark = [
    *(pytest.mark.services, pytest.mark.usefixtures("home")),
    pytest.mark.django_db(transaction=True),
]

ROUNDS = 4


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


@pytest.fixture
def rides(park: ParkPage, monkeypatch: pytest.MonkeyPatch) -> list[RidePage]:
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 1)
    # Nobody hears the bell: the test does the work itself.
    monkeypatch.setattr("core.jobs.actions.ring_for", lambda job: None)
    return [make_ride(park, f"Ride {number}") for number in range(3)]


def changing(rides: list[RidePage], text: str, editor: Any) -> Proposal:
    pieces = [piece(ride, seo_title=text) for ride in rides]
    return handed_in(branch_with(*pieces, by=editor, name=text), by=editor)


def approve(branch: Proposal, by: Any) -> Proposal:
    return approve_suggestion(branch, by=by, content_hash=branch.content_hash)


def give_up_draft(ride: RidePage) -> None:
    """As the page editor does with a text that is refused: it is kept elsewhere."""
    RidePage.objects.filter(pk=ride.pk).update(
        latest_revision=ride.live_revision, has_unpublished_changes=False
    )


def test_of_two_approvals_at_once_one_starts_the_merge(
    rides: list[RidePage], editor: Any
) -> None:
    moderators = [make_person("Moderator") for _ in range(2)]
    for number in range(ROUNDS):
        branch = changing(rides, f"Text {number}", editor)

        ended = at_once(*(partial(approve, branch, by) for by in moderators))

        assert sum(isinstance(one, Refused) for one in ended) == 1, ended
        (job,) = Job.objects.filter(slot=jobs.slot_of(branch))
        assert run(job.pk).state == JobState.DONE


def test_of_three_approvals_at_once_where_two_are_needed_two_count(
    rides: list[RidePage], editor: Any, settings: Any
) -> None:
    settings.SECOND_APPROVALS = True
    moderators = [make_person("Moderator") for _ in range(3)]
    for number in range(ROUNDS // 2):
        rename = piece(rides[0], "rename", slug=f"slug-{number}")
        branch = branch_with(rename, by=editor, name=f"Branch {number}")
        branch = handed_in(branch, by=editor)

        ended = at_once(*(partial(approve, branch, by) for by in moderators))

        assert sum(isinstance(one, Refused) for one in ended) == 1, ended
        branch.refresh_from_db()
        assert branch.state == ProposalState.MERGED
        assert branch.approvals.count() == 2
        assert RidePage.objects.get(pk=rides[0].pk).slug == f"slug-{number}"
    assert list(verify()) == []


def test_a_merge_beside_a_publish_of_another_fact_loses_neither(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    for number in range(ROUNDS):
        branch = changing(rides, f"Text {number}", editor)
        approve(branch, moderator)
        job = Job.objects.get(slot=jobs.slot_of(branch))
        told = f"Said {number}"

        ended = at_once(
            partial(run, job.pk),
            partial(publish, rides[0], search_description=told),
        )

        branch.refresh_from_db()
        ride = RidePage.objects.get(pk=rides[0].pk)
        assert branch.state == ProposalState.MERGED, ended
        assert ride.seo_title == f"Text {number}"
        # Whoever edits is told when something was merged under the open form.
        if isinstance(ended[1], Refused):
            give_up_draft(ride)
        else:
            assert ride.search_description == told
    assert list(verify()) == []


def test_two_clocks_at_once_start_a_release_once(
    rides: list[RidePage], editor: Any, moderator: Any
) -> None:
    for number in range(ROUNDS):
        branch = changing(rides, f"Text {number}", editor)
        schedule(branch, at=timezone.now() + timedelta(hours=1), by=editor)
        approve(branch, moderator)
        past = timezone.now() - timedelta(minutes=1)
        Proposal.objects.filter(pk=branch.pk).update(due_at=past)

        at_once(publish_due, publish_due)

        (job,) = Job.objects.filter(slot=jobs.slot_of(branch))
        assert run(job.pk).state == JobState.DONE

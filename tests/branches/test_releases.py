"""A branch goes live at its time, once, or says a day before that it cannot."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

import pytest
import time_machine

from branches.actions import withdraw
from branches.merging import jobs
from branches.models import Proposal
from branches.releases.calendar import events_in, month_of, weeks_of
from branches.releases.clock import publish_due, rehearse_due
from branches.releases.forms import ScheduleForm
from branches.releases.refusals import BeingPublished, DueInThePast
from branches.releases.scheduling import publish_now, schedule, unschedule
from branches.states import ProposalState
from branches.tasks import run_releases
from core.jobs.models import Job
from core.jobs.running import run
from history.verifying import verify
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage
from tests.branches.proposing import branch_with, handed_in, piece
from tests.factories.people import make_person
from tests.history.published import live_city
from tests.history.suppression.hiding import publish

pytestmark = pytest.mark.usefixtures("home")

# After all that the wiki was made of.
NOON = datetime(2050, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


@pytest.fixture
def branch(park: ParkPage, editor: Any) -> Proposal:
    return handed_in(branch_with(piece(park, city="Rust"), by=editor), by=editor)


@pytest.fixture
def release(branch: Proposal, editor: Any, moderator: Any) -> Proposal:
    """An approved branch that is due in two days."""
    with time_machine.travel(NOON - 2 * DAY, tick=False):
        schedule(branch, at=NOON, by=editor)
        return approve(branch, moderator)


def approve(branch: Proposal, by: Any) -> Proposal:
    return approve_suggestion(branch, by=by, content_hash=branch.content_hash)


def fresh(branch: Proposal) -> Proposal:
    return Proposal.objects.get(pk=branch.pk)


def test_an_approved_branch_with_a_time_waits_for_it(
    park: ParkPage, release: Proposal
) -> None:
    with time_machine.travel(NOON - timedelta(seconds=1), tick=False):
        assert publish_due() == []

    assert release.state == ProposalState.SCHEDULED
    assert live_city(park) == "Huron"


def test_edge_case_9_what_fell_due_while_nobody_looked_is_published_once(
    park: ParkPage, release: Proposal, moderator: Any
) -> None:
    with time_machine.travel(NOON + 3 * DAY, tick=False):
        (job,) = publish_due()
        again = publish_due()
        run(job.pk)
        run_releases()

    assert again == []
    assert Job.objects.filter(kind=jobs.KIND).count() == 1
    merged = fresh(release)
    assert (merged.state, live_city(park)) == (ProposalState.MERGED, "Rust")
    assert merged.changeset is not None
    assert merged.changeset.publisher == moderator
    assert list(verify()) == []


def test_edge_case_9_a_day_before_people_are_told_once_what_stands_in_the_way(
    park: ParkPage, release: Proposal, editor: Any, moderator: Any
) -> None:
    publish(park, city="Berlin")
    mail.outbox.clear()

    with time_machine.travel(NOON - timedelta(hours=25), tick=False):
        assert rehearse_due() == 0
    with time_machine.travel(NOON - timedelta(hours=23), tick=False):
        assert (rehearse_due(), rehearse_due()) == (1, 0)

    told = {address for sent in mail.outbox for address in sent.to}
    assert told >= {editor.email, moderator.email}
    assert park.title in mail.outbox[0].body
    assert fresh(release).state == ProposalState.SCHEDULED


def test_a_trial_that_goes_well_sends_no_mail(release: Proposal) -> None:
    mail.outbox.clear()

    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        rehearse_due()

    assert mail.outbox == []


def test_edge_case_9_a_conflict_at_its_time_publishes_nothing_and_reviews_it_anew(
    park: ParkPage, release: Proposal, editor: Any
) -> None:
    publish(park, city="Berlin")
    mail.outbox.clear()

    with time_machine.travel(NOON, tick=False):
        (job,) = publish_due()
        run(job.pk)
        assert publish_due() == []

    again = fresh(release)
    assert (again.state, again.due_at) == (ProposalState.CONFLICTED, None)
    assert live_city(park) == "Berlin"
    assert editor.email in {address for sent in mail.outbox for address in sent.to}


def test_pages_of_a_release_can_be_edited_until_it_goes_live(
    park: ParkPage, release: Proposal
) -> None:
    publish(park, website="https://new.example")

    with time_machine.travel(NOON, tick=False):
        run(publish_due()[0].pk)

    park.refresh_from_db()
    assert (park.city, park.website) == ("Rust", "https://new.example")


def test_a_release_can_be_put_off_taken_back_and_published_by_hand(
    park: ParkPage, release: Proposal, editor: Any, moderator: Any
) -> None:
    with time_machine.travel(NOON - DAY, tick=False):
        schedule(release, at=NOON + DAY, by=editor)
        with time_machine.travel(NOON, tick=False):
            assert publish_due() == []
        assert unschedule(release, by=editor).state == ProposalState.APPROVED
        with pytest.raises(PermissionDenied):
            publish_now(release, by=editor)
        job = publish_now(release, by=moderator)
        with pytest.raises(BeingPublished):
            publish_now(release, by=moderator)
        run(job.pk)

    assert live_city(park) == "Rust"


def test_nothing_is_scheduled_for_yesterday_or_by_a_stranger(
    branch: Proposal, editor: Any, member: Any
) -> None:
    with pytest.raises(DueInThePast):
        schedule(branch, at=datetime(2020, 1, 1, tzinfo=UTC), by=editor)
    with pytest.raises(PermissionDenied):
        schedule(branch, at=NOON, by=member)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"day": "2020-01-01"}, "day"),
        ({"day": "0000-00-00"}, "day"),
        ({"day": "0001-01-01", "time": "00:00"}, "day"),
        ({"day": "9999-12-31", "time": "23:59", "zone": "Etc/GMT+12"}, "day"),
        # No clock east of there could show it.
        ({"day": "9999-12-31", "time": "23:59", "zone": "UTC"}, "day"),
        ({"time": "25:00"}, "time"),
        ({"zone": "Mars/Base"}, "zone"),
        # Clocks go forward from two to three.
        ({"day": "2050-03-27", "time": "02:30"}, "time"),
    ],
)
def test_a_time_that_is_none_is_refused_beside_its_field(
    given: dict[str, str], field: str
) -> None:
    form = ScheduleForm(
        {"day": "2050-05-01", "time": "12:00", "zone": "Europe/Berlin", **given}
    )

    assert not form.is_valid()
    assert set(form.errors) == {field}


def test_the_form_knows_whose_clock_it_is(branch: Proposal, editor: Any) -> None:
    client = Client()
    client.force_login(editor)
    address = reverse("branches:schedule", args=[branch.pk])
    given = {"day": "2050-05-01", "time": "14:00", "zone": "Europe/Berlin"}

    shown = client.get(address)
    refused = client.post(address, {**given, "day": ""})
    taken = client.post(address, given)

    assert (shown.status_code, refused.status_code) == (200, 422)
    assert taken.status_code == 302
    assert fresh(branch).due_at == NOON
    page = client.get(branch.get_absolute_url()).content.decode()
    assert "Take the time back" in page


@pytest.mark.parametrize("place", ["branches", "branches_desk"])
def test_a_settled_branch_says_why_it_gets_no_time(
    branch: Proposal, editor: Any, place: str
) -> None:
    withdraw(branch, by=editor)
    client = Client()
    client.force_login(editor)

    answer = client.get(reverse(f"{place}:schedule", args=[branch.pk]))

    assert answer.status_code == 409
    assert "not possible any more" in answer.content.decode()


def test_the_calendar_shows_what_goes_live_in_a_month(
    release: Proposal, park: ParkPage, editor: Any
) -> None:
    draft = ParkPage.objects.get(pk=park.pk)
    draft.go_live_at = NOON + DAY
    draft.save_revision().publish()
    client = Client()
    client.force_login(make_person("Moderator"))

    page = client.get("/admin/releases/?month=2050-05")

    assert page.status_code == 200
    assert [event.title for event in page.context["events"]] == [
        release.title,
        park.title,
    ]
    shown = page.content.decode()
    assert shown.count(release.get_absolute_url()) == 2
    assert client.get("/admin/releases/?month=nonsense").status_code == 200
    assert events_in(month_of("2050-06"), user=editor) == []
    assert len(weeks_of(month_of("2050-05"), [])[0]) == 7


def test_strangers_neither_set_times_nor_publish(
    branch: Proposal, member: Any, client: Client
) -> None:
    form = reverse("branches:schedule", args=[branch.pk])
    deeds = [
        reverse(f"branches:{name}", args=[branch.pk])
        for name in ("schedule", "unschedule", "publish")
    ]
    as_member = Client()
    as_member.force_login(member)

    assert [client.post(deed).status_code for deed in deeds] == [302] * 3
    assert [as_member.post(deed).status_code for deed in deeds] == [403, 403, 302]
    assert (as_member.get(form).status_code, client.get(form).status_code) == (403, 302)
    assert as_member.get("/admin/releases/").status_code == 302
    assert not Job.objects.exists()


def test_whoever_approves_is_told_that_it_is_published_later(
    branch: Proposal, editor: Any, as_moderator: Client
) -> None:
    schedule(branch, at=NOON, by=editor)
    address = reverse("moderation:decide", args=[branch.pk])
    decision = {"decision": "approve", "content_hash": branch.content_hash}

    page = as_moderator.post(address, decision, follow=True).content.decode()

    assert "Its page says when it is published" in page
    assert "Published. Its author is told" not in page
    assert fresh(branch).state == ProposalState.SCHEDULED

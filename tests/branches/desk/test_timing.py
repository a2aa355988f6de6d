"""When a branch goes live, said on its page in the admin."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

import pytest

from branches.actions import put_on
from branches.merging.jobs import latest_job
from branches.models import Proposal
from branches.releases.scheduling import schedule, unschedule
from core.jobs.running import run
from moderation.suggestions.deciding import approve_suggestion
from parks.models import ParkPage
from tests.branches.proposing import handed_in, piece
from tests.history.published import live_city
from tests.moderation.admin_forms import words

pytestmark = pytest.mark.usefixtures("home")

NOON = datetime(2050, 5, 1, 12, tzinfo=UTC)
ASKED = {"day": "2050-05-01", "time": "14:00", "zone": "Europe/Berlin"}


def where(branch: Proposal, name: str) -> str:
    return reverse(f"branches_desk:{name}", args=[branch.pk])


def test_a_time_is_set_changed_and_taken_back_in_the_admin(
    as_editor: Client, branch: Proposal
) -> None:
    asked = as_editor.post(where(branch, "schedule"), ASKED, follow=True)
    assert "On 1 May 2050, 12:00 (UTC). It has to be approved before." in words(asked)
    begun = as_editor.get(where(branch, "schedule")).context["form"].initial
    as_editor.post(where(branch, "schedule"), {**ASKED, "day": "2050-05-02"})
    branch.refresh_from_db()
    changed = branch.due_at
    taken = as_editor.post(where(branch, "unschedule"), follow=True)

    assert begun["day"] == NOON.date()
    assert changed == NOON.replace(day=2)
    assert "As soon as it is approved." in words(taken)
    branch.refresh_from_db()
    assert branch.due_at is None


def test_a_time_that_is_none_is_told_beside_its_field_in_the_admin(
    as_editor: Client, branch: Proposal
) -> None:
    answer = as_editor.post(where(branch, "schedule"), {**ASKED, "day": "2020-01-01"})

    assert answer.status_code == 422
    assert "Choose a time that is still to come." in words(answer)
    assert set(answer.context["form"].errors) == {"day"}
    branch.refresh_from_db()
    assert branch.due_at is None


def test_who_reviews_publishes_from_the_admin_what_waits_and_nobody_else(
    as_editor: Client,
    as_moderator: Client,
    branch: Proposal,
    park: ParkPage,
    editor: Any,
    moderator: Any,
) -> None:
    branch = handed_in(put_on(branch, piece(park, city="Rust"), by=editor), by=editor)
    branch = schedule(branch, at=NOON, by=editor)
    read = branch.content_hash
    branch = approve_suggestion(branch, by=moderator, content_hash=read)
    unschedule(branch, by=editor)

    as_editor.post(where(branch, "publish"))
    assert latest_job(branch) is None
    told = as_moderator.post(where(branch, "publish"), follow=True)
    again = as_moderator.post(where(branch, "publish"))

    assert "It is published in a moment." in words(told)
    assert "It is being published" in words(told)
    assert "Publish now" not in words(told)
    assert again.status_code == 409
    job = latest_job(branch)
    assert job is not None
    run(job.pk)
    assert live_city(park) == "Rust"

"""All that somebody published in a time is taken back as one branch."""

from datetime import timedelta
from io import StringIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

import pytest

from branches.batches.actions import put_on_branch
from branches.batches.forms import RollbackForm
from branches.batches.refusals import NothingDone
from branches.batches.rollback import prepare_rollback
from branches.models import Batch, Proposal
from core.bulk_loading import publish_snippet
from core.changes import describe_change
from history.models import PageVersion
from history.verifying import verify
from parks.models import ParkArea, ParkPage, RidePage
from tests.branches.test_batches import merged, outcomes
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def vandal(home: Any) -> Any:
    return make_person("Moderator", email="vandal@example.org")


@pytest.fixture
def other(home: Any) -> Any:
    return make_person("Moderator", email="other@example.org")


def edit(page: Any, by: Any, **facts: Any) -> None:
    page = type(page).objects.get(pk=page.pk)
    for name, value in facts.items():
        setattr(page, name, value)
    page.save_revision(user=by).publish(user=by)


def rolled_back(user: Any, by: Any, **how: Any) -> Batch:
    return prepare_rollback(user=user, by=by, name="Rollback", **how)


def test_what_one_account_did_goes_and_what_others_did_stays(
    park: ParkPage, ride: RidePage, vandal: Any, moderator: Any, other: Any
) -> None:
    edit(park, vandal, city="Nowhere", address="Hole 1")
    edit(park, other, website="https://example.org/")
    edit(ride, vandal, material="other")
    edit(ride, vandal, material="hybrid", intensity="kiddie")

    batch = rolled_back(vandal, moderator)
    assert outcomes(batch) == ["changed", "changed"]
    batch = put_on_branch(batch, by=moderator, name="Rollback")
    merged(batch, other, moderator)

    park.refresh_from_db()
    ride.refresh_from_db()
    assert (park.city, park.address) == ("Huron", "")
    assert park.website == "https://example.org/"
    assert (ride.material, ride.intensity) == ("", "")
    assert list(verify()) == []


def test_edits_with_others_between_them_go_one_after_the_other(
    park: ParkPage, vandal: Any, moderator: Any, other: Any
) -> None:
    edit(park, vandal, city="Nowhere")
    edit(park, other, website="https://example.org/")
    edit(park, vandal, address="Hole 1")

    batch = put_on_branch(rolled_back(vandal, moderator), by=moderator, name="R")

    assert batch.branch is not None
    content = batch.branch.items.get().content
    assert (content["city"], content["address"]) == ("Huron", "")
    assert content["website"] == "https://example.org/"


def test_what_others_have_edited_since_is_listed_as_a_conflict(
    park: ParkPage, vandal: Any, moderator: Any, other: Any
) -> None:
    edit(park, vandal, city="Nowhere")
    edit(park, other, city="Sandusky")

    row = rolled_back(vandal, moderator).rows.get()

    assert row.outcome == "conflict"
    assert "city" in row.words


def test_what_was_moved_added_unpublished_and_deleted(
    park: ParkPage, moderator: Any, other: Any
) -> None:
    vandal = make_person("admin")
    moved, hidden, gone = (
        make_ride(park, title=title) for title in ("Moved", "Hidden", "Gone")
    )
    home = make_park(title="Elsewhere")
    stays = {"stays": [type(moved.stays.get())(park=home)]}
    page = RidePage.objects.get(pk=moved.pk)
    page.move(home, pos="last-child", user=vandal)
    edit(moved, vandal, **stays)
    hidden.unpublish(user=vandal)
    gone.delete(user=vandal)
    added = RidePage(title="Added", category="flat")
    park.refresh_from_db()
    park.add_child(instance=added)
    added.save_revision(user=vandal).publish(user=vandal)

    batch = put_on_branch(rolled_back(vandal, moderator), by=moderator, name="R")

    told = dict(batch.rows.values_list("title", "outcome"))
    assert told == {
        "Moved": "changed",
        "Hidden": "invalid",
        "Gone": "invalid",
        "Added": "changed",
    }
    assert batch.branch is not None
    done = dict(batch.branch.items.values_list("title", "operation"))
    assert done == {"Moved": "move", "Added": "unpublish"}
    merged(batch, other, moderator)
    back = RidePage.objects.get(pk=moved.pk)
    assert back.get_parent().pk == park.pk
    assert not RidePage.objects.get(title="Added").live
    assert list(verify()) == []


def test_what_has_no_page_of_its_own_is_taken_back_too(
    park: ParkPage, vandal: Any, moderator: Any
) -> None:
    with describe_change(by=vandal):
        publish_snippet(ParkArea(park=park, name="Nowhere Land"))

    batch = put_on_branch(rolled_back(vandal, moderator), by=moderator, name="R")

    assert batch.branch is not None
    item = batch.branch.items.get()
    assert (item.title, item.operation) == ("Nowhere Land (Cedar Point)", "unpublish")


def test_only_the_time_that_was_asked_for_is_taken_back(
    park: ParkPage, vandal: Any, moderator: Any
) -> None:
    edit(park, vandal, city="Nowhere")
    now = timezone.now()

    with pytest.raises(NothingDone):
        rolled_back(vandal, moderator, since=now + timedelta(hours=1))
    with pytest.raises(NothingDone):
        rolled_back(vandal, moderator, until=now - timedelta(hours=1))
    found = rolled_back(vandal, moderator, since=now - timedelta(hours=1))
    assert outcomes(found) == ["changed"]


def test_a_rollback_is_for_those_who_review(
    park: ParkPage, vandal: Any, member: Any
) -> None:
    with pytest.raises(PermissionDenied):
        rolled_back(vandal, make_person("Editor"))
    with pytest.raises(PermissionDenied):
        rolled_back(vandal, member)


def test_a_hidden_text_does_not_come_back(
    park: ParkPage, vandal: Any, moderator: Any
) -> None:
    edit(park, vandal, city="Nowhere")
    PageVersion.objects.filter(object_uuid=park.uuid, seq=1).update(text_hidden=True)

    row = rolled_back(vandal, moderator).rows.get()

    assert (row.outcome, "hidden" in row.words) == ("invalid", True)


def test_the_screen_asks_for_an_account_or_a_time(
    as_moderator: Client, park: ParkPage, vandal: Any
) -> None:
    edit(park, vandal, city="Nowhere")
    address = "/admin/batches/rollback/"

    asked = {"name": "Rollback", "user": "vandal@example.org"}
    asked["since"] = "2020-01-02T03:04"
    done = as_moderator.post(address, asked, follow=True)

    assert "Put 1 page on a branch" in done.content.decode()
    said = f"Account: {vandal}; Published since: 2020-01-02 03:04 UTC"
    assert Batch.objects.get().words == said


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "since"),
        ({"user": "nobody@example.org"}, "user"),
        ({"since": "yesterday"}, "since"),
        ({"since": "2026-11-28T14:00", "until": "2026-11-27T14:00"}, "until"),
    ],
)
def test_the_screen_says_beside_the_field_what_is_wrong(
    as_moderator: Client, asked: dict[str, str], field: str
) -> None:
    answer = as_moderator.post("/admin/batches/rollback/", {"name": "R", **asked})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(
    ("zone", "end"),
    [("Pacific/Niue", "9999-12-31T23:59"), ("Pacific/Kiritimati", "0001-01-01T00:00")],
)
def test_a_moment_that_other_clocks_cannot_show_is_none(zone: str, end: str) -> None:
    with timezone.override(zone):
        form = RollbackForm({"name": "R", "since": end, "until": end})

        assert set(form.errors) == {"since", "until"}


def command(*options: str) -> str:
    out = StringIO()
    call_command("rollback_changes", *options, stdout=out)
    return out.getvalue()


def test_the_command_reports_and_makes_the_branch(
    park: ParkPage, vandal: Any, other: Any
) -> None:
    edit(park, vandal, city="Nowhere")
    who = ("--user", vandal.email, "--by", other.email, "--name", "Undo")

    tried = command(*who, "--dry-run")
    assert "changed    Cedar Point" in tried
    assert not Proposal.objects.exists()
    command(*who, "--from", "2020-01-01")

    assert Proposal.objects.get().title == "Undo"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--by", "other@example.org"), "Give --user"),
        (("--by", "nobody@example.org", "--from", "2026-01-01"), "no account"),
        (("--by", "edda@example.org", "--from", "2026-01-01"), "may not decide"),
        (("--by", "other@example.org", "--from", "soon"), "no moment"),
        (("--by", "other@example.org", "--to", "9999-12-31T23:59"), "end of time"),
    ],
)
def test_the_command_says_what_is_missing(
    vandal: Any, other: Any, options: tuple[str, ...], told: str
) -> None:
    make_person("Editor", email="edda@example.org")

    with pytest.raises(CommandError, match=told):
        command(*options)

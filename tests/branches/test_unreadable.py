"""Contents that code has put on a branch and that no field can read."""

from dataclasses import replace
from typing import Any

from django.test import Client

import pytest

from branches.merging.items import ProblemKind
from branches.merging.plans import plan_merge
from branches.states import ProposalState
from parks.models import ParkPage, RidePage
from tests.branches.browsing.looking import looking_at
from tests.branches.filling import text_of
from tests.branches.proposing import branch_with, handed_in, new_piece, piece
from tests.factories.people import make_person
from tests.history.published import live

UNREADABLE: list[dict[str, Any]] = [
    {"track_height": "as tall as a house"},
    {"opening_cost": "dear", "cost_amount": "dear"},
    {"status_periods": [{"uuid": "no uuid", "status": "closed", "began": "one day"}]},
    {"tracks": 5},
    {"body": "{"},
    {"lead_photo": "gate.jpg"},
    {"indoor": "perhaps"},
]


@pytest.fixture
def editor(park: ParkPage) -> Any:
    return make_person("Editor")


@pytest.mark.parametrize("facts", UNREADABLE, ids=lambda facts: next(iter(facts)))
def test_it_is_a_problem_of_that_page_and_of_no_other(
    ride: RidePage, park: ParkPage, editor: Any, facts: dict[str, Any]
) -> None:
    branch = branch_with(piece(ride, **facts), piece(park, city="Sandusky"), by=editor)

    of_ride, of_park = plan_merge(branch).items

    assert [problem.kind for problem in of_ride.problems] == [ProblemKind.VALIDATION]
    assert of_park.problems == ()


def test_its_pages_say_what_to_do(ride: RidePage, park: ParkPage, editor: Any) -> None:
    wrong = piece(ride, track_height="as tall as a house")
    branch = branch_with(wrong, piece(park, city="Sandusky"), by=editor)
    client = Client()
    client.force_login(editor)
    looking_at(branch, client)
    page = branch.get_absolute_url()
    desk = f"/admin/branches/{branch.pk}/pages/{ride.uuid}"

    answers = {
        address: client.get(address).status_code
        for address in (page, f"{page}items/{ride.uuid}/", park.url, ride.url)
    }

    assert {status for status in answers.values() if status >= 500} == set()
    refused = client.get(f"{desk}/edit/")
    assert refused.status_code == 409
    assert "cannot be read. Take it off" in text_of(refused)
    assert "This is not a length" in text_of(client.get(page))
    assert handed_in(branch, by=editor).state == ProposalState.BLOCKED
    client.post(f"{desk}/take-off/")
    assert [item.object_uuid for item in live(branch).items.all()] == [park.uuid]


def test_what_is_new_is_a_problem_of_its_own(
    ride: RidePage, park: ParkPage, editor: Any
) -> None:
    new = new_piece(RidePage(title="New"), park.uuid)
    content = {**new.content, "cost_amount": "dear"}

    branch = branch_with(replace(new, content=content), by=editor)

    [planned] = plan_merge(branch).items
    assert "“dear” value must be a decimal number" in planned.problems[0].message

"""Two moderators at the same moment, on a database that lets both begin."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from wagtail.models import TaskState, WorkflowState

import pytest

from accounts.models import User
from history.models import PageVersion
from home.models import HomePage
from moderation.refusals import AlreadyDecided, TextChanged
from parks.models import RidePage
from tests.factories.pages import make_park, make_ride
from tests.moderation.admin_forms import review_of
from tests.moderation.submissions import live_text, save_draft, submit_edit
from tests.racing import at_once

ROUNDS = 6

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


def _deciding(ride: RidePage, action: str, by: User) -> Callable[[], None]:
    review = review_of(ride)
    details = {
        "approve": {"fingerprint": review.submitted_fingerprint},
        "reject": {"comment": "Name your source"},
    }

    def decide() -> None:
        state = TaskState.objects.get(pk=review.pk).specific
        state.task.specific.on_action(state, by, action, **details[action])

    return decide


@pytest.fixture
def waiting(home: HomePage, editor: User) -> list[RidePage]:
    """Several rides under review: a race is run more than once."""
    park = make_park()
    rides = [make_ride(park, f"Ride {number}") for number in range(ROUNDS)]
    return [submit_edit(ride, by=editor, text="Text as submitted") for ride in rides]


@pytest.mark.parametrize("other", ["approve", "reject"])
def test_one_decision_wins_and_the_other_is_refused(
    other: str, waiting: list[RidePage], moderator: User, second_moderator: User
) -> None:
    for ride in waiting:
        outcomes = at_once(
            _deciding(ride, "approve", moderator),
            _deciding(ride, other, second_moderator),
        )

        review = review_of(ride)
        approved = review.status == TaskState.STATUS_APPROVED
        assert Counter(map(type, outcomes)) == {str: 1, AlreadyDecided: 1}
        assert live_text(ride) == ("Text as submitted" if approved else "")
        # The first version is the ride itself, before it was edited.
        assert _count_versions(ride) == (2 if approved else 1)
        assert review.finished_by in (moderator, second_moderator)
    assert TaskState.objects.count() == WorkflowState.objects.count() == ROUNDS


def test_a_draft_saved_during_the_approval_is_never_published_unread(
    waiting: list[RidePage], moderator: User, second_moderator: User
) -> None:
    for ride in waiting:
        approved, _saved = at_once(
            _deciding(ride, "approve", moderator),
            partial(save_draft, ride, by=second_moderator, text="Text nobody read"),
        )

        page = RidePage.objects.get(pk=ride.pk)
        refused = isinstance(approved, TextChanged)
        assert page.search_description == ("" if refused else "Text as submitted")
        latest = page.latest_revision
        assert latest.content["search_description"] == "Text nobody read"
        assert page.has_unpublished_changes


def _count_versions(ride: RidePage) -> int:
    return PageVersion.objects.filter(object_uuid=ride.uuid).count()

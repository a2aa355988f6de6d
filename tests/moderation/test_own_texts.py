"""Nobody decides about a text they wrote or submitted themselves."""

import pytest

from accounts.models import User
from parks.models import RidePage
from tests.factories.people import make_person
from tests.moderation.admin_forms import (
    decision_address,
    edit_address,
    open_dialogue,
    open_editor,
    review_of,
)
from tests.moderation.conftest import SignIn
from tests.moderation.submissions import live_text, submit_edit


@pytest.mark.parametrize("role", ["Moderator", "admin"])
def test_nobody_decides_about_their_own_text(
    role: str, ride: RidePage, moderator: User, sign_in: SignIn
) -> None:
    author = make_person(role)
    submit_edit(ride, by=author, text="My own text")
    fields = open_dialogue(sign_in(moderator), ride, "approve")

    response = sign_in(author).post(decision_address(ride, "approve"), fields)

    assert response.status_code == 403
    assert "another moderator" in response.content.decode()
    assert live_text(ride) == ""


def test_ones_own_text_is_not_offered_for_review(
    ride: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    submit_edit(ride, by=moderator, text="My own text")
    task = review_of(ride).task.specific

    assert task.get_actions(ride, moderator) == []
    assert not task.get_task_states_user_can_moderate(moderator).exists()
    assert task.get_task_states_user_can_moderate(second_moderator).exists()
    editor_page = sign_in(moderator).get(edit_address(ride)).content.decode()
    assert "data-workflow-action-name" not in editor_page


def test_ones_own_text_cannot_be_approved_in_the_editor_either(
    ride: RidePage, moderator: User, sign_in: SignIn
) -> None:
    submit_edit(ride, by=moderator, text="My own text")
    author = sign_in(moderator)

    response = author.post(
        edit_address(ride),
        {
            **open_editor(author, edit_address(ride)),
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
        },
    )

    assert response.status_code == 403
    assert live_text(ride) == ""

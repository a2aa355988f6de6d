"""What is approved is what was read, or nothing is."""

from typing import Any

from django.test import Client

from wagtail.models import Page, Task, Workflow, WorkflowState

import pytest

from accounts.models import User
from history.models import RefusedText
from moderation.fingerprints import fingerprint_of
from moderation.refusals import NothingApproved, TextChanged
from parks.models import RidePage
from tests.moderation.admin_forms import (
    Fields,
    decide,
    decision_address,
    edit_address,
    open_dialogue,
    open_editor,
    review_of,
)
from tests.moderation.conftest import SignIn
from tests.moderation.submissions import live_text, save_draft, submit_edit


def _approve_in_editor(client: Client, ride: RidePage, fields: Fields) -> Any:
    order = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    return client.post(edit_address(ride), {**fields, **order})


def _is_waiting(ride: RidePage) -> bool:
    state = review_of(ride).workflow_state
    return bool(state.status == WorkflowState.STATUS_IN_PROGRESS)


def test_a_draft_saved_after_the_dashboards_form_was_opened_stops_the_approval(
    submitted: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)
    fields = open_dialogue(reader, submitted, "approve")
    save_draft(submitted, by=second_moderator, text="Text nobody read")

    response = reader.post(decision_address(submitted, "approve"), fields)

    page = response.content.decode()
    assert response.status_code == 409
    assert f"{second_moderator} saved it on" in page
    assert live_text(submitted) == ""
    assert _is_waiting(submitted)


def test_a_text_rewritten_in_place_stops_the_approval(
    ride: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    submit_edit(ride, by=second_moderator, text="Text as submitted")
    reader = sign_in(moderator)
    fields = open_dialogue(reader, ride, "approve")
    revision = review_of(ride).revision
    save_draft(
        ride, by=second_moderator, text="Text nobody read", overwrite_revision=revision
    )

    response = reader.post(decision_address(ride, "approve"), fields)

    assert response.status_code == 409
    assert live_text(ride) == ""


def test_the_dashboard_does_not_offer_to_approve_a_text_it_does_not_show(
    submitted: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    save_draft(submitted, by=second_moderator, text="Text nobody read")

    response = sign_in(moderator).get(
        decision_address(submitted, "approve"),
        headers={"x-requested-with": "XMLHttpRequest"},
    )

    assert response.json()["step"] == "refused"
    assert "The text changed since you opened it" in response.json()["html"]


def test_an_approval_that_names_no_text_is_refused(
    submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    response = sign_in(moderator).post(decision_address(submitted, "approve"))

    assert response.status_code == 409
    assert "does not say which text" in response.content.decode()
    assert live_text(submitted) == ""


def test_a_form_opened_before_the_latest_draft_cannot_approve(
    submitted: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)
    fields = open_editor(reader, edit_address(submitted))
    save_draft(submitted, by=second_moderator, text="Text nobody read")
    drafts = submitted.revisions.count()

    response = _approve_in_editor(
        reader, submitted, {**fields, "search_description": ["Typed by the moderator"]}
    )

    assert response.status_code == 409
    assert "Typed by the moderator" in response.content.decode()
    assert live_text(submitted) == ""
    assert submitted.revisions.count() == drafts


def test_what_a_refused_moderator_typed_is_kept_beside_what_is_there_now(
    submitted: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)
    fields = open_editor(reader, edit_address(submitted))
    newer = save_draft(submitted, by=second_moderator, text="Text nobody read")
    refused = _approve_in_editor(
        reader, submitted, {**fields, "search_description": ["Typed by the moderator"]}
    )
    kept = dict(refused.context["typed"])

    response = reader.post(edit_address(submitted), kept)

    text = RefusedText.objects.get().revision
    assert response.status_code == 409
    assert text.content["search_description"] == "Typed by the moderator"
    assert Page.objects.get(pk=submitted.pk).latest_revision == newer
    assert live_text(submitted) == ""


def test_a_form_whose_revision_was_rewritten_since_cannot_approve(
    submitted: RidePage, editor: User, moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)
    fields = open_editor(reader, edit_address(submitted))
    revision = review_of(submitted).revision
    save_draft(submitted, by=editor, text="Not read", overwrite_revision=revision)

    response = _approve_in_editor(reader, submitted, fields)

    assert response.status_code == 409
    assert live_text(submitted) == ""


@pytest.mark.parametrize("told", [[], ["9" * 5000], ["x"], ["٣"]])
def test_a_form_that_does_not_tell_what_it_shows_cannot_approve(
    submitted: RidePage, moderator: User, sign_in: SignIn, told: list[str]
) -> None:
    reader = sign_in(moderator)
    fields = open_editor(reader, edit_address(submitted))
    fields["loaded_revision_id"] = told

    response = _approve_in_editor(reader, submitted, fields)

    assert response.status_code == 409


@pytest.mark.parametrize(
    "details", ["{", "[]", '{"amended_from": "x", "more": 1}', "[" * 100_000]
)
def test_a_forged_detail_does_not_change_what_is_approved(
    details: str, submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)
    fields = open_editor(reader, edit_address(submitted))

    _approve_in_editor(
        reader, submitted, {**fields, "workflow-action-extra-data": [details]}
    )

    assert live_text(submitted) == "Text as submitted"


def test_an_editors_comment_does_not_undo_the_review(
    submitted: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)
    fields = open_dialogue(reader, submitted, "approve")
    save_draft(submitted, by=second_moderator, text="Text as submitted")

    response = reader.post(decision_address(submitted, "approve"), fields)

    assert response.status_code == 302
    assert live_text(submitted) == "Text as submitted"
    assert not Page.objects.get(pk=submitted.pk).has_unpublished_changes


def test_a_changed_time_of_publication_is_another_text(
    submitted: RidePage, moderator: User
) -> None:
    revision = review_of(submitted).revision
    before = fingerprint_of(revision)

    revision.content["go_live_at"] = "2031-05-01T10:00:00Z"

    assert fingerprint_of(revision) != before


def test_an_amended_text_is_approved_where_it_can_be_read(
    submitted: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    save_draft(submitted, by=second_moderator, text="Amended and saved")
    reader = sign_in(moderator)

    _approve_in_editor(reader, submitted, open_editor(reader, edit_address(submitted)))

    assert live_text(submitted) == "Amended and saved"


def test_a_text_rewritten_between_two_steps_is_not_published(
    ride: RidePage, moderator: User, second_moderator: User, editor: User
) -> None:
    submit_edit(ride, by=editor, text="Text as submitted")
    review = review_of(ride)
    task = review.task.specific
    fingerprint = fingerprint_of(review.revision)
    workflow_state = review.workflow_state
    review.approve(user=moderator, update=False)
    type(review).objects.filter(pk=review.pk).update(approved_fingerprint=fingerprint)
    save_draft(
        ride, by=editor, text="Text nobody read", overwrite_revision=review.revision
    )

    with pytest.raises(TextChanged):
        WorkflowState.objects.get(pk=workflow_state.pk).finish(user=second_moderator)

    assert task.pk == review.task_id
    assert live_text(ride) == ""


def test_a_workflow_without_an_active_step_publishes_nothing(
    ride: RidePage, editor: User
) -> None:
    Task.objects.update(active=False)
    save_draft(ride, by=editor, text="Text as submitted")

    with pytest.raises(NothingApproved):
        Workflow.objects.get().start(ride, editor)

    assert live_text(ride) == ""


def test_a_submission_without_an_active_step_is_explained_and_kept_as_a_draft(
    ride: RidePage, editor: User, sign_in: SignIn
) -> None:
    Task.objects.update(active=False)
    author = sign_in(editor)
    fields = open_editor(author, edit_address(ride))

    response = author.post(
        edit_address(ride),
        {**fields, "search_description": "New text", "action-submit": "true"},
    )

    draft = Page.objects.get(pk=ride.pk).latest_revision
    assert response.status_code == 409
    assert draft.content["search_description"] == "New text"


def test_a_text_saved_after_the_decision_stays_a_draft(
    submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    decide(sign_in(moderator), submitted, "approve")

    save_draft(submitted, by=moderator, text="A later thought")

    assert live_text(submitted) == "Text as submitted"
    assert Page.objects.get(pk=submitted.pk).has_unpublished_changes

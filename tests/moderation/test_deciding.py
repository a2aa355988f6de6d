"""From an editor's draft to a published page."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page, WorkflowState

import pytest

from accounts.models import User
from history.models import PageVersion
from parks.models import RidePage
from tests.factories.pages import make_park
from tests.moderation.admin_forms import (
    decide,
    decision_address,
    edit_address,
    open_dialogue,
    open_editor,
    review_of,
)
from tests.moderation.conftest import SignIn
from tests.moderation.submissions import live_text, submit_edit

DASHBOARD = reverse("wagtailadmin_home")


def _status_of_review(ride: RidePage) -> str:
    return review_of(ride).workflow_state.status


def test_a_ride_goes_from_the_editors_draft_to_the_public(
    editor: User, moderator: User, sign_in: SignIn, client: Client
) -> None:
    park = make_park()
    adding = reverse("wagtailadmin_pages:add", args=("parks", "ridepage", park.pk))
    fields = open_editor(sign_in(editor), adding)

    created = sign_in(editor).post(
        adding,
        {
            **fields,
            "title": "Steel Vengeance",
            "slug": "steel-vengeance",
            "category": "roller_coaster",
            "status_periods-0-status": "operating",
            "status_periods-0-began": "2018-05-05",
            "action-submit": "true",
        },
    )

    assert created.status_code == 302
    ride = RidePage.objects.get(slug="steel-vengeance")
    assert not ride.live
    assert client.get(ride.url).status_code == 404

    reader = sign_in(moderator)
    assert "Steel Vengeance" in reader.get(DASHBOARD).content.decode()
    approved = decide(reader, ride, "approve")

    assert approved.status_code == 302
    ride.refresh_from_db()
    assert ride.live
    assert client.get(ride.url).status_code == 200
    change = PageVersion.objects.get(object_uuid=ride.uuid).changeset
    assert (change.author, change.publisher) == (editor, moderator)


def test_a_text_of_a_page_that_somebody_has_locked_waits(
    submitted: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    page = Page.objects.filter(pk=submitted.pk)
    page.update(locked=True, locked_by=second_moderator, locked_at=timezone.now())

    refused = decide(sign_in(moderator), submitted, "approve")
    unlocked = decide(sign_in(second_moderator), submitted, "approve")

    assert refused.status_code == 409
    assert f"is locked by {second_moderator}" in refused.content.decode()
    assert unlocked.status_code == 302
    assert live_text(submitted) == "Text as submitted"


def test_the_moderator_can_preview_and_compare_what_waits(
    submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)
    review = review_of(submitted)

    compared = reader.get(
        reverse(
            "wagtailadmin_pages:revisions_compare",
            args=(submitted.pk, "live", review.revision_id),
        )
    )

    assert compared.status_code == 200
    assert "Text as submitted" in compared.content.decode()


def test_approval_publishes_and_closes_the_review(
    submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    decide(sign_in(moderator), submitted, "approve", comment="Well found")

    review = review_of(submitted)
    assert live_text(submitted) == "Text as submitted"
    assert review.finished_by == moderator
    assert review.comment == "Well found"
    assert review.approved_fingerprint == review.submitted_fingerprint
    assert _status_of_review(submitted) == WorkflowState.STATUS_APPROVED


def test_a_rejected_text_goes_back_to_its_author(
    submitted: RidePage, editor: User, moderator: User, sign_in: SignIn
) -> None:
    decide(sign_in(moderator), submitted, "reject", comment="Name your source")

    assert live_text(submitted) == ""
    assert _status_of_review(submitted) == WorkflowState.STATUS_NEEDS_CHANGES
    fields = open_editor(sign_in(editor), edit_address(submitted))
    assert fields["search_description"] == ["Text as submitted"]


def test_a_rejected_text_can_be_handed_in_again(
    submitted: RidePage, editor: User, moderator: User, sign_in: SignIn
) -> None:
    reader, author = sign_in(moderator), sign_in(editor)
    decide(reader, submitted, "reject", comment="Name your source")

    fields = open_editor(author, edit_address(submitted))
    author.post(
        edit_address(submitted),
        {**fields, "search_description": "Better text", "action-submit": "true"},
    )
    decide(reader, submitted, "approve")

    assert live_text(submitted) == "Better text"


def test_a_rejection_without_a_reason_says_so_beside_the_field(
    submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    response = sign_in(moderator).post(
        decision_address(submitted, "reject"),
        {"comment": "  "},
        headers={"x-requested-with": "XMLHttpRequest"},
    )

    assert "Say what has to change." in response.json()["html"]
    assert _status_of_review(submitted) == WorkflowState.STATUS_IN_PROGRESS


def test_a_moderator_may_amend_while_approving(
    submitted: RidePage, editor: User, moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)
    fields = open_editor(reader, edit_address(submitted))

    response = reader.post(
        edit_address(submitted),
        {
            **fields,
            "search_description": "Text as amended",
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
            "workflow-action-extra-data": '{"comment": "One typo"}',
        },
    )

    assert response.status_code == 302
    assert live_text(submitted) == "Text as amended"
    change = PageVersion.objects.filter(object_uuid=submitted.uuid)[0].changeset
    assert (change.author, change.publisher) == (editor, moderator)


def test_a_moderator_may_reject_from_the_editor_with_a_reason_only(
    submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)
    order = {
        **open_editor(reader, edit_address(submitted)),
        "action-workflow-action": "true",
        "workflow-action-name": "reject",
    }

    silent = reader.post(edit_address(submitted), order)
    reasoned = reader.post(
        edit_address(submitted),
        {**order, "workflow-action-extra-data": '{"comment": "Name your source"}'},
    )

    assert silent.status_code == 400
    assert reasoned.status_code == 302
    assert review_of(submitted).comment == "Name your source"


def test_a_review_cannot_be_decided_through_another_page(
    submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    other = submit_edit(make_park("Phantasialand"), by=moderator, text="My own text")
    reader = sign_in(moderator)
    fields = open_dialogue(reader, submitted, "approve")

    response = reader.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=(submitted.pk, "approve", review_of(other).pk),
        ),
        fields,
    )

    assert response.status_code == 404
    assert live_text(other) == ""


@pytest.mark.parametrize("second", ["approve", "reject"])
def test_the_second_decision_is_told_who_decided_first(
    second: str,
    submitted: RidePage,
    moderator: User,
    second_moderator: User,
    sign_in: SignIn,
) -> None:
    late = sign_in(second_moderator)
    fields = open_dialogue(late, submitted, second)
    decide(sign_in(moderator), submitted, "approve")

    response = late.post(
        decision_address(submitted, second), {**fields, "comment": "Too late"}
    )

    assert response.status_code == 409
    assert f"already decided: {moderator} approved it" in response.content.decode()
    assert review_of(submitted).finished_by == moderator


def test_a_late_decision_in_the_editor_is_not_taken_for_a_draft(
    submitted: RidePage, moderator: User, second_moderator: User, sign_in: SignIn
) -> None:
    late = sign_in(second_moderator)
    fields = open_editor(late, edit_address(submitted))
    decide(sign_in(moderator), submitted, "reject", comment="Name your source")

    response = late.post(
        edit_address(submitted),
        {
            **fields,
            "action-workflow-action": "true",
            "workflow-action-name": "approve",
        },
    )

    assert response.status_code == 409
    assert f"{moderator} asked for changes" in response.content.decode()
    assert live_text(submitted) == ""


def test_the_reports_open_for_a_moderator(
    submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    reader = sign_in(moderator)

    for name in ("workflow", "workflow_tasks"):
        report = reader.get(reverse(f"wagtailadmin_reports:{name}"))

        assert report.status_code == 200
        assert submitted.title in report.content.decode()

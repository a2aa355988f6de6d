"""Who is refused a decision sees what was reviewed against what is there now."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.test import Client

from wagtail.models import Page

import pytest

from accounts.models import User
from parks.models import RidePage
from tests.factories.people import make_person
from tests.moderation.admin_forms import (
    decide,
    decision_address,
    edit_address,
    open_dialogue,
    open_editor,
    review_of,
    words,
)
from tests.moderation.conftest import SignIn
from tests.moderation.submissions import live_text, save_draft, submit_edit

AJAX = {"x-requested-with": "XMLHttpRequest"}


def publish_over(ride: RidePage, *, by: User, title: str, text: str) -> None:
    """Publish another text of the ride, as an import does: from what is live."""
    page = Page.objects.get(pk=ride.pk).specific
    page.seo_title, page.search_description = title, text
    page.begun_from = page.live_revision_id
    page.save_revision(user=by).publish(user=by)


@pytest.fixture
def overtaken(ride: RidePage, editor: User, second_moderator: User) -> Any:
    """Under review with a text that lacks what has been live for a while."""
    draft = Page.objects.get(pk=ride.pk).specific
    draft.search_description = "Text as submitted"
    draft.begun_from = draft.live_revision_id
    publish_over(ride, by=second_moderator, title="Theirs", text="Their text")
    draft.save_revision(user=editor)
    page = Page.objects.get(pk=ride.pk).specific
    page.get_workflow().start(page, editor)
    return page


@pytest.fixture
def reader(moderator: User, sign_in: SignIn) -> Client:
    return sign_in(moderator)


def test_a_text_that_changed_is_shown_against_the_one_that_was_read(
    submitted: RidePage, second_moderator: User, reader: Client
) -> None:
    fields = open_dialogue(reader, submitted, "approve")
    save_draft(submitted, by=second_moderator, text="Text nobody read")

    response = reader.post(decision_address(submitted, "approve"), fields)

    _, _, shown = words(response).partition("What changed since that text")
    assert response.status_code == 409
    assert "Text as submitted" in shown
    assert "Text nobody read" in shown


def test_a_text_rewritten_in_place_is_shown_against_what_is_live(
    ride: RidePage, second_moderator: User, reader: Client
) -> None:
    publish_over(ride, by=second_moderator, title="", text="Text that is live")
    submit_edit(ride, by=second_moderator, text="Text as submitted")
    fields = open_dialogue(reader, ride, "approve")
    rewritten = {"overwrite_revision": review_of(ride).revision}
    save_draft(ride, by=second_moderator, text="Text nobody read", **rewritten)

    response = reader.post(decision_address(ride, "approve"), fields)

    _, _, shown = words(response).partition("What the new text would change")
    assert "Text that is live" in shown
    assert "Text nobody read" in shown


def test_a_text_begun_before_a_publish_is_refused_with_both_comparisons(
    overtaken: RidePage, reader: Client, second_moderator: User
) -> None:
    fields = {"fingerprint": review_of(overtaken).submitted_fingerprint}

    response = reader.post(decision_address(overtaken, "approve"), fields)

    shown = words(response)
    theirs, _, mine = shown.partition("What the reviewed text would change")
    assert response.status_code == 409
    assert "was published by somebody else after this text was begun" in theirs
    assert "What they changed" in theirs
    assert str(second_moderator) in theirs
    assert "Their text" in theirs
    assert "Text as submitted" in mine
    assert live_text(overtaken) == "Their text"
    assert review_of(overtaken).finished_at is None


def test_the_dashboard_says_so_before_the_moderator_fills_anything_in(
    overtaken: RidePage, reader: Client
) -> None:
    address = decision_address(overtaken, "approve")

    dialogue = reader.get(address, headers=AJAX).json()
    page = reader.get(address)

    assert dialogue["step"] == "refused"
    assert f'href="{address}" class="button">See what changed' in dialogue["html"]
    assert page.status_code == 409
    assert "What the reviewed text would change on the live page" in words(page)


def test_an_overtaken_text_is_approved_in_the_editor_that_shows_what_is_live(
    overtaken: RidePage, reader: Client
) -> None:
    address = decision_address(overtaken, "approve")
    editor = reader.get(address).context["reviewed_url"]
    form = open_editor(reader, editor)
    order = {"action-workflow-action": "true", "workflow-action-name": "approve"}

    response = reader.post(editor, {**form, **order, "seo_title": "Theirs"})

    live = Page.objects.get(pk=overtaken.pk)
    assert response.status_code == 302
    assert (live.seo_title, live.search_description) == ("Theirs", "Text as submitted")


def test_a_review_ended_by_a_publish_is_shown_against_what_was_published(
    submitted: RidePage, second_moderator: User, reader: Client
) -> None:
    fields = open_dialogue(reader, submitted, "approve")
    publish_over(submitted, by=second_moderator, title="", text="Their text")

    response = reader.post(decision_address(submitted, "approve"), fields)

    _, _, mine = words(response).partition("What the reviewed text would change")
    assert response.status_code == 409
    assert "Their text" in mine
    assert "Text as submitted" in mine
    assert f"/revisions/{review_of(submitted).revision_id}/revert/" in (
        response.content.decode()
    )


def test_a_text_that_went_live_as_it_was_reviewed_leaves_nothing_to_compare(
    submitted: RidePage, second_moderator: User, reader: Client, sign_in: SignIn
) -> None:
    fields = open_dialogue(reader, submitted, "approve")
    decide(sign_in(second_moderator), submitted, "approve")

    response = reader.post(decision_address(submitted, "approve"), fields)

    assert "approved it on" in words(response)
    assert "Open the reviewed text" not in words(response)
    assert "would change" not in words(response)


def test_the_form_of_the_editor_is_refused_with_the_same_comparison(
    submitted: RidePage, second_moderator: User, reader: Client
) -> None:
    form = open_editor(reader, edit_address(submitted))
    save_draft(submitted, by=second_moderator, text="Text nobody read")
    order = {"action-workflow-action": "true", "workflow-action-name": "approve"}

    response = reader.post(edit_address(submitted), {**form, **order})

    _, _, shown = words(response).partition("What changed since that text")
    assert "Text as submitted" in shown
    assert "Text nobody read" in shown


def test_a_person_who_may_not_edit_the_page_is_shown_no_draft(
    submitted: RidePage, second_moderator: User, sign_in: SignIn
) -> None:
    publish_over(submitted, by=second_moderator, title="", text="Their text")
    guests = Group.objects.create(name="Guests of the admin")
    guests.permissions.add(Permission.objects.get(codename="access_admin"))
    guest = make_person("Member")
    guest.groups.set([guests])

    response = sign_in(guest).get(decision_address(submitted, "approve"))

    assert response.status_code in (403, 409)
    assert "Text as submitted" not in words(response)


def test_a_comparison_that_is_out_of_date_leads_to_the_page(
    submitted: RidePage, reader: Client
) -> None:
    response = reader.get(decision_address(submitted, "approve"))

    assert response.status_code == 302
    assert response["location"] == edit_address(submitted)

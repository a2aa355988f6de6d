"""Who is told what, and that mail never stands in the way."""

import logging
from typing import Any

from django.contrib.auth.models import Group
from django.core import mail

from wagtail.users.models import UserProfile

import pytest

from accounts.models import User
from parks.models import RidePage
from tests.factories.people import make_person
from tests.moderation.admin_forms import decide
from tests.moderation.conftest import SignIn
from tests.moderation.submissions import live_text, submit_edit


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """A block at whose end everything waiting for the commit happens."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def _recipients() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_a_submission_is_told_once_to_each_moderator(
    ride: RidePage, editor: User, moderator: User, second_moderator: User, commit: Any
) -> None:
    make_person("admin")
    make_person("Member")

    with commit():
        submit_edit(ride, by=editor, text="New text")

    assert _recipients() == sorted([moderator.email, second_moderator.email])
    assert ride.title in mail.outbox[0].subject


def test_a_moderator_in_two_groups_of_the_step_gets_one_mail(
    ride: RidePage, editor: User, moderator: User, commit: Any
) -> None:
    panel = Group.objects.create(name="Safety panel")
    moderator.groups.add(panel)
    task = ride.get_workflow().tasks[0].specific
    task.groups.add(panel)

    with commit():
        submit_edit(ride, by=editor, text="New text")

    assert _recipients() == [moderator.email]


def test_a_moderator_who_submits_is_not_told_of_it(
    ride: RidePage, moderator: User, second_moderator: User, commit: Any
) -> None:
    with commit():
        submit_edit(ride, by=moderator, text="New text")

    assert _recipients() == [second_moderator.email]


def test_the_author_is_told_once_of_an_approval(
    submitted: RidePage, editor: User, moderator: User, sign_in: SignIn, commit: Any
) -> None:
    with commit():
        decide(sign_in(moderator), submitted, "approve")

    assert _recipients() == [editor.email]
    assert "approved" in mail.outbox[0].subject


def test_the_author_is_told_the_reason_of_a_rejection(
    submitted: RidePage, editor: User, moderator: User, sign_in: SignIn, commit: Any
) -> None:
    with commit():
        decide(sign_in(moderator), submitted, "reject", comment="Name your source")

    assert _recipients() == [editor.email]
    assert "Name your source" in mail.outbox[0].body
    assert live_text(submitted) == ""


def test_who_wants_no_mail_gets_none(
    submitted: RidePage, editor: User, moderator: User, sign_in: SignIn, commit: Any
) -> None:
    profile = UserProfile.get_for_user(editor)
    profile.approved_notifications = False
    profile.save()

    with commit():
        decide(sign_in(moderator), submitted, "approve")

    assert mail.outbox == []


def test_no_mail_leaves_before_the_decision_is_safe(
    submitted: RidePage, moderator: User, sign_in: SignIn
) -> None:
    decide(sign_in(moderator), submitted, "approve")

    assert mail.outbox == []


def test_a_broken_mail_server_does_not_undo_the_decision(
    submitted: RidePage,
    moderator: User,
    sign_in: SignIn,
    commit: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("no route to the mail server")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", fail)

    with commit(), caplog.at_level(logging.ERROR):
        response = decide(sign_in(moderator), submitted, "approve")

    assert response.status_code == 302
    assert live_text(submitted) == "Text as submitted"
    assert "no route to the mail server" in caplog.text

"""Mail is written down by whoever sends it and handed over by a worker."""

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

import pytest
import time_machine
from pytest_django.fixtures import Settings

from core.mail import sending
from core.mail.models import OutgoingMail
from core.mail.sending import LEASE, send_due, send_mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_waits(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "core.mail.backend.MailTable"


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """How often a worker was called."""
    rung: list[dict[str, Any]] = []
    monkeypatch.setattr(send_mail, "apply_async", lambda **how: rung.append(how))
    return rung


@pytest.fixture
def server_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A mail server that hangs up; the subjects it was offered."""
    offered: list[str] = []

    def hang_up(self: Any, messages: list[EmailMessage]) -> int:
        offered.extend(str(message.subject) for message in messages)
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    with monkeypatch.context() as outage:
        outage.setattr(EmailBackend, "send_messages", hang_up)
        yield offered


def write(subject: str = "Your code", **more: Any) -> int:
    return int(EmailMessage(subject, "K7-Q9", to=["rider@example.org"], **more).send())


def test_a_mail_waits_until_a_worker_sends_it_and_is_gone_then() -> None:
    write()
    before = len(mail.outbox)

    sent = send_due()

    assert (before, sent, len(mail.outbox)) == (0, 1, 1)
    assert mail.outbox[0].body == "K7-Q9"
    assert not OutgoingMail.objects.exists()


def test_a_mail_is_sent_as_it_was_written() -> None:
    message = EmailMultiAlternatives(
        subject="Ride closed: “The Beast”",
        body="In words",
        from_email="Wiki <wiki@example.org>",
        to=["one@example.org"],
        cc=["two@example.org"],
        bcc=["three@example.org"],
        reply_to=["desk@example.org"],
        headers={"Auto-Submitted": "auto-generated"},
        alternatives=[("<p>In markup</p>", "text/html")],
    )
    message.send()

    send_due()

    (sent,) = mail.outbox
    assert sent.message()["Auto-Submitted"] == "auto-generated"
    names = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")
    for name in names:
        assert getattr(sent, name) == getattr(message, name), name
    assert isinstance(sent, EmailMultiAlternatives)
    assert [tuple(one) for one in sent.alternatives] == [
        ("<p>In markup</p>", "text/html")
    ]


def test_what_is_undone_sends_no_mail_and_calls_nobody(
    rings: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not OutgoingMail.objects.exists()
    assert rings == []


def test_a_worker_is_called_after_the_commit(
    rings: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        write()
        before = len(rings)

    assert (before, len(rings)) == (0, 1)


def test_mail_is_sent_by_the_sweeper_when_nobody_heard_the_bell(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away(**how: Any) -> None:
        raise OSError("no broker")

    with monkeypatch.context() as outage:
        outage.setattr(send_mail, "apply_async", away)
        with django_capture_on_commit_callbacks(execute=True):
            write()
    assert mail.outbox == []

    send_mail()

    assert len(mail.outbox) == 1


def test_a_mail_the_server_did_not_take_comes_again_later_each_time(
    server_away: list[str],
) -> None:
    write()
    waits = []
    for _ in range(9):
        OutgoingMail.objects.update(due_at=timezone.now())
        before = timezone.now()
        assert send_due() == 0
        waits.append((OutgoingMail.objects.get().due_at - before).seconds // 60)

    assert waits == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert send_due() == 0
    assert len(server_away) == 9
    assert "SMTPServerDisconnected" in OutgoingMail.objects.get().problem


def test_one_mail_that_is_refused_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse_some(self: Any, messages: list[EmailMessage]) -> int:
        if messages[0].subject == "Bad":
            raise SMTPServerDisconnected("not this one")
        mail.outbox.extend(messages)
        return 1

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_some)
    for subject in ("Bad", "Good"):
        write(subject)

    assert send_due() == 1

    assert [message.subject for message in mail.outbox] == ["Good"]
    assert OutgoingMail.objects.get().subject == "Bad"


@pytest.mark.usefixtures("server_away")
def test_after_a_day_nobody_waits_for_a_mail_any_more() -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=25), tick=False):
        write()

    send_due()

    assert not OutgoingMail.objects.exists()


def test_a_mail_that_somebody_is_sending_is_left_alone_until_they_must_be_dead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write()
    taken_twice = []

    def look_again(self: Any, messages: list[EmailMessage]) -> int:
        taken_twice.append(sending.send_due())
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(EmailBackend, "send_messages", look_again)
        with pytest.raises(KeyboardInterrupt):
            send_due()
    with time_machine.travel(timezone.now() + LEASE, tick=False):
        sent = send_due()

    assert (taken_twice, sent) == ([0], 1)


def test_a_mail_sent_twice_is_the_same_mail() -> None:
    write()
    (row,) = OutgoingMail.objects.all()

    first, second = row.message().message(), row.message().message()

    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_a_mail_to_nobody_is_no_mail() -> None:
    assert EmailMessage("Hello", "Nobody there").send() == 0
    assert get_connection().send_messages([]) == 0
    assert not OutgoingMail.objects.exists()


def test_a_header_that_smuggles_another_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="newline"):
        write("Hello\nBcc: everybody@example.org")

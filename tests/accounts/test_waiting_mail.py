"""No account page waits for the mail server."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from pytest_django.fixtures import Settings

from accounts.models import User
from core.mail.models import OutgoingMail
from core.mail.sending import send_due, send_mail
from tests.accounts.conftest import CODE, RESET, SIGN_UP
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

NEW = {"email": "new@example.org", "display_name": "New", "password1": PASSWORD}


@pytest.fixture
def silent_server(settings: Settings) -> Iterator[socket.socket]:
    """A mail server that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        settings.EMAIL_BACKEND = "core.mail.backend.MailTable"
        settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()[:2]
        settings.EMAIL_TIMEOUT = 0.01
        yield server


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Calls for a worker, none of which comes."""
    made: list[dict[str, Any]] = []
    monkeypatch.setattr(send_mail, "apply_async", lambda **how: made.append(how))
    return made


def was_called(server: socket.socket) -> bool:
    try:
        call, _ = server.accept()
    except BlockingIOError:
        return False
    call.close()
    return True


def waiting() -> list[str]:
    return [mail.subject for mail in OutgoingMail.objects.order_by("pk")]


def test_signing_up_does_not_call_a_mail_server_that_never_answers(
    silent_server: socket.socket,
    calls: list[Any],
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(SIGN_UP, NEW)

    assert page.headers["Location"] == CODE
    assert User.objects.filter(email="new@example.org").exists()
    assert not was_called(silent_server)
    assert len(waiting()) == len(calls) == 1


@pytest.mark.parametrize("email", ["known@example.org", "fresh@example.org"])
def test_a_reset_does_not_call_it_either_whoever_asks(
    email: str,
    silent_server: socket.socket,
    calls: list[Any],
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    make_person(email="known@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(RESET, {"email": email})

    assert page.status_code == 302
    assert not was_called(silent_server)
    assert len(waiting()) == len(calls) == 1


@pytest.mark.usefixtures("calls")
def test_the_mail_keeps_waiting_while_the_server_is_silent_and_arrives_after(
    silent_server: socket.socket,
    client: Client,
    settings: Settings,
    latest_code: Callable[[], str],
) -> None:
    client.post(SIGN_UP, NEW)

    unsent = send_due()
    asked = was_called(silent_server)
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutgoingMail.objects.update(due_at="2020-01-01T00:00Z")
    sent = send_due()
    confirmed = client.post(CODE, {"code": latest_code()})

    assert (unsent, asked, sent) == (0, True, 1)
    assert confirmed.headers["Location"] == "/"
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("silent_server", "calls")
def test_a_known_address_writes_as_much_as_an_unknown_one(client: Client) -> None:
    make_person(email="known@example.org")
    written = []
    for email in ("known@example.org", "fresh@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.post(RESET, {"email": email})
        statements = [query["sql"].split()[0] for query in asked.captured_queries]
        written.append([word for word in statements if word in ("INSERT", "UPDATE")])

    assert written[0] == written[1]
    assert "INSERT" in written[0]

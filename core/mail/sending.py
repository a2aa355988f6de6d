"""Handing waiting mail to the mail server, again and again until it takes it."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import F
from django.utils import timezone

from celery import shared_task

from core.doorbell import Doorbell
from core.mail.models import OutgoingMail

logger = logging.getLogger("thrillwiki.mail")

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
# Nobody waits for a code or a link any longer than that.
KEPT_FOR = timedelta(days=1)
# How long a worker has for one mail before another one tries it.
LEASE = timedelta(minutes=5)


@shared_task
def send_mail(**extras: object) -> None:
    """Send what is due. Two workers share the work."""
    send_due()


bell = Doorbell(send_mail)


def send_due() -> int:
    """Send all mail that is due; returns how much was sent.

    A worker that dies on the way has its mail sent once more: twice is better than
    never for somebody who waits for a code.
    """
    sent = 0
    for mail in OutgoingMail.objects.filter(due_at__lte=timezone.now()):
        if _is_taken(mail):
            sent += _send(mail)
    return sent


def _is_taken(mail: OutgoingMail) -> bool:
    """Whether this process is the one to send it. No lock: a mail server is slow."""
    due = OutgoingMail.objects.filter(pk=mail.pk, due_at=mail.due_at)
    lease = timezone.now() + LEASE
    return bool(due.update(due_at=lease, attempts=F("attempts") + 1))


def _send(mail: OutgoingMail) -> bool:
    server = get_connection(settings.MAIL_DELIVERY_BACKEND)
    row = OutgoingMail.objects.filter(pk=mail.pk)
    try:
        server.send_messages([mail.message()])
    except OSError as problem:  # SMTP's errors are among them
        if timezone.now() - mail.written_at > KEPT_FOR:
            logger.error("%s was given up: %s", mail, problem)
            row.delete()
            return False
        logger.warning("%s waits: %s", mail, problem)
        row.update(
            problem=f"{type(problem).__name__}: {problem}"[:300],
            due_at=timezone.now() + _wait_after(mail.attempts),
        )
        return False
    row.delete()
    return True


def _wait_after(attempts: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** min(attempts, 16), LONGEST_WAIT)

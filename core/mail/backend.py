"""What Django takes for its mail server: a table that a worker empties."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from core.mail.models import OutgoingMail
from core.mail.sending import bell


class MailTable(BaseEmailBackend):
    """Writes mail down in the transaction of whoever sends it.

    A slow or dead mail server holds nobody up, and a change that is undone sends no
    mail. MAIL_DELIVERY_BACKEND is what the worker hands the mail to.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [OutgoingMail.of(message) for message in email_messages if message.to]
        OutgoingMail.objects.bulk_create(rows)
        if rows:
            transaction.on_commit(bell.ring)
        return len(rows)

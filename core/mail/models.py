"""A mail that waits to be sent."""

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import models
from django.utils import timezone


class OutgoingMail(models.Model):
    """One mail, from when it was written until the mail server has taken it.

    It may hold a code or a link that opens an account, so it goes once it is sent.
    """

    wagtail_reference_index_ignore = True  # mail uses nothing

    subject = models.TextField()
    body = models.TextField()
    alternatives = models.JSONField(default=list, help_text="Pairs: text, kind.")
    sender = models.TextField()
    recipients = models.JSONField(help_text="Lists of addresses: to, cc, bcc.")
    reply_to = models.JSONField(default=list)
    headers = models.JSONField(default=dict)

    written_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("due_at", "pk")

    def __str__(self) -> str:
        return f"mail {self.pk}: {self.subject}"

    @classmethod
    def of(cls, message: EmailMessage) -> "OutgoingMail":
        """The row of a message, not saved yet. Raises ValueError for an impossible one.

        Its date and identity are fixed now: sent twice, it is the same mail.
        """
        if message.attachments:
            raise ValueError("Mail with attachments does not wait in the database.")
        written = message.message()
        fixed = {name: str(written[name]) for name in ("Date", "Message-ID")}
        return cls(
            subject=str(message.subject),
            body=str(message.body),
            alternatives=[list(one) for one in getattr(message, "alternatives", [])],
            sender=message.from_email,
            recipients={"to": message.to, "cc": message.cc, "bcc": message.bcc},
            reply_to=list(message.reply_to),
            headers={**fixed, **message.extra_headers},
        )

    def message(self) -> EmailMessage:
        """The message as it was written."""
        return EmailMultiAlternatives(
            subject=self.subject,
            body=self.body,
            from_email=self.sender,
            reply_to=self.reply_to,
            headers=self.headers,
            alternatives=[tuple(one) for one in self.alternatives],
            **self.recipients,
        )

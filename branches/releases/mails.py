"""Who is told that a release would fail, a day before."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from branches.mails import reviewers
from branches.models import Proposal
from core.reader import language_chosen_by

SUBJECT = _("A release would not go live as it is: %(title)s")
NAMED = 20


def warn(release: Proposal, problems: Sequence[str]) -> None:
    """Tell its author and those who decide what stands in its way."""
    context = {
        "release": release,
        "problems": problems[:NAMED],
        "more": max(len(problems) - NAMED, 0),
        "address": f"{settings.WAGTAILADMIN_BASE_URL}{release.get_absolute_url()}",
    }
    people = {release.author.pk: release.author}
    people |= {person.pk: person for person in reviewers()}
    for person in people.values():
        with override(language_chosen_by(person) or settings.LANGUAGE_CODE):
            subject = str(SUBJECT) % {"title": release.title}
            text = render_to_string(
                "branches/release_mail.txt", {**context, "person": person}
            )
        send_mail(subject, text, None, [person.email])

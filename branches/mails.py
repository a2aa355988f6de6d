"""Who is told about a proposal, and in which words.

Mail is written down in the transaction that it tells of and sent by the worker.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from branches.models import NoteKind, ProposalNote
from core.reader import language_chosen_by

_SUBJECTS_OF_SUGGESTIONS = {
    NoteKind.SUBMITTED: _("A suggestion waits: %(title)s"),
    NoteKind.REVISED: _("A suggestion was revised: %(title)s"),
    NoteKind.AMENDED: _("Your suggestion was amended: %(title)s"),
    NoteKind.RESOLVED: _("A suggestion waits again: %(title)s"),
    NoteKind.BLOCKED: _("Your suggestion has to be mended first: %(title)s"),
    NoteKind.CHANGES: _("Please change your suggestion: %(title)s"),
    NoteKind.REJECTED: _("Your suggestion was not taken: %(title)s"),
    NoteKind.CONFLICT: _("Your suggestion is in conflict: %(title)s"),
    NoteKind.EXPIRING: _("Your suggestion will be closed in a week: %(title)s"),
    NoteKind.EXPIRED: _("Your suggestion is closed: %(title)s"),
    NoteKind.MERGED: _("Your suggestion is published: %(title)s"),
    NoteKind.APPROVED: _("A second approval is needed: %(title)s"),
    NoteKind.DRAFTED: _("Your suggestion is accepted: %(title)s"),
    NoteKind.COMMENT: _("A comment on the suggestion: %(title)s"),
}
_SUBJECTS_OF_BRANCHES = {
    NoteKind.SUBMITTED: _("A branch waits: %(title)s"),
    NoteKind.REVISED: _("A branch was changed: %(title)s"),
    NoteKind.AMENDED: _("A branch was changed: %(title)s"),
    NoteKind.RESOLVED: _("A branch waits again: %(title)s"),
    NoteKind.BLOCKED: _("Your branch has to be mended first: %(title)s"),
    NoteKind.CHANGES: _("Please change your branch: %(title)s"),
    NoteKind.REJECTED: _("Your branch was not taken: %(title)s"),
    NoteKind.CONFLICT: _("Your branch is in conflict: %(title)s"),
    NoteKind.MERGED: _("Your branch is published: %(title)s"),
    NoteKind.APPROVED: _("A second approval is needed: %(title)s"),
    NoteKind.DRAFTED: _("Your branch is accepted: %(title)s"),
    NoteKind.COMMENT: _("A comment on the branch: %(title)s"),
}
# What those who decide are told in other words than the author.
_SUBJECTS_TO_REVIEWERS = {
    NoteKind.CONFLICT: _("An approved branch could not be published: %(title)s"),
}


def tell_author(note: ProposalNote) -> None:
    """Tell the author of a proposal what somebody else did with it."""
    author = note.proposal.author
    if note.author_id != author.pk and author.is_active:
        _send(note, [author])


def tell_reviewers(note: ProposalNote) -> None:
    """Tell those who decide, but not who wrote it: each gets a mail of their own."""
    involved = {note.author_id, note.proposal.author_id}
    others = reviewers().exclude(pk__in=involved - {None})
    _send(note, others, _SUBJECTS_TO_REVIEWERS)


def reviewers() -> Any:
    """Those who decide about proposals."""
    rights = {
        "content_type__app_label": "branches",
        "codename": "review_proposal",
    }
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(
        **{f"groups__permissions__{name}": value for name, value in rights.items()}
    ).distinct()


def tell_of_note(note: ProposalNote) -> None:
    """Tell the other side of what was written in the thread."""
    if note.author_id == note.proposal.author_id:
        tell_reviewers(note)
    else:
        tell_author(note)


def _send(
    note: ProposalNote, people: Any, subjects: Mapping[NoteKind, Any] | None = None
) -> None:
    proposal = note.proposal
    kind = NoteKind(note.kind)
    usual = _SUBJECTS_OF_BRANCHES if proposal.is_branch else _SUBJECTS_OF_SUGGESTIONS
    template = f"branches/mail_{'branch' if proposal.is_branch else 'suggestion'}.txt"
    address = f"{settings.WAGTAILADMIN_BASE_URL}{proposal.get_absolute_url()}"
    context = {"note": note, "proposal": proposal, "kind": kind, "address": address}
    for person in people:
        with override(language_chosen_by(person) or settings.LANGUAGE_CODE):
            subject = {**usual, **(subjects or {})}[kind] % {"title": proposal.title}
            text = render_to_string(template, {**context, "person": person})
        send_mail(subject, text, None, [person.email])

"""What those who work on a branch are told by mail."""

from typing import Any

from django.core import mail

import pytest

from branches.mails import tell_author
from branches.models import NoteKind, ProposalNote
from parks.models import RidePage
from tests.branches.proposing import branch_with, piece
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("home")

# What never comes to a branch, or is told nobody.
ELSEWHERE = {NoteKind.WITHDRAWN, NoteKind.EXPIRING, NoteKind.EXPIRED}


def test_a_mail_about_a_branch_calls_it_a_branch(
    ride: RidePage, moderator: Any
) -> None:
    editor = make_person("Editor")
    branch = branch_with(piece(ride, seo_title="Another"), by=editor)
    mail.outbox.clear()

    for kind in set(NoteKind) - ELSEWHERE:
        tell_author(ProposalNote(proposal=branch, kind=kind, author=moderator))

    for told in mail.outbox:
        assert branch.title in told.subject
        assert f"branch “{branch.title}”" in told.body
        assert "suggestion" not in f"{told.subject} {told.body}"
    assert len(mail.outbox) == len(NoteKind) - len(ELSEWHERE)

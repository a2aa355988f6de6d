"""Amending a suggestion of somebody else before it is decided."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from branches.actions.drafting import Wanted, put_in
from branches.actions.submitting import checked, review_anew
from branches.amendments import say_the_same
from branches.mails import tell_author
from branches.models import Coauthor, NoteKind, Proposal, ProposalNote
from branches.refusals import NothingChanged, NotOpenAnyMore, RevisedMeanwhile
from branches.rights import may_amend, may_review
from history.diff.schema import schema_of
from history.reverting.contents import Content


def amend(
    proposal: Proposal, wanted: Wanted, *, began: Content, by: Any, seen: str
) -> Proposal:
    """Let a suggestion say something else, before anybody decides about it.

    `began` is what it said in the form that was amended, `seen` its content hash then.
    Its author stays its author and is told. Whoever changes a fact is a co-author from
    then on, and leaves the decision to somebody else; another unit, spaces and
    punctuation change none. Raises NothingChanged, RevisedMeanwhile, NotOpenAnyMore,
    NoReviewers, TooLarge, PermissionDenied.
    """
    if wanted.content in (began, wanted.before):
        raise NothingChanged
    with transaction.atomic():
        held = Proposal.objects.held(proposal.pk)
        if not may_review(by) or held.author_id == by.pk:
            raise PermissionDenied
        if not may_amend(by, held):
            raise NotOpenAnyMore(held)
        if not seen == held.content_hash == proposal.content_hash:
            raise RevisedMeanwhile
        put_in(held, wanted)
        if not say_the_same(schema_of(wanted.model), began, wanted.content):
            add_coauthor(held, by)
        review_anew(held, by=by, kind=NoteKind.AMENDED)
        note = ProposalNote.objects.filter(proposal=held).latest("pk")
        tell_author(note)
    return checked(held)


def add_coauthor(proposal: Proposal, person: Any) -> None:
    """Name somebody who changed a fact of it; its own author is named already."""
    if person.pk != proposal.author_id:
        Coauthor.objects.get_or_create(proposal=proposal, person=person)

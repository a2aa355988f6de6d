"""Beginning anew with what a closed suggestion says."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from branches.actions.drafting import refuse_too_many_drafts, write
from branches.models import Proposal, ProposalItem
from branches.refusals import NotCopied
from branches.rights import has_proved_address, may_copy


@transaction.atomic
def copy_to_draft(proposal: Proposal, *, by: Any) -> Proposal:
    """A new draft that says what a closed suggestion of the same person says.

    Raises TooManyDrafts, NotCopied, PermissionDenied.
    """
    if proposal.author_id != by.pk or not has_proved_address(by):
        raise PermissionDenied
    if proposal.is_branch or not may_copy(by, proposal):
        raise NotCopied
    refuse_too_many_drafts(by)
    draft = Proposal(
        author=by,
        live=False,
        title=proposal.title,
        reason=proposal.reason,
        source=proposal.source,
    )
    draft.items = [_copy(item) for item in proposal.items.all()]
    write(draft)
    return draft


def _copy(item: ProposalItem) -> ProposalItem:
    return ProposalItem(
        object_uuid=item.object_uuid,
        content_type=item.content_type,
        operation=item.operation,
        base=item.base,
        place_uuid=item.place_uuid,
        title=item.title,
        content=item.content,
    )

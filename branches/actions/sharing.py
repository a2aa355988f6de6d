"""Letting people without rights look at a branch, and ending that."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from branches.models import Proposal
from branches.refusals import NotOpenAnyMore
from branches.rights import may_begin_branch
from branches.sharing import new_key
from branches.states import UNSETTLED


@transaction.atomic
def share_branch(branch: Proposal, *, by: Any) -> Proposal:
    """Begin a new link to look at a branch; every link before it ends.

    Raises NotOpenAnyMore, PermissionDenied.
    """
    return _with_key(branch, new_key(), by)


@transaction.atomic
def end_sharing(branch: Proposal, *, by: Any) -> Proposal:
    """End every link to look at a branch. Raises as `share_branch` does."""
    return _with_key(branch, "", by)


def _with_key(branch: Proposal, key: str, by: Any) -> Proposal:
    branch = Proposal.objects.held(branch.pk)
    if not branch.is_branch or not may_begin_branch(by):
        raise PermissionDenied
    if branch.state not in UNSETTLED:
        raise NotOpenAnyMore(branch)
    branch.share_key = key
    # Nothing that an approval is about: neither its hash nor its date changes.
    branch.save(update_fields=["share_key"])
    return branch

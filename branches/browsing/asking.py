"""Finding a branch and those of its pages that somebody may see."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from branches.models import ItemOperation, Proposal, ProposalItem
from branches.rights import may_read, may_review
from branches.suggesting.asking import is_hidden
from history.models import PageVersion
from history.reading import may_read_hidden
from history.visibility import visible_to


def branch_for(request: HttpRequest, pk: int) -> Proposal:
    """The branch with a number. Http404 also for who may not know of it."""
    user = request.user
    branches = Proposal.objects.branches().select_related("author", "changeset")
    branch = branches.filter(pk=pk).first()
    if (
        branch is None
        or not may_read(user, branch)
        or (is_hidden(branch) and not may_read_hidden(user))
    ):
        raise Http404(_("There is no such branch."))
    return branch


def items_for(user: Any, branch: Proposal) -> QuerySet[ProposalItem]:
    """The items about pages that a person may read, where they are and where they go.

    Whoever reviews sees all of them, and everybody what they wrote themselves.
    """
    items = branch.items.all()
    if may_review(user):
        return items
    wanted = list(items.values_list("object_uuid", "place_uuid", "operation"))
    added = {
        uuid: place
        for uuid, place, operation in wanted
        if operation == ItemOperation.CREATE
    }
    named = {uuid for row in wanted for uuid in row[:2] if uuid} - added.keys()
    versions = PageVersion.objects.filter(object_uuid__in=named)
    readable = visible_to(user, versions).order_by().values_list("object_uuid")
    seen = {uuid for (uuid,) in readable.distinct()}
    shown = [
        uuid
        for uuid, place, _ in wanted
        if _is_seen(uuid, added, seen) and (not place or _is_seen(place, added, seen))
    ]
    own = Q(author=user) if user.is_authenticated else Q()
    return items.filter(Q(object_uuid__in=shown) | own)


def _is_seen(uuid: UUID, added: Mapping[UUID, UUID | None], seen: set[UUID]) -> bool:
    """What is new is seen by who sees the page above it that is there already."""
    for _step in range(len(added) + 1):
        if uuid not in added:
            return uuid in seen
        above = added[uuid]
        if above is None:
            return False
        uuid = above
    return False

"""Finding the proposal that an address names, for who may see it."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from branches.models import ItemOperation, Proposal
from branches.rights import may_read, may_review
from history.models import ChangeSet, PageVersion
from history.reading import may_read_hidden
from history.visibility import visible_to


def proposal_for(request: HttpRequest, pk: int) -> Proposal:
    """The proposal with a number. Http404 also for who may not know of it.

    What it became may have been hidden since, and its page made private: then it is
    as hidden and as private as they are.
    """
    user = request.user
    proposals = Proposal.objects.select_related("author", "changeset")
    proposal = proposals.filter(pk=pk).first()
    if (
        proposal is None
        or not may_read(user, proposal)
        or (is_hidden(proposal) and not may_read_hidden(user))
        or not (user.pk == proposal.author_id or sees_objects(user, proposal))
    ):
        raise Http404(_("There is no such suggestion."))
    return proposal


def sees_objects(user: Any, proposal: Proposal) -> bool:
    """Whether a person may read the pages that a proposal is about, as they are now."""
    if may_review(user):
        return True
    items = proposal.items.values_list("operation", "object_uuid", "place_uuid")
    new = {uuid for deed, uuid, place in items if deed == ItemOperation.CREATE}
    # What is new is as public as the page it shall stand under.
    uuids = {one for deed, *both in items for one in both if one} - new
    versions = PageVersion.objects.filter(object_uuid__in=uuids)
    seen = visible_to(user, versions).values_list("object_uuid", flat=True)
    return set(seen.distinct().order_by()) >= uuids


def is_hidden(proposal: Proposal) -> bool:
    """Whether anything of what it became is hidden; it may have become many changes."""
    merged = proposal.items.exclude(merged_in=None).values("merged_in")
    changes = ChangeSet.objects.filter(
        Q(pk=proposal.changeset_id) | Q(pk__in=merged)
    ).filter(
        Q(author_hidden=True) | Q(reason_hidden=True) | Q(versions__text_hidden=True)
    )
    return proposal.changeset_id is not None and changes.exists()

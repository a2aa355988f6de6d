"""What stands below a page, on the main line and on a branch."""

from typing import Any
from uuid import UUID

from branches.models import ItemOperation, Proposal, ProposalItem


def with_new_below(branch: Proposal, uuid: UUID) -> set[UUID]:
    """An object and, if the branch adds it, all that it adds below it."""
    places = dict(
        ProposalItem.objects.filter(
            proposal=branch, operation=ItemOperation.CREATE
        ).values_list("object_uuid", "place_uuid")
    )
    family = {uuid}
    if uuid not in places:
        return family
    while more := {
        new for new, place in places.items() if place in family and new not in family
    }:
        family |= more
    return family


def items_under(branch: Proposal, uuid: UUID) -> list[ProposalItem]:
    """What a branch adds below a page, and what it moves there."""
    found = ProposalItem.objects.filter(proposal=branch, place_uuid=uuid)
    return list(found.defer("content").select_related("content_type"))


def differing(branch: Proposal, uuids: Any) -> dict[UUID, ProposalItem]:
    """Of these objects those that are others on a branch, by uuid."""
    found = ProposalItem.objects.filter(proposal=branch, object_uuid__in=list(uuids))
    return {item.object_uuid: item for item in found.defer("content")}

"""What moderators changed in a suggestion since its author handed it in."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from branches.models import Proposal, ProposalItem
from history.diff.rendering import render_comparison


def amended_in(request: HttpRequest, proposal: Proposal) -> list[SafeString]:
    """For each object the way from its author's words to those of now."""
    latest: Any = proposal.latest_revision
    if proposal.is_branch or latest is None or latest.user_id == proposal.author_id:
        return []
    own = proposal.revisions.filter(user=proposal.author_id)
    written = own.order_by("-created_at", "-pk").first()
    return changes_since(request, proposal, written.content) if written else []


def changes_since(
    request: HttpRequest, proposal: Proposal, old: dict[str, Any]
) -> list[SafeString]:
    """For each object the way from a stored text of a proposal to the newest one."""
    before = {str(item["object_uuid"]): item.get("content") for item in old["items"]}
    return [
        render_comparison(
            item.model,
            before.get(str(item.object_uuid)) or {},
            item.content,
            request=request,
        )
        for item in _items(proposal)
    ]


def _items(proposal: Proposal) -> Iterable[ProposalItem]:
    items = proposal.items.select_related("content_type")
    return [item for item in items if item.model is not None]

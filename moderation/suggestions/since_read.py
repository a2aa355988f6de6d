"""What a suggestion says now and did not say when a moderator read it."""

from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from branches.models import Proposal, hash_of
from history.diff.rendering import render_comparison

# Of the texts that were handed in, those that a moderator may still have open.
NEWEST = 20


def since_read(request: HttpRequest, proposal: Proposal, read: str) -> list[SafeString]:
    """For each object the way from the text with this hash to the newest one.

    Empty when nobody knows the text that was read. Of a branch nobody does: its
    revisions hold no texts.
    """
    if proposal.is_branch:
        return []
    revisions = proposal.revisions.order_by("-created_at", "-pk")[:NEWEST]
    known = (revision.content for revision in revisions)
    old = next((content for content in known if hash_of(content) == read), None)
    if old is None:
        return []
    before = {str(item["object_uuid"]): item["content"] for item in old["items"]}
    return [
        render_comparison(
            model, before.get(str(item.object_uuid), {}), item.content, request=request
        )
        for item in proposal.items.select_related("content_type")
        if (model := _model_of(item)) is not None
    ]


def _model_of(item: Any) -> Any:
    return item.content_type.model_class()

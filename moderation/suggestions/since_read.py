"""What a suggestion says now and did not say when a moderator read it."""

from django.http import HttpRequest
from django.utils.safestring import SafeString

from branches.models import Proposal, hash_of
from branches.suggesting.amended import changes_since

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
    return changes_since(request, proposal, old)

"""The fingerprint of a text under review: equal fingerprints, equal publishes."""

from typing import Any

from branches.models import Proposal, hash_of
from core.models import ContentPage
from history.content import canonical_text, facts_in, fingerprint

# Not facts about the subject, yet an approval brings them into force all the same.
TIMES = ("go_live_at", "expire_at")


def fingerprint_of(revision: Any) -> str:
    """sha256 of everything that publishing this revision would make public.

    Comments of editors are left out: adding one does not undo a review.
    """
    model = revision.content_type.model_class()
    content = revision.content
    if issubclass(model, Proposal):
        return hash_of(content)
    if issubclass(model, ContentPage):
        beside = {name: content.get(name) for name in (*TIMES, *model.describes_change)}
        content = {**facts_in(model, content), "beside": beside}
    return fingerprint(canonical_text(content))

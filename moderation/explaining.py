"""What a moderator is shown whose decision was refused."""

from typing import Any

from django.http import HttpRequest

from wagtail.models import Revision

from core.models import ContentPage
from history.conflicts.meanwhile import content_to
from history.conflicts.rule import beginnings_of
from history.conflicts.telling import editor_of, meanwhile, revision_editor_of
from history.content import facts_in
from history.diff.rendering import render_comparison
from history.models import ObjectHead
from history.visibility import may_edit
from moderation.refusals import (
    AlreadyDecided,
    DecisionRefused,
    Overtaken,
    TextChanged,
)


def explanation(page: Any, refusal: DecisionRefused) -> dict[str, Any]:
    """The reason, and where to go from here."""
    told = {"reason": str(refusal), "page": page, "edit_url": editor_of(page)}
    reviewed = getattr(refusal, "reviewed", None)
    if _is_not_live(page, reviewed):
        told["reviewed_url"] = revision_editor_of(page, reviewed)
    return told


def comparison(
    request: HttpRequest, page: Any, refusal: DecisionRefused
) -> dict[str, Any]:
    """What was reviewed against what is there now, for templates/moderation.

    Empty where there is nothing to compare, or for a person who may not see drafts.
    """
    page = page.specific
    if not isinstance(page, ContentPage) or not may_edit(request.user, page):
        return {}
    match refusal:
        case TextChanged():
            return _drafts_compared(request, page, refusal)
        case AlreadyDecided() | Overtaken() if _is_not_live(page, refusal.reviewed):
            reviewed = refusal.reviewed
        case _:
            return {}
    told = meanwhile(request, page, reviewed, beginnings_of(reviewed)[0])
    return told if told["since"] else {}


def _is_not_live(page: Any, reviewed: Revision | None) -> bool:
    return reviewed is not None and page.live_revision_id != reviewed.pk


def _drafts_compared(
    request: HttpRequest, page: ContentPage, refusal: TextChanged
) -> dict[str, Any]:
    """The text that was read and the one that is the newest draft now.

    If nobody knows any more what was read, the new text is held against the live one.
    """
    model = type(page)
    read = page.revisions.filter(pk=refusal.read_id).first()
    before: dict[str, Any] | None = None
    if read is not None:
        before = facts_in(model, read.content)
    else:
        head = ObjectHead.objects.select_related("version__payload")
        known = head.filter(pk=page.uuid, version__live=True).first()
        if known is not None and known.version is not None:
            before = content_to(request.user, known.version)
    if before is None:
        return {}
    after = facts_in(model, refusal.latest.content)
    shown = render_comparison(model, before, after, request=request)
    return {"changed": shown, "is_since_read": read is not None}

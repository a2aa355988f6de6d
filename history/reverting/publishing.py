"""Publishing other facts of something than it has now, with who says so and why."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Revision

from core.models import ContentPage
from history.reverting.contents import Edit, check, drafted, stored_data
from history.reverting.drafts import waiting_draft


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a change in the public history."""

    reason: str
    source: str = ""


def publish_edit(edit: Edit, by: Any, words: Words, **how: Any) -> None:
    """Make the facts live; a draft that waits goes on from them.

    Raises NotPublishable for facts that contradict the wiki of today, RevertRefused
    when the draft changes the same. `how` is told to Wagtail's publish.
    """
    waiting = waiting_draft(edit)
    revision_of(edit, by, words, is_checked=True).publish(user=by, **how)
    if waiting is not None:
        subject = type(edit.subject)._base_manager.get(pk=edit.subject.pk)
        waiting.save_on(subject, by=waiting.revision.user)


def revision_of(
    edit: Edit,
    by: Any,
    words: Words,
    *,
    is_checked: bool = False,
    log_action: str = "wagtail.revert",
) -> Revision:
    """The facts saved as the newest draft."""
    subject = edit.subject
    draft = drafted(subject, stored_data(subject), edit.after)
    if isinstance(draft, ContentPage):
        draft.change_reason, draft.change_source = words.reason[:200], words.source
    if is_checked:
        check(draft)
    return draft.save_revision(user=by, log_action=log_action, clean=False)

"""Somebody's draft, when the page below it is changed: it goes on from the result."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType

from wagtail.models import Page, Revision, WorkflowState

from core.models import ContentPage
from core.sayings import saying as _
from history.content import Versioned, facts_in
from history.diff.schema import schema_of
from history.facts import disputed_facts
from history.merging import merge
from history.reverting.contents import Content, Edit, drafted, facts_alone
from history.reverting.refusals import RevertRefused


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """A draft that is not published, and its facts with the revert taken into it."""

    revision: Revision
    content: Content

    def save_on(self, subject: Versioned, *, by: Any, reason: str = "") -> Revision:
        """Make it the newest draft of the object again.

        `reason` is said of it where its author has said nothing yet.
        """
        draft = drafted(subject, self.revision.content, self.content)
        if isinstance(draft, ContentPage):
            draft.change_reason = draft.change_reason or reason
        return draft.save_revision(user=by, log_action=True, clean=False)


def waiting_draft(edit: Edit) -> WaitingDraft | None:
    """The draft of an object that says something else than what is live, if any.

    Raises RevertRefused when it changes the same facts as the edit.
    """
    subject = edit.subject
    draft = subject.get_latest_revision() if subject.has_unpublished_changes else None
    if draft is None:
        return None
    model: Any = type(subject)
    facts = facts_alone(facts_in(model, draft.content))
    if facts == edit.before:
        return None
    result = merge(schema_of(model), edit.before, facts, edit.after)
    if result.conflicts:
        names = disputed_facts(model, result.conflicts)
        raise RevertRefused(
            _(
                "“%(subject)s” has a draft that is not published and changes "
                "the same: %(join)s. Publish or discard it first, so that it "
                "is not lost."
            )
            % {"subject": subject, "join": ", ".join(names)}
        )
    return WaitingDraft(draft, result.content)


def refuse_if_busy(subject: Versioned, by: Any) -> None:
    """Raise RevertRefused while others rely on the object staying as it is."""
    if subject.scheduled_revision is not None:
        raise RevertRefused(
            _("“%(subject)s” is scheduled to be published. Cancel that first.")
            % {"subject": subject}
        )
    if isinstance(subject, ContentPage) and subject.workflow_in_progress:
        raise RevertRefused(
            _("“%(subject)s” is under review. Let it be decided first.")
            % {"subject": subject}
        )
    lock = subject.get_lock()
    if lock is not None and lock.for_user(by):
        # What Wagtail says of a lock is markup, and names whoever set it.
        raise RevertRefused(
            _(
                "“%(subject)s” is locked. Ask whoever locked it, or a moderator, to "
                "unlock it."
            )
            % {"subject": subject}
        )


def refuse_if_any_busy(subjects: Sequence[Versioned], by: Any) -> None:
    """The same for many: two queries for all pages among them, unless one is busy."""
    pages = {one.pk: one for one in subjects if isinstance(one, ContentPage)}
    keys = [str(pk) for pk in pages]
    base = ContentType.objects.get_for_model(Page)
    scheduled = Revision.objects.filter(
        base_content_type=base, object_id__in=keys, approved_go_live_at__isnull=False
    )
    reviewed = WorkflowState.objects.active().filter(
        base_content_type=base, object_id__in=keys
    )
    busy = {
        *map(int, scheduled.values_list("object_id", flat=True)),
        *map(int, reviewed.values_list("object_id", flat=True)),
        *(page.pk for page in pages.values() if page.locked),
    }
    for subject in subjects:
        if not isinstance(subject, ContentPage) or subject.pk in busy:
            refuse_if_busy(subject, by)

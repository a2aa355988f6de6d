"""Publishing other facts of something than it has now, with who says so and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError

from wagtail.models import Revision

from core.bulk_publishing import Publish, publish_many
from core.changes import current_action
from core.models import ContentPage
from core.references import reading_together
from history.content import Versioned
from history.recording import MOVES_WITH_EDIT
from history.reverting.contents import Content, Edit, check, drafted, stored_data
from history.reverting.drafts import waiting_draft

# So few are published one by one.
FEW = 3


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a change in the public history."""

    reason: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class _Edited:
    subject: Versioned
    before: Content
    after: Content


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


def publish_elsewhere(
    edit: Edit,
    place: ContentPage,
    by: Any,
    words: Words,
    *,
    with_text: bool = True,
    **how: Any,
) -> None:
    """Move a page, and make its facts live where it arrives: one version says both.

    Without its text just the page moves, under the slug it shall have. Raises as
    `publish_edit` does, and PlaceTaken.
    """
    model: Any = type(edit.subject)
    key, action = edit.subject.pk, current_action()
    is_edited = with_text and edit.before != edit.after
    if is_edited and action is not None:
        action.notes.setdefault(MOVES_WITH_EDIT, set()).add(edit.subject.uuid)
    page = model._base_manager.get(pk=key)
    slug = edit.after.get("slug") or page.slug
    if slug != page.slug and page._slug_is_available(slug, page.get_parent(), page):
        # The one it has may be taken where it goes.
        model._base_manager.filter(pk=key).update(slug=slug)
    model._base_manager.get(pk=key).move(place, pos="last-child", user=by)
    if is_edited:
        there = model._base_manager.get(pk=key)
        publish_edit(_Edited(there, edit.before, edit.after), by, words, **how)


def keep_edit(
    edit: Edit, by: Any, words: Words, *, is_checked: bool = False
) -> Revision | None:
    """Make the facts the newest draft; None when a draft that waits takes them along.

    Raises as `publish_edit` does.
    """
    waiting = waiting_draft(edit)
    if waiting is None:
        return revision_of(edit, by, words, is_checked=is_checked)
    waiting.save_on(edit.subject, by=by, reason=words.reason)
    return None


def draft_of(edit: Edit, words: Words) -> Versioned:
    """The facts as a draft in memory, with what is said of the change."""
    subject = edit.subject
    draft = drafted(subject, stored_data(subject), edit.after)
    if isinstance(draft, ContentPage):
        draft.change_reason, draft.change_source = words.reason[:200], words.source
    return draft


def revision_of(
    edit: Edit,
    by: Any,
    words: Words,
    *,
    is_checked: bool = False,
    log_action: str = "wagtail.revert",
) -> Revision:
    """The facts saved as the newest draft."""
    draft = draft_of(edit, words)
    if is_checked:
        check(draft)
    return draft.save_revision(user=by, log_action=log_action, clean=False)


def publish_edits(edits: Sequence[Edit], by: Any, words: Words) -> None:
    """Make the facts of many live, in the one action that is going on.

    What `publish_edit` leaves of each, for a few queries each instead of a hundred and
    fifty. The caller holds the rows and has asked who may do it.
    """
    apart: list[Edit] = []
    together: list[Edit] = []
    for edit in edits:
        (together if _goes_with_others(edit.subject) else apart).append(edit)
    if len(together) < FEW or not _publish_together(together, by, words):
        apart = list(edits)
    for edit in apart:
        publish_edit(edit, by, words, skip_permission_checks=True)


def _goes_with_others(subject: Versioned) -> bool:
    """Whether nobody else works on it: no draft that waits, no comments."""
    return (
        isinstance(subject, ContentPage)
        and subject.live_revision_id is not None
        and subject.live_revision_id == subject.latest_revision_id
        and not subject.has_unpublished_changes
        and subject.go_live_at is None
        and not subject.wagtail_admin_comments.all()
    )


def _publish_together(edits: Sequence[Edit], by: Any, words: Words) -> bool:
    """Whether it could be done; the database may have a rule against one of them."""
    with reading_together(contents_of(edits)):
        publishes = []
        for edit in edits:
            draft: Any = draft_of(edit, words)
            check(draft, live=edit.subject)
            publishes.append(Publish(edit.subject, draft))
        try:
            publish_many(publishes, by=by, logged_as="wagtail.revert")
        except IntegrityError:
            # Whoever goes one by one is told which of them it is.
            return False
    return True


def contents_of(edits: Iterable[Edit]) -> Iterator[tuple[Any, Content]]:
    """All that the drafts of these edits are made of."""
    for edit in edits:
        yield type(edit.subject), stored_data(edit.subject)
        yield type(edit.subject), edit.after

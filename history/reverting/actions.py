"""Bringing pages and snippets back to what they said."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.changes import describe_change, one_action
from core.models import ContentPage
from history.content import UNDOES
from history.merging import NoSuchConflict
from history.models import ChangeKind
from history.reverting.drafts import refuse_if_busy
from history.reverting.plans import (
    Choices,
    Deed,
    Plan,
    Planner,
    Undoing,
)
from history.reverting.publishing import (
    Words,
    keep_edit,
    publish_edit,
    publish_elsewhere,
)
from history.reverting.refusals import ChangedMeanwhile, ConflictsLeft, RevertRefused
from history.subjects import may_change


@transaction.atomic
def revert(
    planner: Planner,
    *,
    seen: str,
    choices: Choices,
    by: Any,
    words: Words,
    publish: bool,
) -> Plan:
    """Carry out what was planned, whole or not at all, as one change.

    `seen` is that of the plan whoever asks was shown. Raises ChangedMeanwhile when it
    is out of date, ConflictsLeft when later edits changed the same and `choices` do
    not say what holds, RevertRefused when an object is locked, scheduled, under review
    or drafted by somebody who changed the same, NotPublishable when what was sound
    then contradicts the wiki of today, PermissionDenied.
    """
    try:
        plan = planner(by=by, choices=choices, hold=True)
    except NoSuchConflict as gone:
        raise ChangedMeanwhile from gone
    if plan.seen != seen:
        raise ChangedMeanwhile
    if any(undoing.conflicts for undoing in plan.undoings):
        raise ConflictsLeft
    if plan.is_idle:
        raise RevertRefused(_("That is what is said already, so nothing would change."))
    if not all(may_change(by, undoing.subject) for undoing in plan.undoings):
        raise PermissionDenied
    if not publish and not plan.is_drafted:
        raise RevertRefused(_("This can be done or not, but not kept as a draft."))
    if publish and not plan.is_published_by(by):
        raise PermissionDenied
    # What says it already is left alone, however busy others are with it.
    undoings = [undoing for undoing in plan.undoings if not undoing.is_idle]
    for undoing in undoings:
        refuse_if_busy(undoing.subject, by)
    if publish:
        with (
            describe_change(
                by=by,
                author=by,
                reason=words.reason,
                source=words.source,
                kind=ChangeKind.REVERT,
                undoes=plan.undoes,
            ),
            one_action("revert", by=by, gathers=True),
        ):
            for undoing in undoings:
                _DEEDS[undoing.deed](undoing, by, words)
    else:
        for undoing in undoings:
            _save(undoing, plan.undoes, by, words)
    return plan


def _save(undoing: Undoing, undoes: int | None, by: Any, words: Words) -> None:
    """Make the result the newest draft, with a draft that waits taken along."""
    revision = keep_edit(undoing, by, words)
    if revision is not None:
        # Whoever publishes just this publishes a revert.
        revision.content[UNDOES] = undoes or 0
        revision.save(update_fields=["content"])


def _hide(undoing: Undoing, by: Any, words: Words) -> None:
    subject = undoing.subject
    if isinstance(subject, ContentPage):
        if subject.get_descendants().live().exists():
            raise RevertRefused(
                _(
                    "There are public pages below “%(subject)s”. Unpublish them "
                    "first, or unpublish it from the admin together with them."
                )
                % {"subject": subject}
            )
        if not subject.permissions_for_user(by).can_unpublish():
            raise PermissionDenied
    subject.unpublish(user=by)


def _move(undoing: Undoing, by: Any, words: Words) -> None:
    page, place = undoing.subject, undoing.place
    if isinstance(page, ContentPage) and place is not None:
        if not page.permissions_for_user(by).can_move_to(place):
            raise PermissionDenied
        publish_elsewhere(undoing, place, by, words)


_DEEDS: dict[Deed, Callable[[Undoing, Any, Words], None]] = {
    Deed.CHANGE: publish_edit,
    Deed.SHOW: publish_edit,
    Deed.HIDE: _hide,
    Deed.MOVE: _move,
}

"""What editors and the clock do to one object: publish, unpublish, move, restore."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from wagtail.models import Page

from core.changes import current_action
from core.faults import reach
from core.models import ContentPage
from history.content import UNDOES, Versioned, fingerprint
from history.models import ChangeKind, Operation, PageVersion
from history.recording.changesets import changeset_of_action
from history.recording.states import State, newest_version, newest_versions, write
from history.serializer import text_of

# The note of an action on the uuids of what it moves and edits at once.
MOVES_WITH_EDIT = "moves_with_edit"


@transaction.atomic(savepoint=False)
def record(subject: Versioned) -> PageVersion | None:
    """Write down what a publish has just made live; None if that changed nothing.

    Runs in the transaction of the publish: the object is live with its version or not
    live at all. Publishes of one object wait for each other at the row of its head.
    """
    reach("page_saved")
    before, text = newest_version(subject.uuid), text_of(subject)
    if before is not None and before.live and before.sha256 == fingerprint(text):
        return None
    state = _state(subject, before, _operation(before), text=text)
    if _has_moved(state):
        state = replace(state, operation=Operation.MOVE)
    with changeset_of_action(**_told_by(subject)) as opened:
        return write(opened, [state])[0]


@transaction.atomic(savepoint=False)
def record_all(pages: Sequence[ContentPage]) -> list[PageVersion]:
    """What `record` writes down of each of these, in one changeset.

    In as many queries as for one of them, but for those that have another address.
    """
    reach("page_saved")
    newest = newest_versions([page.uuid for page in pages])
    states = []
    for page in pages:
        before, text = newest.get(page.uuid), text_of(page)
        if before is None or not before.live or before.sha256 != fingerprint(text):
            states.append(_state(page, before, _operation(before), text=text))
    if not states:
        return []
    with changeset_of_action(ChangeKind.PUBLISH) as opened:
        return write(opened, states)


@transaction.atomic(savepoint=False)
def record_unpublish(subject: Versioned) -> PageVersion | None:
    """Write down that visitors no longer see it; None if none of it was recorded."""
    before = newest_version(subject.uuid)
    if before is None or not before.live:
        return None
    state = _state(subject, before, Operation.UNPUBLISH)
    with changeset_of_action(ChangeKind.UNPUBLISH) as opened:
        return write(opened, [state])[0]


@transaction.atomic(savepoint=False)
def record_move(page: ContentPage) -> PageVersion | None:
    """Write down that a page stands under another one.

    None if it stands where it stood or was never public. What is below it moves along
    and gets no version: it stands where it stood.
    """
    action = current_action()
    if action is not None and page.uuid in action.notes.get(MOVES_WITH_EDIT, ()):
        # One version says both: that of the publish that follows.
        return None
    before = newest_version(page.uuid)
    if before is None or before.place_uuid == _uuid_above(page):
        return None
    state = _state(page, before, Operation.MOVE)
    with changeset_of_action(ChangeKind.MOVE) as opened:
        return write(opened, [state])[0]


@transaction.atomic(savepoint=False)
def record_restored(subject: Versioned) -> PageVersion | None:
    """Write down that something deleted is there again, live or not.

    It has the content of its last version. None if it was not deleted.
    """
    before = newest_version(subject.uuid)
    if before is None or before.operation != Operation.DELETE:
        return None
    state = _state(subject, before, Operation.RESTORE)
    with changeset_of_action(ChangeKind.RESTORE) as opened:
        return write(opened, [state])[0]


def _state(
    subject: Versioned,
    before: PageVersion | None,
    operation: Operation,
    *,
    text: str | None = None,
) -> State:
    page = subject if isinstance(subject, ContentPage) else None
    return State(
        uuid=subject.uuid,
        pk=subject.pk,
        content_type_id=ContentType.objects.get_for_model(subject).pk,
        operation=operation,
        text=text,
        title=page.title if page else str(subject),
        live=subject.live,
        before=before,
        page_pk=page.pk if page else None,
        place_uuid=_place_of(page, before) if page else None,
        address=page.url_path if page else "",
        revision_pk=subject.live_revision_id,
    )


def _operation(before: PageVersion | None) -> Operation:
    if before is None:
        return Operation.CREATE
    if before.operation == Operation.DELETE:
        return Operation.RESTORE
    return Operation.EDIT if before.live else Operation.REPUBLISH


def _has_moved(state: State) -> bool:
    """Whether it stands elsewhere than its last version said: moved with this edit."""
    before = state.before
    return (
        state.operation == Operation.EDIT
        and before is not None
        and before.place_uuid is not None
        and before.place_uuid != state.place_uuid
    )


def _place_of(page: ContentPage, before: PageVersion | None) -> UUID | None:
    # Moves are recorded, so who kept the address stands where it stood.
    if before is not None and before.address == page.url_path:
        return before.place_uuid
    return _uuid_above(page)


def _uuid_above(page: ContentPage) -> UUID | None:
    parent = page.get_parent()
    if parent is None or not issubclass(parent.specific_class, ContentPage):
        return None
    if isinstance(parent, ContentPage):
        return parent.uuid
    above = parent.specific_class._base_manager.filter(pk=parent.pk)
    return above.values_list("uuid", flat=True).first()


def _told_by(subject: Versioned) -> dict[str, Any]:
    """What the published text itself says of the change."""
    if _kind_of_action() == ChangeKind.COPY:
        # It comes with the words about a change of what it was copied from.
        return {"kind": ChangeKind.COPY}
    told: dict[str, Any] = {"kind": ChangeKind.PUBLISH}
    revision = subject.live_revision
    if (
        revision is not None
        and UNDOES in revision.content
        # Made public a second time it reverts nothing any more.
        and not PageVersion.objects.filter(revision_pk=revision.pk).exists()
    ):
        undone = revision.content[UNDOES] or None
        told |= {"kind": ChangeKind.REVERT, "undoes": undone}
    if isinstance(subject, Page):
        told |= {"reason": subject.change_reason, "source": subject.change_source}
    return told


def _kind_of_action() -> str:
    action = current_action()
    return action.kind if action else ""

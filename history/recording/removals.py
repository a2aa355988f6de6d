"""What is deleted: one version for each object that ever was public."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction

from wagtail.models import Page

from core.changes import Action, current_action
from core.models import ContentPage
from history.content import Versioned, page_models
from history.models import ChangeKind, Operation, PageVersion
from history.recording.changesets import changeset_of_action
from history.recording.states import State, newest_version, newest_versions, write

NOTE = "deleted"


@transaction.atomic(savepoint=False)
def record_page_deletion(root: Page) -> list[PageVersion]:
    """Write down, in one changeset, that a page goes with all below it.

    Called while they are still there. Costs the same number of queries whatever the
    size of the subtree.
    """
    going = dict(_pages_going(root))
    newest = newest_versions(going)
    states = [
        _gone(before, pk=going[uuid][0], address=going[uuid][1])
        for uuid, before in newest.items()
        if before.operation != Operation.DELETE
    ]
    if action := current_action():
        _already_recorded(action).update(going)
    if not states:
        return []
    with changeset_of_action(ChangeKind.DELETE) as opened:
        return write(opened, states)


@transaction.atomic(savepoint=False)
def record_removal(subject: Versioned) -> PageVersion | None:
    """Write down that one object goes by itself: a snippet, or a page past the admin.

    None if it never was public, or went with a page that was deleted.
    """
    action = current_action()
    if action is not None and subject.uuid in _already_recorded(action):
        return None
    # The row before the head, in the order a publish takes them.
    rows = type(subject)._base_manager.select_for_update().filter(pk=subject.pk)
    rows.values_list("pk").first()
    before = newest_version(subject.uuid)
    if before is None or before.operation == Operation.DELETE:
        return None
    address = subject.url_path if isinstance(subject, ContentPage) else ""
    state = _gone(before, pk=subject.pk, address=address)
    with changeset_of_action(ChangeKind.DELETE) as opened:
        return write(opened, [state])[0]


def _pages_going(root: Page) -> Iterator[tuple[UUID, tuple[int, str]]]:
    """Primary key and address of each page, by uuid."""
    for model in page_models():
        pages = model._base_manager.filter(path__startswith=root.path)
        for uuid, pk, address in pages.values_list("uuid", "pk", "url_path"):
            yield uuid, (pk, address)


def _gone(before: PageVersion, *, pk: int, address: str) -> State:
    return State(
        uuid=before.object_uuid,
        pk=pk,
        content_type_id=before.content_type_id,
        operation=Operation.DELETE,
        text=None,
        title=before.title,
        live=False,
        before=before,
        place_uuid=before.place_uuid,
        address=address,
    )


def _already_recorded(action: Action) -> Any:
    return action.notes.setdefault(NOTE, set())

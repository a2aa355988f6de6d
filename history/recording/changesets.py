"""The changeset of an action: opened by its first version, closed at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from django.utils import timezone

from wagtail.log_actions import get_active_log_context

from reversion.models import Revision as Entry

from core.changes import Action, Change, current_action, current_change
from history.chain import digest_of
from history.doorbell import ring_after_commit
from history.models import ChangeKind, ChangeSet, PageVersion
from history.outbox import write_entries

NOTE = "changeset"


@dataclass
class OpenChangeset:
    """A changeset and its entry in reversion, while their versions are written."""

    action: Action
    changeset: ChangeSet
    entry: Entry
    versions: list[PageVersion] = field(default_factory=list)

    def close(self) -> None:
        """Write its digest, and down what has to follow it."""
        changeset = self.changeset
        changeset.digest = digest_of(changeset, self.versions)
        changeset.duration_ms = int((perf_counter() - self.action.began) * 1000)
        changeset.save(update_fields=["digest", "duration_ms"])
        write_entries(changeset)
        ring_after_commit()


@contextmanager
def changeset_of_action(
    kind: ChangeKind, *, reason: str = "", source: str = "", undoes: int | None = None
) -> Iterator[OpenChangeset]:
    """The changeset of the action that is going on, or a new one without any.

    What is given is said where the change was not described (core/changes.py).
    """
    action = current_action()
    if action is None:
        opened = _open(Action(kind), kind, reason, source, undoes)
        yield opened
        opened.close()
        return
    if NOTE not in action.notes:
        opened = _open(action, kind, reason, source, undoes)
        action.notes[NOTE] = opened
        action.at_end.append(opened.close)
    yield action.notes[NOTE]


def _open(
    action: Action, kind: ChangeKind, reason: str, source: str, undoes: int | None
) -> OpenChangeset:
    change = current_change() or Change()
    context = get_active_log_context()
    publisher = change.by or change.author or context.user
    now = timezone.now()
    changeset = ChangeSet.objects.create(
        kind=change.kind or kind,
        author=change.author or publisher,
        publisher=publisher,
        reason=(change.reason or reason)[:500],
        source=(change.source or source)[:500],
        made_at=change.made_at or now,
        recorded_at=now,
        log_uuid=context.uuid,
        undoes_id=change.undoes or undoes,
    )
    entry = Entry.objects.create(
        date_created=changeset.made_at, user=publisher, comment=changeset.reason
    )
    return OpenChangeset(action, changeset, entry)

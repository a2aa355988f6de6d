"""What is being changed right now: who, why, from which source.

Content rooms describe a change; the history room reads the description when the
publish is recorded. Neither needs to know the other.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import perf_counter
from typing import Any

from django.db import transaction

from wagtail.log_actions import LogContext, get_active_log_context


@dataclass(frozen=True, slots=True)
class Change:
    """A change as its author describes it.

    `by` is the account that publishes, `author` the one that wrote the text when
    they differ. `made_at` is only given by loaders that bring dated history along.
    `undoes` is the number of the change undone.
    """

    by: Any = None
    author: Any = None
    reason: str = ""
    source: str = ""
    kind: str = ""
    made_at: datetime | None = None
    undoes: int | None = None


@dataclass(slots=True, eq=False)
class Action:
    """One act on the wiki, such as deleting a page with everything below it.

    Rooms above keep in `notes` what they know of it while it lasts. What they put
    into `at_end` is called at its end, in the same transaction. One that gathers
    takes in every act inside it, publishes of many pages included.
    """

    kind: str
    gathers: bool = False
    began: float = field(default_factory=perf_counter)
    notes: dict[str, Any] = field(default_factory=dict)
    at_end: list[Callable[[], None]] = field(default_factory=list)


# The note of a publish on what was live before it: its content as in a revision.
SAID = "said"

_current: ContextVar[Change | None] = ContextVar("change", default=None)
_action: ContextVar[Action | None] = ContextVar("action", default=None)


@contextmanager
def describe_change(
    *,
    by: Any = None,
    author: Any = None,
    reason: str = "",
    source: str = "",
    kind: str = "",
    made_at: datetime | None = None,
    undoes: int | None = None,
) -> Iterator[Change]:
    """Say who changes what and why, for every publish inside the block."""
    change = Change(by, author, reason, source, kind, made_at, undoes)
    token = _current.set(change)
    try:
        yield change
    finally:
        _current.reset(token)


@contextmanager
def change_by(user: Any, *, author: Any = None) -> Iterator[Change]:
    """Complete the current description, if any, with who acts."""
    known = _current.get() or Change()
    change = replace(
        known, by=known.by or user, author=known.author or author or known.by or user
    )
    token = _current.set(change)
    try:
        yield change
    finally:
        _current.reset(token)


def current_change() -> Change | None:
    """The innermost description, or None when nobody described the change."""
    return _current.get()


@contextmanager
def one_action(
    kind: str, *, by: Any = None, author: Any = None, gathers: bool = False
) -> Iterator[Action]:
    """Make what happens inside one act of one person, in one transaction.

    Unpublishing a page with all below it runs actions of the same kind inside it;
    they are one. A publish inside another publish is an act of its own, and so is
    one that another action sets off, unless that one gathers.
    """
    outer = _action.get()
    if outer is not None and (outer.gathers or outer.kind == kind != "publish"):
        with change_by(by, author=author):
            yield outer
        return
    action = Action(kind, gathers)
    token = _action.set(action)
    try:
        with transaction.atomic(), change_by(by, author=author), _logged_as(by):
            yield action
            for finish in action.at_end:
                finish()
    finally:
        _action.reset(token)


def current_action() -> Action | None:
    """The innermost action that is going on, if any."""
    return _action.get()


@contextmanager
def _logged_as(user: Any) -> Iterator[None]:
    """Give the log entries of an action one uuid, unless a request gave them one."""
    if get_active_log_context().uuid is not None:
        yield
    else:
        with LogContext(user=user):
            yield

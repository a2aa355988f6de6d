"""What is being changed right now: who, why, from which source.

Content rooms describe a change; the history room reads the description when the
publish is recorded. Neither needs to know the other.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """A change as its author describes it.

    `by` is the account that publishes, `author` the one that wrote the text when
    they differ. `made_at` is only given by loaders that bring dated history along.
    `base` is the CMS revision that was live when the author began, if that is known
    better than the revision itself knows it; `undoes` the number of the change undone.
    """

    by: Any = None
    author: Any = None
    reason: str = ""
    source: str = ""
    kind: str = ""
    made_at: datetime | None = None
    base: int | None = None
    undoes: int | None = None


_current: ContextVar[Change | None] = ContextVar("change", default=None)


@contextmanager
def describe_change(
    *,
    by: Any = None,
    author: Any = None,
    reason: str = "",
    source: str = "",
    kind: str = "",
    made_at: datetime | None = None,
    base: int | None = None,
    undoes: int | None = None,
) -> Iterator[Change]:
    """Say who changes what and why, for every publish inside the block."""
    change = Change(by, author, reason, source, kind, made_at, base, undoes)
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

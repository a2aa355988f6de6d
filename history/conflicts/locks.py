"""A lock holds for everything that would change what is locked."""

from typing import Any

from wagtail.models import LockableMixin

from core.refusals import Locked


def refuse_if_locked(subject: Any, by: Any) -> None:
    """Raise Locked if somebody keeps this person from changing it."""
    lock = subject.get_lock() if isinstance(subject, LockableMixin) else None
    if lock is not None and lock.for_user(by):
        raise Locked(str(subject))

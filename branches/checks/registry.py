"""The checks there are. Each is a small function that says what it found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from branches.checks.subjects import Handed
from branches.models import CheckLevel
from core.sayings import Saying


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: a text of the code, and what stands in for its marks."""

    level: CheckLevel
    message: str
    params: dict[str, Any] = field(default_factory=dict)
    uuid: UUID | None = None
    fact: str = ""

    @property
    def said(self) -> Saying:
        """Its words; those of a rule come with what fills their marks."""
        if isinstance(self.message, Saying):
            return self.message
        return Saying(self.message, self.params)


Look: TypeAlias = Callable[[Handed], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check with its name, and a version that rises when it finds other things."""

    name: str
    version: int
    look: Look


CHECKS: dict[str, Check] = {}


def check(name: str, *, version: int = 1) -> Callable[[Look], Look]:
    """Have a function look at every text that is handed in."""

    def register(look: Look) -> Look:
        CHECKS[name] = Check(name, version, look)
        return look

    return register


def block(message: str, **place: Any) -> Remark:
    """Something its author has to mend first."""
    return Remark(CheckLevel.BLOCK, message, **place)


def warn(message: str, **place: Any) -> Remark:
    """Something a moderator should look at."""
    return Remark(CheckLevel.WARN, message, **place)


def inform(message: str, **place: Any) -> Remark:
    """Something good to know."""
    return Remark(CheckLevel.INFO, message, **place)


def unknown(message: str, **place: Any) -> Remark:
    """Something that could not be found out: a person has to."""
    return Remark(CheckLevel.UNKNOWN, message, **place)

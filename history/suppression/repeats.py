"""Where rooms above history repeat what versions say.

Each registers its own when the wiki starts, since history knows nothing of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from history.models import PageVersion, Suppression
from history.suppression.words import Words

# A row, its field, and what the field says while the version is hidden.
Trace: TypeAlias = tuple[Any, str, Any]


@dataclass(frozen=True, slots=True)
class Hiding:
    """What is being hidden: versions of one object, and the words only they say."""

    suppression: Suppression
    versions: tuple[PageVersion, ...]
    words: Words


# Says what is put aside until the versions are shown again. What cannot come back, or
# need not, the function drops by itself.
Repeats: TypeAlias = Callable[[Hiding], Iterable[Trace]]

REPEATS: list[Repeats] = []


def register_repeats(find: Repeats) -> None:
    """Have something hidden together with the versions whose text it repeats."""
    REPEATS.append(find)

"""What one process knows of a cache that does not answer."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from threading import Lock
from time import monotonic
from typing import Any, TypeAlias

logger = logging.getLogger("thrillwiki.caching")

# After a failure nobody in this process tries for so long.
LEFT_ALONE_S = 5.0
MOST_OWED = 10_000

Drop: TypeAlias = Callable[[Iterable[Any], int | None], None]


class Outage:
    """Whether a cache is left alone, and what it missed meanwhile."""

    def __init__(self) -> None:
        self._away_until = 0.0
        self._quiet_until = 0.0
        self._owed: dict[int | None, set[Any]] = defaultdict(set)
        self._lock = Lock()

    @property
    def is_on(self) -> bool:
        return monotonic() < self._away_until

    def notice(self, problem: Exception, *, is_away: bool) -> None:
        """Say so, but not each time; leave it alone for a while if it is away."""
        now = monotonic()
        if is_away:
            self._away_until = now + LEFT_ALONE_S
        if now >= self._quiet_until:
            self._quiet_until = now + LEFT_ALONE_S
            logger.warning("The cache does not serve: %s", problem)

    def owe(self, keys: Iterable[Any], version: int | None) -> None:
        """Note keys whose value was lost; the cache may still hold an older one."""
        with self._lock:
            if sum(map(len, self._owed.values())) < MOST_OWED:
                self._owed[version].update(keys)

    def settle(self, drop: Drop) -> None:
        """Drop all that is owed, before anything is read from the cache again."""
        if not self._owed:
            return
        with self._lock:
            for version in list(self._owed):
                drop(sorted(map(str, self._owed[version])), version)
                del self._owed[version]

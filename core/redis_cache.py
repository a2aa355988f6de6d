"""Redis as a cache that keeps nobody waiting and takes no page down with it."""

import logging
from time import monotonic
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import TimeoutError as TooSlow
from redis.retry import Retry

from core.forgiving_cache import Forgiving

logger = logging.getLogger("thrillwiki.caching")

LONGEST_WAIT = 0.5
# Whoever comes next shall not wait for a dead server again.
SECONDS_UNTIL_MENDED = 10
AWAY = (Unreachable, TooSlow)


class _Outage:
    """Whether the server was away a moment ago, for all threads of a process."""

    def __init__(self) -> None:
        self._until = 0.0

    def check(self) -> None:
        """Raise Unreachable without asking while the server is left alone."""
        if monotonic() < self._until:
            raise Unreachable("The cache did not answer a moment ago.")

    def begin(self, problem: Exception) -> None:
        self._until = monotonic() + SECONDS_UNTIL_MENDED
        logger.warning("The cache does not answer: %s", problem)


outage = _Outage()


class _Client(Redis):
    """Notes when the server is away."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute_command(*args, **options)
        except AWAY as problem:
            outage.begin(problem)
            raise


class _Clients(RedisCacheClient):
    def __init__(self, servers: list[str], **options: Any) -> None:
        # A connection that broke is made anew once; a slow server is not asked twice.
        once = Retry(NoBackoff(), 1, supported_errors=(Unreachable,))
        waits = dict.fromkeys(
            ("socket_timeout", "socket_connect_timeout"), LONGEST_WAIT
        )
        super().__init__(servers, **{"retry": once, **waits, **options})
        self._client = _Client

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        outage.check()
        return super().get_client(key, write=write)


class ImpatientRedisCache(Forgiving, RedisCache):
    """Waits half a second for an answer, and then not again for ten."""

    away = AWAY

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _Clients

"""Caches that may be away without anybody waiting for them.

What is read from a cache that cannot be reached is not there, and what is written to
it is lost. Whoever counts (`add`, `incr`) or makes sure that something is gone
(`delete_many`, `clear`) has to know, and gets the error.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, ClassVar

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache

from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ConnectionLost
from redis.exceptions import ResponseError
from redis.retry import Retry

from core.caching import OUT_OF_REACH
from core.caching.outages import Outage

PATIENCE_S = 0.3
# Each write to a folder counts its files, so they must not be too many.
MOST_FILES = 1_000


class MayBeAway(BaseCache):
    """Mixed into a cache: fails fast, and silently where that does no harm."""

    outages: ClassVar[dict[str, Outage]] = {}

    def __init__(self, location: Any, params: dict[str, Any]) -> None:
        super().__init__(location, params)  # type: ignore[call-arg]  # that of the cache mixed with
        # Django makes an object for each thread; they share what one has found out.
        self.outage = self.outages.setdefault(str(location), Outage())

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._or(default, super().get, key, default, version)

    def get_many(
        self, keys: Iterable[Any], version: int | None = None
    ) -> dict[Any, Any]:
        return self._or({}, super().get_many, keys, version)

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._or(False, super().has_key, key, version)

    def set(self, key: Any, value: Any, *args: Any, **options: Any) -> None:
        self._or_owe([key], options, super().set, key, value, *args, **options)

    def set_many(self, data: dict[Any, Any], *args: Any, **options: Any) -> list[Any]:
        return (
            self._or_owe(data, options, super().set_many, data, *args, **options) or []
        )

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._or_owe([key], {"version": version}, super().delete, key))

    def add(self, *args: Any, **options: Any) -> bool:
        return self._asked(super().add, *args, **options)

    def touch(self, *args: Any, **options: Any) -> bool:
        return self._asked(super().touch, *args, **options)

    def incr(self, *args: Any, **options: Any) -> int:
        return self._asked(super().incr, *args, **options)

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> None:
        self._asked(self._drop, keys, version)

    def clear(self) -> None:
        self._asked(super().clear)

    def _drop(self, keys: Iterable[Any], version: int | None) -> None:
        super().delete_many(keys, version)

    def _or(self, default: Any, ask: Callable[..., Any], *args: Any) -> Any:
        try:
            return self._asked(ask, *args)
        except OUT_OF_REACH:
            return default

    def _or_owe(
        self,
        keys: Iterable[Any],
        options: dict[str, Any],
        ask: Callable[..., Any],
        *args: Any,
        **named: Any,
    ) -> Any:
        try:
            return self._asked(ask, *args, **named)
        except OUT_OF_REACH:
            # What it holds there may be an older value: a session that has ended.
            self.outage.owe(keys, options.get("version"))
            return None

    def _asked(self, ask: Callable[..., Any], *args: Any, **named: Any) -> Any:
        if self.outage.is_on:
            raise ConnectionLost("The cache was away a moment ago.")
        try:
            self.outage.settle(self._drop)
            return ask(*args, **named)
        except OUT_OF_REACH as problem:
            # One that answers is there, be it full.
            self.outage.notice(problem, is_away=not isinstance(problem, ResponseError))
            raise


class Redis(MayBeAway, RedisCache):
    """Django's cache in Redis, with little patience."""

    def __init__(self, location: Any, params: dict[str, Any]) -> None:
        patience = {
            "socket_connect_timeout": PATIENCE_S,
            "socket_timeout": PATIENCE_S,
            # Once, at once: the server may have closed a connection that lay idle.
            "retry": Retry(NoBackoff(), 1, supported_errors=(ConnectionLost,)),
        }
        options = {**patience, **params.get("OPTIONS", {})}
        super().__init__(location, {**params, "OPTIONS": options})


class Files(MayBeAway, FileBasedCache):
    """Django's cache in a folder, that may be full or somebody else's."""

    def __init__(self, location: Any, params: dict[str, Any]) -> None:
        options = {"MAX_ENTRIES": MOST_FILES, **params.get("OPTIONS", {})}
        super().__init__(location, {**params, "OPTIONS": options})

    def add(self, key: Any, value: Any, *args: Any, **options: Any) -> bool:
        if self.has_key(key, options.get("version")):
            return False
        # Not by `set`, which would not say that it failed.
        self._asked(super(MayBeAway, self).set, key, value, *args, **options)
        return True

    def _createdir(self) -> None:
        # Where there can be no folder, the first write says so, and only that.
        with suppress(OSError):
            super()._createdir()  # type: ignore[misc]  # Django's, unknown to its types

    def _drop(self, keys: Iterable[Any], version: int | None) -> None:
        for key in keys:
            super(MayBeAway, self).delete(key, version)

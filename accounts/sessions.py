"""Sessions: kept in the database, and for minutes at a time in the cache.

A session that ends while the cache is away cannot be taken out of it. It would come
back to life with the cache, so nothing stays in there for long.
"""

import re
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import cached_db
from django.core.cache import caches

LONGEST_IN_CACHE = 300
_KEY = re.compile(r"[a-z0-9]{8,40}")


class SessionStore(cached_db.SessionStore):
    """Django's own, with a bound on how long the cache is believed."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._cache: Any = _ForAWhile(caches[settings.SESSION_CACHE_ALIAS])

    def _validate_session_key(self, key: str | None) -> bool:
        # A cookie can spell any character, NUL too, which PostgreSQL takes in no text.
        return bool(key and _KEY.fullmatch(key))


class _ForAWhile:
    """A cache that keeps things for minutes, however long it is asked to."""

    def __init__(self, cache: Any) -> None:
        self._cache = cache

    def __contains__(self, key: str) -> bool:
        return key in self._cache

    def get(self, key: str) -> Any:
        return self._cache.get(key)

    def set(self, key: str, value: Any, seconds: int) -> None:
        self._cache.set(key, value, min(seconds, LONGEST_IN_CACHE))

    def delete(self, key: str) -> None:
        self._cache.delete(key)

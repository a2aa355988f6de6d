"""The cache as something that may be away: pages are then made anew, never refused."""

import logging
from typing import Any

from django.core.cache import cache

from redis.exceptions import RedisError

logger = logging.getLogger("thrillwiki.caching")

# What a cache out of reach raises, whichever kind it is.
OUT_OF_REACH = (OSError, RedisError)


def fetched(key: str) -> Any:
    """What is kept under a key; None when nothing is, or nothing can be read."""
    try:
        return cache.get(key)
    except OUT_OF_REACH as problem:
        logger.warning("The cache cannot be read: %s", problem)
        return None


def keep(key: str, value: Any, *, seconds: float | None) -> None:
    """Keep a value, for ever when no time is given, if the cache can be reached."""
    try:
        cache.set(key, value, seconds)
    except OUT_OF_REACH as problem:
        logger.warning("The cache cannot be written: %s", problem)

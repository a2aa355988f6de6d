"""How often one network address may ask for what is costly."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

from allauth.core.internal.ratelimit import get_ip

from core.caching import OUT_OF_REACH

WINDOW_SECONDS = 60


def is_too_often(request: HttpRequest, *, what: str, most: int) -> bool:
    """Whether this address has asked more than so many times within a minute.

    Counts this time. Without a cache nobody is refused: the limit spares the machine,
    it guards no secret.
    """
    whose = hashlib.sha256(str(get_ip(request)).encode()).hexdigest()
    key = f"throttle:{what}:{whose}"
    try:
        cache.add(key, 0, WINDOW_SECONDS)
        return cache.incr(key) > most
    except (*OUT_OF_REACH, ValueError):  # ValueError: it ran out in between
        return False

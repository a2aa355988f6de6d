"""How many wrong passwords may be tried, per account and per network address.

The counts live in the database, not in the cache where allauth keeps its other limits:
a flushed or dead cache must not hand an attacker a fresh set of tries. The limits
themselves are allauth's setting, `login_failed` in ACCOUNT_RATE_LIMITS.
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from allauth.core.internal.ratelimit import Rate, get_ip, get_rates

from accounts.models import SignInTry

KEPT_FOR = timedelta(hours=1)  # longer than any limit looks back


@dataclass(frozen=True)
class Tries:
    """What one attempt to sign in has used up; given back if the password is right."""

    rows: tuple[int, ...] = ()

    def rollback(self) -> None:
        SignInTry.objects.filter(pk__in=self.rows).delete()


class NoTryLeft(Exception):
    """The account or the address has to wait: `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def take_a_try(request: HttpRequest, *, email: str) -> Tries:
    """Use up one try for the account and for the address. Raises NoTryLeft."""
    rates = get_rates(app="allauth.account", action="login_failed")
    SignInTry.objects.filter(tried_at__lt=timezone.now() - KEPT_FOR).delete()
    taken: list[int] = []
    for rate in rates:
        try:
            taken.append(_take(rate, _key(rate, request, email)))
        except NoTryLeft:
            # A refused try does not count: hammering must not lock an account for ever.
            Tries(tuple(taken)).rollback()
            raise
    return Tries(tuple(taken))


def forget_tries(request: HttpRequest, *, email: str) -> None:
    """Start an account afresh, its owner having proved to read the mail."""
    for rate in get_rates(app="allauth.account", action="login_failed"):
        if rate.per == "key":
            SignInTry.objects.filter(key=_key(rate, request, email)).delete()


def _take(rate: Rate, key: str) -> int:
    # Insert first, count afterwards: of parallel requests each one sees those before
    # it, so that together they cannot take more than the limit.
    now = timezone.now()
    row = SignInTry.objects.create(key=key, tried_at=now)
    since = now - timedelta(seconds=rate.duration)
    recent = SignInTry.objects.filter(key=key, tried_at__gt=since)
    if recent.count() > rate.amount:
        row.delete()
        counted = recent.order_by("-tried_at").values_list("tried_at", flat=True)
        oldest = list(counted[: rate.amount])[-1:] or [now]
        raise NoTryLeft(rate.duration - (now - oldest[0]).total_seconds())
    return row.pk


def _key(rate: Rate, request: HttpRequest, email: str) -> str:
    whose = get_ip(request) if rate.per == "ip" else email
    return hashlib.sha256(f"{rate.per}:{whose}".encode()).hexdigest()

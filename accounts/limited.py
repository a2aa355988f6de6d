"""The answer to who asked too often: when to come back, in a header and in words."""

import time
from collections.abc import Iterator
from math import ceil

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from allauth.core.internal.ratelimit import Rate, get_cache_key, get_rates

from accounts.addresses import canonical_email

# Which of allauth's limits a page runs into, by the name of its address. Wrong
# passwords are counted by accounts/sign_in_limits.py, which knows the wait itself.
LIMITS = {
    "account_signup": "signup",
    "account_login": "confirm_email",
    "account_email_verification_sent": "confirm_email",
    "account_email": "manage_email",
    "account_change_password": "change_password",
    "account_set_password": "change_password",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "account_reauthenticate": "reauthenticate",
}
WITHOUT_A_LIMIT = 60


def too_many(request: HttpRequest, *, seconds: float | None = None) -> HttpResponse:
    """The 429 page. Without `seconds` the limit of this page tells the wait."""
    wait = max(1, ceil(_wait(request) if seconds is None else seconds))
    context = {"wait": in_words(wait)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(wait)
    return response


def in_words(seconds: int) -> str:
    """A wait as one tells it: to the second, or up to the next minute."""
    if seconds < 60:
        words = ngettext("%(number)s second", "%(number)s seconds", seconds)
        return words % {"number": seconds}
    minutes = ceil(seconds / 60)
    words = ngettext("%(number)s minute", "%(number)s minutes", minutes)
    return words % {"number": minutes}


def _wait(request: HttpRequest) -> float:
    match = request.resolver_match
    action = LIMITS.get((match.url_name if match else None) or "", "")
    rates = get_rates(app="allauth.account", action=action)
    if not rates:
        return WITHOUT_A_LIMIT
    # Whose limit it is cannot always be told; the whole span is never too short.
    waits = list(_waits(request, action, rates))
    return max(waits or [rate.duration for rate in rates])


def _waits(request: HttpRequest, action: str, rates: list[Rate]) -> Iterator[float]:
    """What is left of each limit that is used up."""
    typed = request.POST.get("email") or request.POST.get("login") or ""
    for rate in rates:
        if rate.per == "key" and not typed:
            continue
        key = get_cache_key(
            request,
            app="allauth.account",
            action=action,
            rate=rate,
            key=canonical_email(typed).lower(),
        )
        # The newest use comes first, and the oldest one is the next to be forgotten.
        uses = cache.get(key, [])
        if len(uses) >= rate.amount:
            yield uses[-1] + rate.duration - time.time()

"""Account pages when the cache does not answer.

Sign-in counts its tries in the database and goes on. Everything that is limited through
the cache closes: without its limits a form is open to abuse. Mail waits in the database
(core/mail), so a mail server that is away closes nothing.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from core.caching import OUT_OF_REACH

View = Callable[..., HttpResponseBase]

logger = logging.getLogger("thrillwiki.accounts")

RETRY_AFTER_SECONDS = 60


def closed_during_outages(view: View) -> View:
    """Answer 503 with advice where the view would fail for want of a server."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except OUT_OF_REACH:
            logger.exception("%s could not be served", request.path)
            return _unavailable(request)

    return guarded


def _unavailable(request: HttpRequest) -> HttpResponse:
    response = render(request, "account/unavailable.html", status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response

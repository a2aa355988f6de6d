"""Telling nginx that pages have changed, as a cache that Wagtail purges.

nginx asks for each page once a second anyway; this makes it ask at once, for the pages
that are surely concerned. The open nginx cannot drop what it keeps, so it is made to
fetch it anew, at a port of its own (deploy/nginx/).
"""

import http.client
import logging
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import product
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from wagtail.contrib.frontend_cache.backends.base import BaseBackend

from celery import shared_task

from core.doorbell import broker
from core.measures import System

logger = logging.getLogger("thrillwiki.caching")

PATIENCE_S = 5.0
# More of them at once, as after an import, are left to the second that passes.
MOST_ADDRESSES = 60


class Nginx(BaseBackend):
    """The cache of one nginx; LOCATION is where it listens for the wiki."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.location = params["LOCATION"]

    def purge(self, url: str) -> None:
        self.purge_batch([url])

    def purge_batch(self, urls: Iterable[str]) -> None:
        """After the commit: before it, nginx would fetch what was there before."""
        transaction.on_commit(partial(_call, self.location, sorted(urls)))


def _call(location: str, addresses: list[str]) -> None:
    # Without a broker nginx finds out by itself.
    if len(addresses) <= MOST_ADDRESSES:
        broker.send(fetch_anew, location=location, addresses=addresses)


@shared_task
def fetch_anew(*, location: str, addresses: Iterable[str], **extras: object) -> None:
    """Have nginx fetch these addresses, in each of the forms in which it keeps them."""
    server = urlsplit(location)
    connection = http.client.HTTPConnection(server.netloc, timeout=PATIENCE_S)
    try:
        for path, headers in _requests(addresses):
            connection.request("GET", path, headers=headers)
            connection.getresponse().read()
    except (OSError, http.client.HTTPException) as problem:
        logger.warning("nginx at %s was not told of a change: %s", location, problem)
    finally:
        connection.close()


def _requests(addresses: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for address in addresses:
        parts = urlsplit(address)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        for units, (language, _) in product(System, settings.LANGUAGES):
            yield (
                path,
                {
                    "Host": parts.netloc,
                    "X-Forwarded-Proto": parts.scheme,
                    "Cookie": f"units={units}; language={language}",
                },
            )

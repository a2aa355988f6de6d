"""What caches between us and many readers may store, and for how long.

An answer to nobody in particular may be handed to everybody for the rest of its
second, and for one second more while it is asked for anew: so a cache in front of the
wiki shows nothing that is older than two seconds, and asks for each address once a
second at most. Answers that say something about storing themselves are left alone.
"""

import gzip
import hashlib
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from core.caching.readers import is_nobody

GetResponse = Callable[[HttpRequest], HttpResponse]

FOR_A_SECOND = "public, max-age=0, s-maxage=1, stale-while-revalidate=1"
# Found, moved, unchanged, not there: what anybody would be told.
SHARED = frozenset({200, 301, 302, 304, 404, 410})
# Where answers are one reader's own, or about the state of this very process.
NOT_SHARED = ("/accounts/", "/admin/", "/documents/", "/healthz", "/media/")
SMALL = 500


class SharedForASecond:
    """Says of answers that are for everybody that they are, and packs them."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Nothing the answer says is older than this moment.
        second = int(time.time())
        response = self.get_response(request)
        if not is_for_everybody(request, response):
            return response
        response.headers["Cache-Control"] = FOR_A_SECOND
        # nginx counts whole seconds and would take s-maxage=1 for up to two. What is
        # valid until this second ends is asked for anew in the next one.
        response.headers["X-Accel-Expires"] = f"@{second}"
        if response.status_code == 304:
            del response.headers["Content-Length"]  # it is that of the whole answer
        if response.status_code != 200:
            return response
        return _packed(request, _named(request, response))


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether anybody who asked the same would have been told the same."""
    return (
        request.method in ("GET", "HEAD")
        and is_nobody(request)
        and response.status_code in SHARED
        and not request.path.startswith(NOT_SHARED)
        and not response.streaming
        and not response.has_header("Cache-Control")
        # A form with a token for this reader, or a session that begins here.
        and not response.cookies
        and "'nonce-" not in response.get("Content-Security-Policy", "")
    )


def _named(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """With a name for its text; without the text where the asker has it."""
    if not response.has_header("ETag"):
        digest = hashlib.sha256(response.content).hexdigest()
        response.headers["ETag"] = f'W/"{digest[:24]}"'
    etag = response.headers["ETag"]
    known = get_conditional_response(request, etag=etag, response=response)
    if known is None or known is response:
        return response
    for name in ("X-Accel-Expires", "Content-Security-Policy"):
        if response.has_header(name):
            known.headers[name] = response.headers[name]
    return known


def _packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """As gzip for those who read it. It holds no secret that its length could tell."""
    if response.status_code != 200 or response.has_header("Content-Encoding"):
        return response
    if len(response.content) < SMALL:
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, 6, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    return response

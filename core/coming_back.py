"""The answer of a wiki whose database is away or busy: come back in a moment.

It needs no database, no session and no context processor, so that nothing of what is
broken is asked again. Everybody gets it in a shape they can read.
"""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.log import log_response
from django.utils.translation import gettext as _

from core.outages import outage_behind

logger = logging.getLogger("thrillwiki.database")

RETRY_AFTER_SECONDS = 30


def answer_to(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """503 where an error comes from an outage, in the language that is active.

    None where it is anything else: that stays an error of the program.
    """
    outage = outage_behind(error)
    if outage is None:
        return None
    response = come_back(request)
    # Also keeps Django from logging it once more, as an error.
    log_response(
        "%s %s: the database is away or busy: %s",
        request.method,
        request.path,
        " ".join(str(outage).split()),
        response=response,
        request=request,
        logger=logger,
        level="warning",
    )
    return response


def come_back(request: HttpRequest) -> HttpResponse:
    """The answer itself: a page, a piece of one, JSON or plain text."""
    response = _shaped(request)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    # Caches in front may show what they have; this they must not keep.
    response["Cache-Control"] = "no-store"
    return response


def _shaped(request: HttpRequest) -> HttpResponse:
    # Who writes is told what becomes of it; the page they wrote on still has it.
    is_sent = request.method not in ("GET", "HEAD", "OPTIONS")
    words = _("The wiki cannot be reached just now. Please try again in a minute.")
    if is_sent:
        words = _(
            "The wiki cannot be reached just now. What you wrote is still in the "
            "form; send it again in a minute."
        )
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(
            format_html('<p class="note note-error" role="alert">{}</p>', words),
            status=503,
        )
    accepted = request.headers.get("Accept", "")
    if "text/html" in accepted:
        # Without the request: what a page says of its reader may be what is broken.
        shown = {"is_sent": is_sent, "address": request.get_full_path()}
        return render(None, "503.html", shown, status=503)
    if "application/json" in accepted:
        return JsonResponse({"error": words}, status=503)
    # Readers of feeds, downloads, probes.
    return HttpResponse(
        f"{words}\n", content_type="text/plain; charset=utf-8", status=503
    )

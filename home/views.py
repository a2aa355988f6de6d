"""The few views that are neither pages nor the business of another room."""

import logging
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
)
from django.db import Error, connection
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe

from wagtail.contrib.sitemaps.views import sitemap
from wagtail.models import Site

from accounts.choosing import choose_locale
from core.coming_back import answer_to
from core.measures import System
from core.reader import remember_language, remember_units

logger = logging.getLogger("thrillwiki.health")


# A token would be one reader's own, and the pages with this form are for many. Where
# the form was sent from says as much, and browsers let no script lie about it.
@csrf_exempt
@require_POST
def choose_units(request: HttpRequest) -> HttpResponse:
    """Remember metric or imperial and go back to where the reader was."""
    if not _comes_from_here(request):
        raise PermissionDenied
    chosen = request.POST.get("units", "")
    if chosen not in set(System):
        raise BadRequest(_("Units are either “metric” or “imperial”."))
    response = _back_to_the_page(request)
    remember_units(response, System(chosen))
    return response


@csrf_exempt  # as for the units
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember a language, in the profile as well, and go back to the page."""
    if not _comes_from_here(request):
        raise PermissionDenied
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise BadRequest(_("The wiki does not speak this language."))
    if request.user.is_authenticated:
        choose_locale(request.user, locale=chosen)
    response = _back_to_the_page(request)
    remember_language(response, chosen)
    return response


def _back_to_the_page(request: HttpRequest) -> HttpResponseRedirect:
    back = request.POST.get("next", "/")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(
        back, {request.get_host()}
    ):
        back = "/"
    # Not redirect(), which takes what does not look like a path for a view's name.
    return HttpResponseRedirect(back)


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from one of our own pages, as far as browsers tell."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


@require_GET
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Whether the site can answer: 200, or 503 when the database cannot."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as problem:
        logger.warning("The database does not answer: %s", problem)
        return JsonResponse({"database": "away"}, status=503)
    return JsonResponse({"database": "ok"})


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /accounts/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def site_map(request: HttpRequest, sitemaps: dict[str, Any]) -> HttpResponseBase:
    """Every address for search engines; 404 where no site is left, as for its pages."""
    if Site.find_for_request(request) is None:
        raise Http404
    response: HttpResponseBase = sitemap(request, sitemaps)
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    # What raises BadRequest words it for the reader; other refusals are not theirs.
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    if is_too_large := isinstance(exception, RequestDataTooBig):
        reason = _("That is more than one form may hold. Send it in parts.")
    status = 413 if is_too_large else 400
    shown = {"reason": reason, "status": status}
    return render(request, "400.html", shown, status=status)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    if (error := sys.exception()) is not None:
        # Whatever knew the reader's language may be what failed; their browser does.
        with translation.override(get_language_from_request(request)):
            if answer := answer_to(request, error):
                return answer
    # Nothing that may be broken: no context processors, no database.
    return render(None, "500.html", status=500)

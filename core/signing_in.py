"""Whoever is asked to sign in while sending a form comes back to the form."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


class SignInLeadsToTheForm:
    """Middleware; an address that takes forms alone has nothing to show afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or response.status_code != 302:
            return response
        to, form = urlsplit(response.headers["Location"]), _page_of_form(request)
        if to.path == resolve_url(settings.LOGIN_URL) and to.query and form:
            query = urlencode({REDIRECT_FIELD_NAME: form})
            response.headers["Location"] = f"{to.path}?{query}"
        return response


def _page_of_form(request: HttpRequest) -> str:
    """Where the form stood, if on this wiki; the browser says so."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return ""
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

"""Request guards that hold for every route."""

from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from wagtail.contrib.redirects.middleware import RedirectMiddleware

from csp.constants import SELF
from csp.middleware import CSPMiddleware, PolicyParts

from core.coming_back import answer_to
from core.constraints import is_address_taken
from core.reader import language_of
from core.refusals import PlaceTaken, Refused, StillInUse

GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageOfTheReader:
    """Answers in the language of the reader, and leaves none behind for the next."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language"])
        return response


class RefuseMalformedText:
    """Answer 400 or 404 to text no page can hold, before a database sees it.

    PostgreSQL cannot store NUL, and stock search and API views pass it on.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            return render(request, "404.html", status=404)
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query or "\x00" in query:
            return render(
                request,
                "400.html",
                {
                    "reason": _(
                        "The address contains a NUL character, which no text has."
                    )
                },
                status=400,
            )
        return self.get_response(request)


class SecurityPolicy(CSPMiddleware):
    """The strict policy everywhere but in the CMS admin, which needs its own."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        in_admin = request.path_info.startswith("/admin/")
        # The editor's preview panel frames pages served from admin addresses.
        if in_admin and not report_only and parts.replace is None:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        elif getattr(request, "is_dummy", False):
            # Such a page is made by a request of its own, to its public address.
            parts.replace = {**(parts.replace or {}), "frame-ancestors": [SELF]}
        return parts


class PrivateWhenSignedIn:
    """What a signed-in person sees is stored by no shared cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        # Reading `user` costs two queries; an anonymous request has no session cookie.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and user is not None and user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        else:
            patch_vary_headers(response, ["Cookie"])
        return response


class AnswersErrors:
    """Middleware that lets every request through, and answers some errors of views."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """The answer, or None for what is not understood here."""
        raise NotImplementedError


class RefusalsAsConflicts(AnswersErrors):
    """Turn a refusal raised anywhere below into a page that says what to do."""

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        match exception:
            case Refused():
                refusal = exception
            case IntegrityError() if is_address_taken(exception):
                # The admin moves a page by itself, not by the page's own method.
                refusal = PlaceTaken()
            case ProtectedError():
                refusal = StillInUse(exception.protected_objects)
            case RestrictedError():
                refusal = StillInUse(exception.restricted_objects)
            case _:
                return None
        shown = {"reason": str(refusal), "status": refusal.status}
        response = render(request, "409.html", shown, status=refusal.status)
        if refusal.retry_after is not None:
            response["Retry-After"] = str(refusal.retry_after)
        return response


class OutagesAsLater(AnswersErrors):
    """Answer 503, with when to come back, where the database is away or busy.

    What fails outside of a view ends in `home.views.server_error`, which does the same.
    """

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return answer_to(request, exception)


class RedirectsElsewhere(RedirectMiddleware):
    """Wagtail's redirects, but for those that lead back to what was asked for.

    A browser would follow them in a circle until it gives up.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        led: HttpResponse = super().process_response(request, response)
        to = led.headers.get("Location", "")
        is_circle = response.status_code == 404 and to == request.path
        return response if is_circle else led

"""Forms and addresses of the CMS admin that no browser of an editor has sent.

Wagtail's views trust what comes from their own pages. Where something else comes, they
fail with errors that only what was sent can cause; those are answered with 400.
"""

import re
from collections.abc import Iterator
from traceback import walk_tb
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.db import DataError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.log import log_response
from django.utils.translation import gettext as _

from core.middleware import AnswersErrors

# A key that is no number, one too large for SQLite, a day that Python cannot count to,
# a NUL for PostgreSQL and for files.
_NO_VALUE = re.compile(
    r"Field '\w+' expected a number but got"
    r"|Python int too large to convert to SQLite INTEGER|date value out of range"
    r"|Exceeds the limit \(\d+ digits\) for integer string conversion"
    r"|cannot contain NUL|embedded null byte|unsupported Unicode escape sequence"
)
# In the JSON of a rich text: the escape of NUL, not that of a backslash before "u0000".
_NUL_IN_JSON = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
# Of text that is no JSON, or JSON of another shape.
_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


class RefuseMalformedForms(AnswersErrors):
    """Answer 400 in the admin to what its forms and lists cannot have asked for."""

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not _in_admin(request):
            return None
        # Wagtail would first do what it was asked, and then not find the way back.
        back = request.POST.get("next") or request.GET.get("next") or "/"
        if "/" not in back and "." not in back:
            return _refused(request, _("The address names no page to go back to."))
        # SQLite would keep it, PostgreSQL fail over it.
        if any(_holds_nul(*one) for one in _sent_in(request.POST)):
            return _refused(request, _("A text contains NUL, which no text has."))
        return None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not _in_admin(request) or not is_about_what_was_sent(exception):
            return None
        response = _refused(request, _("The form was sent incompletely."))
        # With its traceback: somebody may have to find out that it is ours after all.
        log_response(
            "Malformed: %s",
            request.path,
            response=response,
            request=request,
            level="warning",
            exception=exception,
        )
        return response


def is_about_what_was_sent(error: Exception) -> bool:
    """Whether only something that was sent can have caused an error."""
    if isinstance(error, MultiValueDictKeyError | IncorrectLookupParameters):
        return True
    if isinstance(error, _UNREADABLE) and _was_being_read(error):
        return True
    of_values = isinstance(error, ValueError | OverflowError | DataError)
    return of_values and bool(_NO_VALUE.search(str(error)))


def _sent_in(form: QueryDict) -> Iterator[tuple[str, str]]:
    for name, values in form.lists():
        for value in values:
            yield name, str(value)


def _holds_nul(name: str, value: str) -> bool:
    """Of rich texts and names of blocks: other fields say so themselves."""
    if name.endswith("-id"):
        return "\x00" in value
    return value.startswith("{") and bool(_NUL_IN_JSON.search(value))


def _was_being_read(error: Exception) -> bool:
    """Whether a widget was reading its part of the form: JSON, counts and orders."""
    frames = (frame for frame, _line in walk_tb(error.__traceback__))
    return any(frame.f_code.co_name == "value_from_datadict" for frame in frames)


def _in_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    return render(request, "400.html", {"reason": reason}, status=400)

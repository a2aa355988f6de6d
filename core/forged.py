"""The answer to a form that does not prove to come from a page of the wiki."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

# How Django begins when the key is at fault, not the page that the form came from.
_OF_KEY = ("CSRF token", "CSRF cookie")


def refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, with what was typed: a page that stood open for long has an old key.

    From another site nothing is shown of what came: it may have written that itself.
    """
    said = _(
        "This page stood open for too long, or your browser keeps no cookies. Nothing "
        "was saved. Go back, reload the page and send it again."
    )
    shown = {"reason": said, "gives_back": reason.startswith(_OF_KEY)}
    return render(request, "403.html", shown, status=403)

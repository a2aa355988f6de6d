"""Who is reading, as far as a page needs to know: their units and their language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request

from core.measures import System

COOKIE = "units"
A_YEAR = 365 * 24 * 3600


def units_of(request: HttpRequest) -> System:
    """The reader's units: their cookie, else their profile, else metric."""
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in set(System):
        return System(chosen)
    person = _person(request)
    return System.METRIC if person is None else System(person.units)


def language_of(request: HttpRequest) -> str:
    """The reader's language: of their profile, their cookie or their browser."""
    person = _person(request)
    chosen = language_chosen_by(person) if person is not None else ""
    return chosen or get_language_from_request(request)


def language_chosen_by(person: Any) -> str:
    """The language of a profile; empty where it names none that there is."""
    return str(person.locale) if person.locale in dict(settings.LANGUAGES) else ""


def remember_units(response: HttpResponse, units: System) -> None:
    """Keep the choice on the reader's machine, without an account."""
    response.set_cookie(COOKIE, units, max_age=A_YEAR, samesite="Lax", httponly=True)


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the choice on the reader's machine; none lets the browser decide again."""
    name = settings.LANGUAGE_COOKIE_NAME
    if language:
        response.set_cookie(
            name, language, max_age=A_YEAR, samesite="Lax", httponly=True
        )
    else:
        response.delete_cookie(name, samesite="Lax")


def _person(request: HttpRequest) -> Any:
    """The account of who is signed in, or None. Asks nothing of the unknown."""
    session = getattr(request, "session", None)
    user = getattr(request, "user", None)
    if session is None or not session.session_key or user is None:
        return None
    return user if user.is_authenticated else None

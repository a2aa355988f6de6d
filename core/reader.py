"""Who is reading, as far as a page needs to know: the units they think in."""

from django.http import HttpRequest, HttpResponse

from core.measures import System

COOKIE = "units"
A_YEAR = 365 * 24 * 3600


def units_of(request: HttpRequest) -> System:
    """The reader's units: their cookie, else their profile, else metric."""
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen in set(System):
        return System(chosen)
    user = getattr(request, "user", None)
    if request.session.session_key and user is not None and user.is_authenticated:
        return System(user.units)
    return System.METRIC


def remember_units(response: HttpResponse, units: System) -> None:
    """Keep the choice on the reader's machine, without an account."""
    response.set_cookie(COOKIE, units, max_age=A_YEAR, samesite="Lax", httponly=True)

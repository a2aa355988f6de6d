"""Who reads, as far as it decides what may be kept and for whom."""

from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest

# Django's messages travel in a cookie of this name to who is not signed in.
MESSAGES_COOKIE = "messages"


class Role(StrEnum):
    """Classes of readers who see the same."""

    ANONYMOUS = "anonymous"
    MEMBER = "member"


def has_session(request: HttpRequest) -> bool:
    """Whether the server may know something of this reader. Asks no database."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_nobody(request: HttpRequest) -> bool:
    """Whether an answer to this reader is an answer to everybody."""
    return not (
        has_session(request)
        or MESSAGES_COOKIE in request.COOKIES
        or "Authorization" in request.headers
    )


def role_of(request: HttpRequest) -> Role | None:
    """The class of the reader; None for those for whom nothing is kept.

    Those are all who may enter the editing desk, and visitors with a session of whom
    we know no name: a page may have been opened to them by a password.
    """
    if not has_session(request):
        return Role.ANONYMOUS
    user = request.user
    if not user.is_authenticated or user.has_perm("wagtailadmin.access_admin"):
        return None
    return Role.MEMBER

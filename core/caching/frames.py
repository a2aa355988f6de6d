"""The frame around every page: the same for all who are not signed in.

Only two things in it tell where somebody is: which of the main links is marked, which
the beginning of the path decides, and the address that a choice of units or language
leads back to. That address is put in each time, in the place of a mark.
"""

from typing import Any, NoReturn

from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.utils.html import escape
from django.utils.translation import get_language

from core.caching.fragments import PERSONAL, PersonalPart, Withheld
from core.caching.readers import has_session

# No address has braces, and nothing escapes them in HTML.
HERE = "{here}"


class AnyRequest:
    """Somebody not signed in asks for a page of a section: what a frame may know."""

    def __init__(self, section: str) -> None:
        self.path = section

    def get_full_path(self) -> str:
        """The mark in whose place the address is put."""
        return HERE

    def __getattr__(self, name: str) -> NoReturn:
        raise PersonalPart(f"request.{name}")


def key_of(context: Context) -> tuple[str, ...] | None:
    """What decides how a frame looks; None for those who have one of their own."""
    request, units = context.get("request"), context.get("units")
    if request is None or units is None or has_session(request):
        return None
    return section_of(request.path), units, get_language() or ""


def section_of(path: str) -> str:
    """The beginning of a path that main links are compared with: "/parks/"."""
    return path[: path.find("/", 1) + 1]


def for_anybody(section: str) -> dict[str, Any]:
    """What to put over a template's context while it makes a frame for many."""
    withheld = {name: Withheld(name) for name in PERSONAL}
    return {**withheld, "user": AnonymousUser(), "request": AnyRequest(section)}


def placed(frame: str, context: Context) -> str:
    """A frame with the address of the page that is asked for."""
    return frame.replace(HERE, escape(context["request"].get_full_path()))

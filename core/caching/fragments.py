"""The named parts of one page, as a template makes them or finds them made."""

import logging
from dataclasses import dataclass, field
from typing import Any

from django.template import Context

logger = logging.getLogger("thrillwiki.caching")

# What a template knows of one reader, and none of it is for others.
PERSONAL = ("user", "perms", "messages", "csrf_token", "CSP_NONCE")
PERSONAL_OF_REQUEST = frozenset({"user", "session", "COOKIES", "META", "csp_nonce"})


class PersonalPart(Exception):
    """A part that is kept for many asked for what concerns one reader."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” belongs to one reader; this part is for many.")


class Withheld:
    """Stands for something personal. Whoever looks at it gets a PersonalPart."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _refuse(self, *args: Any) -> Any:
        raise PersonalPart(self._name)

    __str__ = __bool__ = __iter__ = __len__ = __getitem__ = __html__ = _refuse

    def __getattr__(self, name: str) -> Any:
        self._refuse()


class SharedRequest:
    """A request without what is the reader's own."""

    def __init__(self, request: Any) -> None:
        self.__dict__["_request"] = request

    def __getattr__(self, name: str) -> Any:
        if name in PERSONAL_OF_REQUEST:
            raise PersonalPart(f"request.{name}")
        return getattr(self._request, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._request, name, value)


@dataclass
class Fragments:
    """Parts by name. Once something personal was found in one, none is to be kept."""

    made: dict[str, str] = field(default_factory=dict)
    is_for_many: bool = True

    def found_personal(self, name: str, problem: PersonalPart) -> None:
        """Give up keeping these parts, and say so: a template is at fault."""
        self.is_for_many = False
        refused(name, problem)


def refused(name: str, problem: PersonalPart) -> None:
    """Say which part is made for each reader although it was meant for many."""
    logger.error("The part “%s” of a page cannot be kept: %s", name, problem)


def without_the_reader(context: Context) -> dict[str, Any]:
    """What to put over a template's context while it makes a part for many."""
    over: dict[str, Any] = {name: Withheld(name) for name in PERSONAL}
    return {**over, "request": SharedRequest(context["request"])}

"""Paths of facts: "city", "tracks/<row uuid>", "tracks/<row uuid>/height"."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from history.models import FactChange

LONGEST = 200
SHAPE = re.compile(
    r"(?P<fact>[a-z][a-z0-9_]{0,63})"
    r"(?:/(?P<part>[\w-]{1,64})(?:/(?P<name>[a-z][a-z0-9_]{0,63}))?)?",
    re.ASCII,
)


class NoSuchPath(ValueError):
    """The text is no path of a fact; the message says what one looks like."""


@dataclass(frozen=True, slots=True)
class FactPath:
    """A fact of a page, a row or block in it (`part`), or a column of that row."""

    fact: str
    part: str = ""
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> "FactPath":
        """Raises NoSuchPath."""
        found = SHAPE.fullmatch(text) if len(text) <= LONGEST else None
        if found is None:
            raise NoSuchPath(
                _("A fact is written like city, tracks/<row> or tracks/<row>/height.")
            )
        return cls(**{key: value or "" for key, value in found.groupdict().items()})

    def __str__(self) -> str:
        return "/".join(part for part in (self.fact, self.part, self.name) if part)

    @property
    def whole(self) -> "FactPath":
        """The row or block it belongs to, or the fact itself."""
        return FactPath(self.fact, self.part)

    def changes(self, object_uuid: Any) -> QuerySet[FactChange]:
        """What later versions changed of it; a row that came or went counts."""
        changes = FactChange.objects.filter(object_uuid=object_uuid)
        if self.name:
            return changes.filter(path__in=[str(self), str(self.whole)])
        if self.part:
            inside = Q(path=str(self)) | Q(path__startswith=f"{self}/")
            return changes.filter(inside, fact=self.fact)
        return changes.filter(fact=self.fact)

    def value_in(self, content: dict[str, Any]) -> Any:
        """What a content says of it; None when it says nothing."""
        value = content.get(self.fact)
        if not self.part:
            return value
        found = parts_of(value).get(self.part)
        if found is None or not self.name:
            return found
        return found.get(self.name)


def parts_of(value: Any) -> dict[str, dict[str, Any]]:
    """The rows of a relation by uuid or the blocks of a story by id, in order."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return {}
    if not isinstance(value, list):
        return {}
    return {
        str(part.get("uuid") or part.get("id")): part
        for part in value
        if isinstance(part, dict) and (part.get("uuid") or part.get("id"))
    }

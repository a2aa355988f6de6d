"""The text of a version beside that of the one before, and what the two tell."""

import json
from functools import cached_property
from typing import Any

from history.content import changed_facts, changed_paths


class Texts:
    """The text of a version and that of the one before, if there is one."""

    def __init__(self, was: str | None, now: str | None) -> None:
        self.was = was
        self.now: str = now if now is not None else was or "{}"
        self.same = self.was == self.now

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.now.encode())

    @cached_property
    def facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.now)
        return facts

    def changed_facts(self) -> list[str]:
        """Names of the facts that are others now; of a first version, all it has."""
        if self.same:
            return []
        if self.was is None:
            return sorted(self.facts.keys() - {"pk", "uuid"})
        return changed_facts(json.loads(self.was), self.facts)

    def changed_paths(self) -> list[str]:
        """Where they are others, as FactChange has it.

        What no later version changed was set by the first: it needs no entries.
        """
        if self.same or self.was is None:
            return []
        return changed_paths(json.loads(self.was), self.facts)

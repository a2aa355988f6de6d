"""The words that only hidden versions say, and texts without them."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from history.facts import nested, texts_in
from history.models import ObjectHead, PageVersion
from history.reading import readable_texts

HIDDEN = "(hidden)"
# Shorter ones stand anywhere without repeating anything.
SHORTEST = 4
# Beyond that a text is searched sentence by sentence.
LONG = 10_000
_ENDS = re.compile(r"<[^>]*>|(?<=[.!?])\s+|[\r\n]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences and names that no version says that is shown."""

    said: frozenset[str]

    def are_in(self, value: Any) -> bool:
        """Whether one of the texts in a value holds one of them."""
        return bool(self.said) and any(map(self._stand_in, texts_in(value)))

    def without(self, value: Any) -> Any:
        """The value with HIDDEN in place of each text that holds one of them."""
        if isinstance(value, str):
            if (inner := nested(value)) is not None:
                return json.dumps(self.without(inner), sort_keys=True)
            return HIDDEN if self._stand_in(value) else value
        if isinstance(value, dict):
            return {name: self.without(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self.without(part) for part in value]
        return value

    def _stand_in(self, text: str) -> bool:
        if len(text) > LONG:
            return not self.said.isdisjoint(_sentences(text))
        return any(said in text for said in self.said)


def words_only_in(versions: Iterable[PageVersion]) -> Words:
    """What these versions of one object say, and neither its newest nor neighbours."""
    versions = list(versions)
    uuid = versions[0].object_uuid
    beside = Q(seq__in={v.seq + step for v in versions for step in (-1, 1)})
    newest = Q(pk__in=ObjectHead.objects.filter(pk=uuid).values("version"))
    shown = PageVersion.objects.filter(
        beside | newest, object_uuid=uuid, text_hidden=False
    ).exclude(pk__in=[version.pk for version in versions])
    public = "\n".join(_said_in(shown))
    return Words(frozenset(said for said in _said_in(versions) if said not in public))


def _said_in(versions: Iterable[PageVersion]) -> set[str]:
    contents = [json.loads(text) for text in readable_texts(versions).values()]
    return {said for text in texts_in(contents) for said in _sentences(text)}


def _sentences(text: str) -> Iterator[str]:
    for part in _ENDS.split(text):
        said = part.strip()
        if len(said) >= SHORTEST and any(letter.isalpha() for letter in said):
            yield said

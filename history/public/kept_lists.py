"""The newest page of each history as everybody reads it, kept between visits.

What is kept bears the fingerprint of all it was made from, and that is read anew for
each visit. So a publish, a tag, another name of an author, a move and a hiding show at
once; forgetting is not needed for that, only for what must not lie in a cache either.
Whether a reader may see the list is asked before it is fetched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.caching import fetched, keep
from history.models import PageVersion
from history.public.entries import Cut

# Part of each fingerprint: raise it when the same lines look different.
RENDERER = 3
# Labels change with a release, and a name in it should not outlive the account.
SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class KeptList:
    """The list of an object, or a place for it, and what stays true of the object.

    Its kind and its facts are those of its first version, which never changes.
    """

    uuid: Any
    content_type_id: int
    facts: list[str]
    mark: str = ""
    html: SafeString | None = None

    def shown(
        self, cut: Cut, made_from: object, make: Callable[[], SafeString]
    ) -> SafeString:
        """The list as HTML, made now unless it was made of the same before.

        `made_from` is what else it says, all of it with a telling `repr`.
        """
        if any(line.is_hidden for line in cut.lines):
            # Administrators read more of it than others.
            return make()
        mark = _fingerprint(cut, made_from)
        if self.html is not None and self.mark == mark:
            return self.html
        html = make()
        # A plain tuple: later code reads what earlier code kept.
        known = (self.content_type_id, self.facts, mark, html)
        keep(_key(self.uuid), known, seconds=SECONDS)
        self._forget_if_hidden_since(cut)
        return html

    def _forget_if_hidden_since(self, cut: Cut) -> None:
        """What was hidden while the list was being made must not stay behind."""
        versions = PageVersion.objects.filter(pk__in=[line.pk for line in cut.lines])
        hidden = Q(text_hidden=True) | Q(changeset__author_hidden=True)
        if versions.filter(hidden | Q(changeset__reason_hidden=True)).exists():
            forget_list_of(self.uuid)


def kept_list_of(uuid: Any) -> KeptList | None:
    """What is kept of an object, for those who may read its history."""
    match fetched(_key(uuid)):
        case (int(content_type_id), list(facts), str(mark), html) if isinstance(
            html, SafeString
        ):
            return KeptList(uuid, content_type_id, facts, mark, html)
    return None


def forget_list_of(uuid: Any) -> None:
    """Drop the kept list of an object. With the cache out of reach it raises."""
    cache.delete_many([_key(uuid)])


def _key(uuid: Any) -> str:
    return f"history:{uuid}"


def _fingerprint(cut: Cut, made_from: object) -> str:
    # As tuples, whose repr takes a third of the time of that of lines.
    lines = [tuple(line) for line in cut.lines]
    told = (RENDERER, get_language(), lines, cut.older, cut.newer, made_from)
    return blake2b(repr(told).encode(), digest_size=20).hexdigest()

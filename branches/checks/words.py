"""What is said about a change, and words that are not welcome."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from django.utils.translation import gettext_noop as _

from branches.checks.registry import Remark, block, check
from branches.checks.subjects import Handed
from branches.models import BannedPattern
from branches.sources import lacks_source


@check("words")
def look_for_words(handed: Handed) -> Iterator[Remark]:
    """Reason and source of a suggestion."""
    proposal = handed.proposal
    if proposal.is_branch:
        return
    if not proposal.reason.strip():
        yield block(_("Say in one line what you change and why."))
    for item in handed.items:
        if lacks_source(item.changes, proposal.source):
            yield block(_("Facts are changed, and no source says where to check them."))


@check("banned")
def look_for_banned(handed: Handed) -> Iterator[Remark]:
    """Words that an administrator has banned, where they were not before."""
    patterns = list(BannedPattern.objects.filter(is_active=True))
    if not patterns:
        return
    words = (handed.proposal.title, handed.proposal.reason, handed.proposal.source)
    yield from _found(patterns, words)
    for item in handed.items:
        for fact, texts in item.texts().items():
            for remark in _found(patterns, texts):
                yield replace(remark, uuid=item.plan.item.object_uuid, fact=fact)


def _found(patterns: list[BannedPattern], texts: Iterable[str]) -> Iterator[Remark]:
    text = "\n".join(texts)
    for one in patterns:
        if match := _expression(one.pattern).search(text):
            params = {"words": match[0], "note": one.note}
            if one.note:
                yield block(_("“%(words)s” cannot stand here: %(note)s"), params=params)
            else:
                yield block(_("“%(words)s” cannot stand here."), params=params)


@lru_cache(maxsize=512)
def _expression(pattern: str) -> re.Pattern[str]:
    """Whole words; spaces stand for any space between them."""
    # No pattern of an administrator can make it slow: stars stay within a word.
    words = [r"\w*".join(map(re.escape, word.split("*"))) for word in pattern.split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)

"""Whether what is named as a source is still there."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext_noop as _

from branches.checks.links import addresses_in, is_safe
from branches.checks.registry import Remark, check, unknown, warn
from branches.checks.subjects import Handed
from branches.sources import NAMES_SOURCE
from core.outside import Found, look_up

# Each may take some seconds, and somebody waits for the review.
MOST_ASKED = 3

_SAID = {
    Found.GONE: (warn, _("The source is not there: %(address)s")),
    Found.UNKNOWN: (unknown, _("The source could not be looked up: %(address)s")),
}


@check("source")
def look_for_dead_sources(handed: Handed) -> Iterator[Remark]:
    """Addresses that lead nowhere. Nobody is asked unless the operator wants it."""
    if not settings.LOOK_UP_SOURCES:
        return
    for address in _named_in(handed)[:MOST_ASKED]:
        found = look_up(address)
        if found in _SAID:
            say, words = _SAID[found]
            yield say(words, params={"address": address[:200]})


def _named_in(handed: Handed) -> list[str]:
    """The addresses on the web that are new, each once."""
    texts = [handed.proposal.source]
    for item in handed.items:
        texts += item.texts().get(NAMES_SOURCE, [])
    named = (a for text in texts for a in addresses_in(text))
    return list(dict.fromkeys(a for a in named if a.startswith("http") and is_safe(a)))

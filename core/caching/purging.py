"""Which addresses a cache in front of the wiki should ask for again at once.

Only the nearest ones: whatever else shows a change is asked for anew within a second
or two in any case (sharing.py).
"""

from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from wagtail.contrib.frontend_cache.utils import PurgeBatch
from wagtail.models import Page

STEP = Page.steplen


def purge_after_commit(topics: Iterable[str], *pages: Page) -> None:
    """Purge the pages that these topics name, and these pages with those above them.

    They are purged at the address they have now, which may soon be another one's.
    """
    if not settings.WAGTAILFRONTENDCACHE:
        return
    named = dict.fromkeys(topic.partition(":")[::2] for topic in topics)
    keys = [int(which) for kind, which in named if kind == "page"]
    places = {which for kind, which in named if kind == "below"}
    addresses = [page.get_full_url() for page in pages]
    for page in pages:
        places |= {page.path[:end] for end in range(2 * STEP, len(page.path) + 1, STEP)}
    transaction.on_commit(partial(_purge, keys, places, addresses))


def _purge(
    keys: Iterable[int], places: Iterable[str], addresses: Iterable[str | None]
) -> None:
    batch = PurgeBatch(urls=[address for address in addresses if address])
    named = Q(pk__in=keys) | Q(path__in=places)
    batch.add_pages(Page.objects.live().filter(named, depth__gt=1))
    batch.purge()

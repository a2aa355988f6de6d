"""Stamps: numbers that change whenever something that readers see has changed.

What is kept carries the stamp of the topics it shows, read before anything else was
read. It is shown again only while their stamp is still the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from secrets import randbelow
from typing import Final

from django.db import transaction
from django.db.models import Q, Sum

from core.caching.models import Touch

# A change that may show on any page: how something is called, where it stands, who
# may see it.
EVERYTHING: Final = "everything"
# Any other change: for pages that show what concerns the whole wiki, such as lists.
ANYTHING: Final = "anything"

WHOLE_WIKI = (EVERYTHING, ANYTHING)
# Folded sums of two thousand million touches still fit the column.
LARGEST_TOKEN = 2**31
FOLDED_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of some topics, and that of the whole wiki at the same moment."""

    topics: int
    wiki: int


def touch(*topics: str) -> None:
    """Let everything that shows one of these topics be made anew.

    Call it in the transaction of the change: both become visible together.
    """
    wiki = () if EVERYTHING in topics else (ANYTHING,)
    Touch.objects.bulk_create(
        Touch(topic=topic, token=randbelow(LARGEST_TOKEN) + 1)
        for topic in dict.fromkeys((*wiki, *topics))
    )


def touch_everything() -> None:
    """Let every page be made anew."""
    touch(EVERYTHING)


def stamp_of(topics: Iterable[str] = WHOLE_WIKI) -> Stamp:
    """The present stamp of these topics, in one query."""
    asked = set(topics)
    found = Touch.objects.filter(topic__in=asked | set(WHOLE_WIKI)).aggregate(
        topics=Sum("token", filter=Q(topic__in=asked)),
        wiki=Sum("token", filter=Q(topic__in=WHOLE_WIKI)),
    )
    return Stamp(found["topics"] or 0, found["wiki"] or 0)


@transaction.atomic
def fold() -> int:
    """Make one row of the rows of each topic; returns how many went.

    No sum changes, so nothing is made anew. Rows another one folds are left to it.
    """
    rows = Touch.objects.select_for_update(skip_locked=True).order_by("pk")
    by_topic: dict[str, dict[int, int]] = defaultdict(dict)
    for touched in rows[:FOLDED_AT_ONCE]:
        by_topic[touched.topic][touched.pk] = touched.token
    several = {topic: known for topic, known in by_topic.items() if len(known) > 1}
    Touch.objects.bulk_create(
        Touch(topic=topic, token=sum(known.values()))
        for topic, known in several.items()
    )
    going = [pk for known in several.values() for pk in known]
    Touch.objects.filter(pk__in=going).delete()
    return len(going) - len(several)

"""Stamps change with every touch, in whatever order transactions end."""

from threading import Event

from django.db import connection, transaction

import pytest

from core.caching.models import Touch
from core.caching.stamps import WHOLE_WIKI, fold, stamp_of, touch, touch_everything
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def test_a_touch_changes_the_stamp_of_its_topic_and_of_the_wiki_only() -> None:
    before, other = stamp_of({"page:1"}), stamp_of({"page:2"})

    touch("page:1")

    after = stamp_of({"page:1"})
    assert after.topics != before.topics
    assert after.wiki != before.wiki
    assert stamp_of({"page:2"}).topics == other.topics


def test_what_concerns_everything_changes_the_stamp_of_the_wiki() -> None:
    before = stamp_of(WHOLE_WIKI)

    touch_everything()

    assert stamp_of(WHOLE_WIKI).topics != before.topics


def test_no_two_wikis_begin_at_the_same_stamp() -> None:
    assert stamp_of().wiki > 0


def test_folding_leaves_one_row_for_each_topic_and_every_stamp_as_it_was() -> None:
    for _ in range(3):
        touch("page:1", "page:2")
        touch_everything()
    before = [stamp_of({topic}) for topic in ("page:1", "page:2", "page:3")]

    fold()

    assert [stamp_of({topic}) for topic in ("page:1", "page:2", "page:3")] == before
    assert Touch.objects.count() == 4
    assert fold() == 0


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_touch_that_began_first_and_ends_last_is_seen_when_it_ends() -> None:
    begun, seen = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            touch("page:1")
            begun.set()
            seen.wait(30)

    def quick() -> list[int]:
        begun.wait(30)
        touch("page:1")
        between = stamp_of({"page:1"}).topics
        fold()
        seen.set()
        return [between, stamp_of({"page:1"}).topics]

    _, (between, folded) = at_once(slow, quick)

    assert folded in (between, stamp_of({"page:1"}).topics)
    assert stamp_of({"page:1"}).topics > between
    assert connection.in_atomic_block is False

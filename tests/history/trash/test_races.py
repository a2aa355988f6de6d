"""Two persons at the trash at the same moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from wagtail.models import Page

import pytest

from core.refusals import Refused
from history.models import Deletion, PageVersion
from history.trash.actions import restore
from home.models import HomePage
from parks.models import RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def at_once(*deeds: Callable[[], object]) -> Counter[str]:
    """Do all of it in threads that start together; counts how they end."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=10)
            deed()
        except Refused as refusal:
            return type(refusal).__name__
        else:
            return "restored"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(run, deeds))


def test_of_two_who_restore_one_page_exactly_one_wins(home: HomePage) -> None:
    admin, ride = make_person("admin"), make_ride(make_park())
    ride.delete(user=admin)
    deletion = Deletion.objects.get()

    ends = at_once(*[lambda: restore(deletion=deletion, by=admin)] * 4)

    assert ends == {"restored": 1, "NoLongerInTrash": 3}
    assert RidePage.objects.count() == 1
    assert PageVersion.objects.filter(object_uuid=ride.uuid).count() == 3
    assert not any(Page.find_problems())


def test_of_two_pages_that_want_one_address_exactly_one_comes_back(
    home: HomePage,
) -> None:
    admin, park = make_person("admin"), make_park()
    for _ in range(2):
        make_ride(park, slug="beast").delete(user=admin)
    first, second = Deletion.objects.all()

    ends = at_once(
        lambda: restore(deletion=first, by=admin),
        lambda: restore(deletion=second, by=admin),
    )

    assert ends["restored"] == 1
    assert set(ends) - {"restored"} <= {"SlugTaken", "AddressTaken"}
    assert RidePage.objects.count() == 1
    assert not any(Page.find_problems())

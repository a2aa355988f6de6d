"""Two persons at the trash at the same moment."""

from collections import Counter
from typing import Any

from wagtail.models import Page

import pytest

from core.refusals import Refused
from history.models import Deletion, PageVersion
from history.trash.actions import restore
from home.models import HomePage
from parks.models import RidePage
from tests.factories.pages import make_park, make_ride
from tests.factories.people import make_person
from tests.racing import at_once

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]


def counted(ends: list[Any]) -> Counter[str]:
    """How often each end occurred: refusals by their names."""
    return Counter(
        type(end).__name__ if isinstance(end, Refused) else "restored" for end in ends
    )


def test_of_two_who_restore_one_page_exactly_one_wins(home: HomePage) -> None:
    admin, ride = make_person("admin"), make_ride(make_park())
    ride.delete(user=admin)
    deletion = Deletion.objects.get()

    ends = counted(at_once(*[lambda: restore(deletion=deletion, by=admin)] * 4))

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

    ends = counted(
        at_once(
            lambda: restore(deletion=first, by=admin),
            lambda: restore(deletion=second, by=admin),
        )
    )

    assert ends["restored"] == 1
    assert set(ends) - {"restored"} <= {"SlugTaken", "AddressTaken"}
    assert RidePage.objects.count() == 1
    assert not any(Page.find_problems())

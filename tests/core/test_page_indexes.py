"""What refers to what is known after every save, and read once for it."""

from typing import Any

from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
)

import pytest

from parks.models import CompanyPage, MakerCredit, RidePage
from tests.factories.pages import make_company, make_park, make_ride

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The objects whose references were read, in this order."""
    objects: list[Any] = []
    original = ReferenceIndex.create_or_update_for_object

    def noted(thing: Any) -> None:
        objects.append(thing)
        original(thing)

    monkeypatch.setattr(ReferenceIndex, "create_or_update_for_object", noted)
    return objects


def refer(company: CompanyPage, ride: RidePage) -> bool:
    known = ReferenceIndex.get_references_to(company.page_ptr)
    return bool(known.filter(object_id=str(ride.pk)).exists())


def credited(ride: RidePage, *makers: CompanyPage) -> RidePage:
    ride = RidePage.objects.get(pk=ride.pk)
    ride.credits = [MakerCredit(company=maker, role="manufacturer") for maker in makers]
    return ride


def test_the_references_of_a_page_are_read_once_however_many_rows_it_has(
    read: list[Any],
) -> None:
    ride = make_ride(make_park())
    makers = [make_company(title) for title in ("Arrow", "Intamin", "Vekoma")]
    read.clear()

    credited(ride, *makers).save()

    assert read == [ride]
    assert all(refer(maker, ride) for maker in makers)


def test_a_row_that_goes_takes_its_reference_along() -> None:
    maker = make_company()
    ride = make_ride(make_park(), maker=maker)

    credited(ride).save()

    assert not refer(maker, ride)


def test_a_loader_that_writes_references_itself_is_left_alone(read: list[Any]) -> None:
    ride = make_ride(make_park())
    read.clear()

    with disable_reference_index_auto_update():
        credited(ride).save()
        assert reference_index_auto_update_disabled.value

    assert read == []

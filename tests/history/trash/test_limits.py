"""What is not deleted, and the end of the trash."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

import pytest

from core.refusals import StillInUse
from history.models import Deletion
from history.reading import stored_texts
from history.tasks import empty_trash
from history.trash.actions import discard
from parks.models import (
    Layout,
)
from tests.factories.pages import make_model, make_park, make_ride
from tests.factories.people import make_person
from tests.history.trash.deleting import (
    delete,
    fresh,
    versions_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def admin() -> Any:
    return make_person("admin")


def test_a_ride_that_a_ride_of_another_park_names_is_kept(admin: Any) -> None:
    copied = make_ride(make_park(), "Original")
    make_ride(make_park("Elsewhere"), "Replica", derived_from=copied)

    with pytest.raises(StillInUse, match="“Replica”"):
        delete(copied.get_parent(), by=admin)

    assert fresh(copied).live
    assert not Deletion.objects.exists()


def test_a_model_that_a_layout_names_is_kept(admin: Any) -> None:
    model = make_model()
    Layout.objects.create(name="Boomerang, standard", model=model)

    with pytest.raises(StillInUse, match="Boomerang, standard"):
        delete(model, by=admin)


# --- The end of the trash -----------------------------------------------------------


def test_after_ninety_days_the_trash_is_emptied_and_history_stays(admin: Any) -> None:
    ride = make_ride(make_park())
    old, new = delete(ride, by=admin), delete(make_ride(make_park("New")), by=admin)
    assert old.expires_at - old.deleted_at == timedelta(days=90)
    Deletion.objects.filter(pk=old.pk).update(expires_at=timezone.now())

    empty_trash()

    assert list(Deletion.objects.all()) == [new]
    texts = stored_texts(versions_of(ride))
    assert len(texts) == 2


def test_what_is_thrown_away_is_gone_and_its_history_stays(admin: Any) -> None:
    ride = make_ride(make_park())
    deletion = delete(ride, by=admin)

    discard(deletion=deletion, by=admin)

    assert not Deletion.objects.exists()
    assert len(versions_of(ride)) == 2

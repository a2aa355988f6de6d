"""What is due by time is done, and one blocked draft holds nothing up."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

import pytest
import time_machine

from core.tasks import publish_scheduled
from home.models import HomePage
from parks.models import ParkPage, RidePage
from tests.factories.pages import make_company, make_park, make_ride

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


def scheduled(page: Any, **facts: Any) -> None:
    draft = page.get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.go_live_at = NOW + timedelta(hours=1)
    draft.save_revision().publish()


def test_the_guide_for_operators_lists_what_is_done_by_the_clock() -> None:
    guide = (settings.BASE_DIR / "docs/guides/operator.md").read_text(encoding="utf-8")

    listed = re.findall(r"^\| [^|]+ \| `([a-z-]+)` \|", guide, re.MULTILINE)

    assert sorted(listed) == sorted(settings.CELERY_BEAT_SCHEDULE)


def test_a_scheduled_draft_goes_live_when_its_hour_has_come(home: HomePage) -> None:
    with time_machine.travel(NOW, tick=False):
        park = make_park()
        scheduled(park, city="Sandusky")
        publish_scheduled()
        assert ParkPage.objects.get(pk=park.pk).city == ""

    with time_machine.travel(LATER, tick=False):
        publish_scheduled()

    assert ParkPage.objects.get(pk=park.pk).city == "Sandusky"


def test_a_draft_that_cannot_be_published_holds_no_other_up(home: HomePage) -> None:
    with time_machine.travel(NOW, tick=False):
        maker, park = make_company(), make_park()
        blocked = make_ride(park, "Blocked", maker=maker)
        for page in (blocked, park):
            scheduled(page, search_description="Due")
        maker.is_manufacturer = False
        maker.save()

    with time_machine.travel(LATER, tick=False):
        publish_scheduled()

    assert ParkPage.objects.get(pk=park.pk).search_description == "Due"
    assert RidePage.objects.get(pk=blocked.pk).search_description == ""

"""Statuses follow their periods; a day that comes is not an edit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from core.caching.stamps import touch_everything
from parks.models import ParkPage, RidePage
from parks.timeline import life_on, turns_by_itself


def bring_up_to_date(*, today: date | None = None) -> int:
    """Recompute statuses whose periods name a day that has come.

    Only the computed columns change: the facts stay as they were, so no version is
    written. Returns how many pages turned.
    """
    day = today or timezone.localdate()
    return sum(
        _turn(page, day) for page in (*_due(ParkPage, day), *_due(RidePage, day))
    )


def _due(model: Any, day: date) -> Iterable[Any]:
    passed = Q(status_periods__began_lower__lte=day) | Q(
        status_periods__ended_upper__lt=day
    )
    later_than_saved = Q(
        last_published_at__date__lt=F("status_periods__began_lower")
    ) | Q(last_published_at__date__lte=F("status_periods__ended_upper"))
    pages = model.objects.live().filter(passed & later_than_saved).distinct()
    return pages.prefetch_related("status_periods")


@transaction.atomic
def _turn(page: Any, day: date) -> bool:
    periods = list(page.status_periods.all())
    life = life_on(day, periods)
    if life.status == page.status or not turns_by_itself(periods, day):
        return False
    page.status, page.opened, page.closed = life.status, life.opened, life.closed
    page.save(
        clean=False,
        update_fields=[
            "status",
            *("opened", "opened_lower", "opened_upper", "opened_precision"),
            *("closed", "closed_lower", "closed_upper", "closed_precision"),
        ],
    )
    touch_everything()
    return True

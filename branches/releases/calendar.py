"""Everything that goes live or goes by itself, month by month."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Revision
from wagtail.permissions import page_permission_policy

from branches.models import Proposal
from branches.states import UNSETTLED

FIRST, LAST = date(2000, 1, 1), date(2199, 12, 1)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that will happen by itself."""

    at: datetime
    what: str
    title: str
    url: str

    @property
    def day(self) -> date:
        return timezone.localtime(self.at).date()


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month's grid."""

    date: date
    is_inside: bool
    events: list[Event]


def month_of(asked: str) -> date:
    """The first day of the month that an address names; of this month for nonsense."""
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)
    return min(max(month, FIRST), LAST)


def month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def events_in(month: date, *, user: Any) -> list[Event]:
    """What happens by itself in a month, as far as a person may know of it.

    Four queries, however much it is.
    """
    zone = timezone.get_current_timezone()
    first, end = (
        datetime(day.year, day.month, 1, tzinfo=zone)
        for day in (month, month_after(month))
    )
    span = {"gte": first, "lt": end}
    branches = Proposal.objects.filter(
        state__in=UNSETTLED, **{f"due_at__{name}": at for name, at in span.items()}
    )
    pages = page_permission_policy.explorable_instances(user)
    scheduled = Revision.page_revisions.filter(
        **{f"approved_go_live_at__{name}": at for name, at in span.items()}
    )
    when = {
        int(one.object_id): one.approved_go_live_at
        for one in scheduled.defer("content")
    }
    going_live = pages.filter(pk__in=when).values_list("pk", "draft_title")
    expiring = pages.filter(
        live=True, **{f"expire_at__{name}": at for name, at in span.items()}
    ).values_list("pk", "title", "expire_at")
    return sorted(
        [
            *map(_of_branch, branches),
            *(
                _of_page(_("Page goes live"), pk, title, when[pk])
                for pk, title in going_live
            ),
            *(_of_page(_("Page expires"), pk, title, at) for pk, title, at in expiring),
        ],
        key=attrgetter("at", "title"),
    )


def weeks_of(month: date, events: Iterable[Event]) -> list[list[Day]]:
    """The grid of a month, weeks from Monday on."""
    on: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        on[event.day].append(event)
    return [
        [Day(day, day.month == month.month, on[day]) for day in week]
        for week in Calendar().monthdatescalendar(month.year, month.month)
    ]


def _of_branch(branch: Proposal) -> Event:
    assert branch.due_at is not None  # noqa: S101  asked for by the query
    what = str(branch.get_state_display())
    return Event(branch.due_at, what, branch.title, branch.get_absolute_url())


def _of_page(what: str, pk: int, title: str, at: datetime) -> Event:
    return Event(at, what, title, reverse("wagtailadmin_pages:edit", args=[pk]))

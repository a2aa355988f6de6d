"""The calendar of what goes live by itself, in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from branches.releases.calendar import (
    events_in,
    month_after,
    month_before,
    month_of,
    weeks_of,
)
from branches.rights import may_begin_branch


def show_calendar(request: HttpRequest) -> HttpResponse:
    """A month of releases and scheduled pages, as a grid and as a list."""
    if not may_begin_branch(request.user):
        raise PermissionDenied
    month = month_of(request.GET.get("month", ""))
    events = events_in(month, user=request.user)
    weeks = weeks_of(month, events)
    context = {
        "month": month,
        "before": month_before(month),
        "after": month_after(month),
        "weeks": weeks,
        "events": events,
    }
    return render(request, "branches/calendar.html", context)


@hooks.register("register_admin_urls")
def register_calendar() -> list[URLPattern]:
    return [path("releases/", show_calendar, name="branches_calendar")]


class CalendarMenuItem(MenuItem):
    """Shown to those who work on branches."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_begin_branch(request.user)


@hooks.register("register_admin_menu_item")
def register_menu_item() -> Any:
    return CalendarMenuItem(
        _("Calendar"),
        reverse("branches_calendar"),
        name="calendar",
        icon_name="calendar-alt",
        order=310,
    )

"""Batches in the admin: addresses, the menu, and the entry among the bulk actions."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction

from branches.batches.report import report
from branches.batches.rollback_views import rollback
from branches.batches.views import decide, index, new, progress, show


@hooks.register("register_admin_urls")
def register_batches() -> list[URLPattern]:
    return [
        path("batches/", index, name="branches_batches"),
        path("batches/new/", new, name="branches_batch_new"),
        path("batches/rollback/", rollback, name="branches_rollback"),
        path("batches/<int:pk>/", show, name="branches_batch"),
        path("batches/<int:pk>/progress/", progress, name="branches_batch_progress"),
        path("batches/<int:pk>/report.csv", report, name="branches_batch_report"),
        path("batches/<int:pk>/<slug:verb>/", decide, name="branches_batch_decide"),
    ]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return MenuItem(
        _("Batch changes"),
        reverse("branches_batches"),
        name="batches",
        icon_name="list-ul",
        order=260,
    )


@hooks.register("register_bulk_action")
class BatchChange(PageBulkAction):
    """Leads from pages that are ticked in a listing to what shall be done to them."""

    display_name = _("Batch change…")
    aria_label = _("Change selected pages together, on a branch")
    action_type = "batch_change"
    action_priority = 60

    def dispatch(self, request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
        asked = [
            (name, value)
            for name in ("id", "childOf")
            for value in request.GET.getlist(name)
        ]
        return redirect(f"{reverse('branches_batch_new')}?{urlencode(asked)}")

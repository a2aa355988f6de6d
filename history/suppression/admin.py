"""The list of what is hidden and of what somebody wants hidden."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from core.read_only_admin import ReadOnly
from history.models import Suppression, SuppressionQuerySet


class StateFilter(SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("open", gettext("Waits for a second person")),
            ("in_force", gettext("In force")),
            ("over", gettext("Lifted or declined")),
        ]

    def queryset(self, request: Any, queryset: Any) -> SuppressionQuerySet:
        found: SuppressionQuerySet = queryset
        match self.value():
            case "open":
                return found.open()
            case "in_force":
                return found.in_force()
            case "over":
                return found.filter(lifted_at__isnull=False)
        return found


class SuppressionIndex(IndexView):
    page_title = _("Hidden versions")


class SuppressionAdmin(ModelAdmin):
    model = Suppression
    base_url_path = "suppressions"
    menu_label = _("Hidden versions")
    menu_icon = "view"
    menu_order = 660
    permission_helper_class = ReadOnly
    index_view_class = SuppressionIndex
    index_template_name = "history/suppression/index.html"
    history_view_enabled = False
    # The template lays the rows out.
    list_display = ("reason",)
    list_filter = (StateFilter,)
    list_select_related = ("asked_by", "confirmed_by", "lifted_by")
    search_fields = ("reason", "versions__title")

    # What waits for a decision comes first.
    ordering = ("is_over", "is_confirmed", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suppression]:
        return Suppression.objects.prefetch_related("versions").annotate(
            is_over=Q(lifted_at__isnull=False),
            is_confirmed=Q(confirmed_at__isnull=False),
        )

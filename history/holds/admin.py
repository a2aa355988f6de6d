"""The list of versions that are held, and of those that were."""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from core.read_only_admin import ReadOnly
from history.models import VersionHold, VersionHoldQuerySet


class StateFilter(SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [("in_force", gettext("In force")), ("released", gettext("Released"))]

    def queryset(self, request: Any, queryset: Any) -> VersionHoldQuerySet:
        found: VersionHoldQuerySet = queryset
        match self.value():
            case "in_force":
                return found.in_force()
            case "released":
                return found.filter(released_at__isnull=False)
        return found


class HoldIndex(IndexView):
    page_title = _("Held versions")


class HoldAdmin(ModelAdmin):
    model = VersionHold
    base_url_path = "holds"
    menu_label = _("Held versions")
    menu_icon = "lock"
    menu_order = 665
    permission_helper_class = ReadOnly
    index_view_class = HoldIndex
    index_template_name = "history/holds/index.html"
    history_view_enabled = False
    # The template lays the rows out.
    list_display = ("reason",)
    list_filter = (StateFilter,)
    list_select_related = ("version", "placed_by", "released_by")
    search_fields = ("reason", "release_reason", "version__title")

    # What is in force comes first.
    ordering = ("is_over", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[VersionHold]:
        return VersionHold.objects.annotate(is_over=Q(released_at__isnull=False))

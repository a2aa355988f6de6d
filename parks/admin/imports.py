"""Import runs and their rows: facts to read, search and export, never to edit."""

from typing import Any

from django.contrib.admin.filters import RelatedFieldListFilter
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from core.read_only_admin import ExportsPlainText, ReadOnly
from parks.models import ImportRow, ImportRun


class RunFilter(RelatedFieldListFilter):
    """Runs in their own order; stock asks Django's admin, which is not installed."""

    def field_admin_ordering(self, *args: Any) -> tuple[str, ...]:
        return ()


class ImportRunAdmin(ModelAdmin):
    model = ImportRun
    base_url_path = "imports/runs"
    menu_label = _("Runs")
    menu_icon = "download"
    permission_helper_class = ReadOnly
    index_view_class = ExportsPlainText
    inspect_view_enabled = True
    history_view_enabled = False
    list_display = ("file_name", "started_at", "state", "dry_run", "by", "summary")
    list_filter = ("state", "dry_run", "started_at")
    list_select_related = ("by",)
    list_export = ("file_name", "sha256", "started_at", "finished_at", "state")
    search_fields = ("file_name", "sha256", "message")

    @staticmethod
    def summary(run: ImportRun) -> str:
        """The counts of outcomes that occurred."""
        return ", ".join(f"{number} {name}" for name, number in run.counts.items())


class ImportRowAdmin(ModelAdmin):
    model = ImportRow
    base_url_path = "imports/rows"
    menu_label = _("Rows")
    menu_icon = "list-ul"
    permission_helper_class = ReadOnly
    index_view_class = ExportsPlainText
    inspect_view_enabled = True
    history_view_enabled = False
    list_display = (
        *("number", "ride_name", "park_name"),
        *("outcome", "is_suspicious", "message"),
    )
    list_filter = ("outcome", "is_suspicious", ("run", RunFilter))
    list_select_related = ("run",)
    list_export = (
        *("number", "ride_name", "park_name"),
        *("outcome", "is_suspicious", "message"),
    )
    search_fields = ("ride_name", "park_name", "message")


class ImportsGroup(ModelAdminGroup):
    menu_label = _("Imports")
    menu_icon = "download"
    menu_order = 600
    items = (ImportRunAdmin, ImportRowAdmin)

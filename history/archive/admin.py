"""Bundles and jobs in the admin: to look at, search and export."""

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import IndexView

from core.jobs.admin import JobAdmin
from core.read_only_admin import ExportsPlainText, ReadOnly
from history.archive.views import RUN, start
from history.models import ArchiveBundle


class Bundles(ExportsPlainText):
    """The listing, with the way to a new run for whoever may start one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"may_start": self.request.user.has_perm(RUN)}


class BundleAdmin(ModelAdmin):
    model = ArchiveBundle
    base_url_path = "archive"
    menu_label = _("Bundles")
    menu_icon = "folder-open-inverse"
    permission_helper_class = ReadOnly
    index_view_class: type[IndexView] = Bundles
    index_template_name = "history/archive/bundles.html"
    inspect_view_enabled = True
    inspect_view_fields = (
        *("name", "entries", "size", "raw_size", "times_smaller"),
        *("sha256", "layout", "made_at", "checked_at", "problem"),
    )
    history_view_enabled = False
    list_display = (
        *("name", "made_at", "entries", "length"),
        *("times_smaller", "checked_at", "problem"),
    )
    list_filter = ("made_at", "checked_at")
    list_export = (
        *("name", "sha256", "layout", "entries", "size", "raw_size"),
        *("made_at", "checked_at", "problem"),
    )
    search_fields = ("name", "sha256", "problem")

    @staticmethod
    def length(bundle: ArchiveBundle) -> str:
        """Its size, to be read by people."""
        return str(filesizeformat(bundle.size))

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        """The listing's addresses, and that of a new run."""
        return (
            *super().get_admin_urls_for_registration(),
            path("archive/start/", start, name="history_archive_start"),
        )


class ArchiveGroup(ModelAdminGroup):
    menu_label = _("Archive")
    menu_icon = "folder-inverse"
    menu_order = 620
    items = (BundleAdmin, JobAdmin)

"""The list of what is in the trash."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from core.read_only_admin import ReadOnly
from history.models import Deletion
from history.trash.views import in_trash


class WhoRestores(ReadOnly):
    """The list is for those who may bring something back."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm("history.restore_trash"))


class TrashIndex(IndexView):
    page_title = _("Trash")


class TrashAdmin(ModelAdmin):
    model = Deletion
    base_url_path = "trash"
    menu_label = _("Trash")
    menu_icon = "bin"
    menu_order = 650
    permission_helper_class = WhoRestores
    index_view_class = TrashIndex
    index_template_name = "history/trash/index.html"
    history_view_enabled = False
    # The template lays the rows out; the columns are for sorting in the address.
    list_display = ("title", "deleted_at", "pages")
    list_select_related = ("by",)
    search_fields = ("title", "address", "reason", "trashed_pages__title")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deletion]:
        return in_trash().order_by("-deleted_at", "-pk")

"""Operational tables in the admin: facts to read, search and export, never to edit."""

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.views import IndexView

from core.csv_files import safe_cell


class ExportsPlainText(IndexView):
    """A listing whose CSV export computes nothing when it is opened."""

    custom_value_preprocess = {
        **IndexView.custom_value_preprocess,
        str: {IndexView.FORMAT_CSV: safe_cell},
    }


class ReadOnly(PermissionHelper):
    """Whoever may view the model may list and inspect; nobody may change a row."""

    def user_can_list(self, user: Any) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False

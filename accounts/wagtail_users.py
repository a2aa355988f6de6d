"""Wagtail's user administration, told of our kind of user (see INSTALLED_APPS)."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountAdministration(WagtailUsersAppConfig):
    user_viewset = "accounts.user_admin.PersonViewSet"

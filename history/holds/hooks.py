"""Holding versions, in the admin."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from history.holds.admin import HoldAdmin
from history.holds.views import place, show

modeladmin_register(HoldAdmin)


@hooks.register("register_admin_urls")
def register_holds() -> list[URLPattern]:
    return [
        path("holds/place/<int:version_pk>/", place, name="history_hold_place"),
        path("holds/<int:pk>/", show, name="history_hold"),
    ]


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    for deed, label, said in (
        ("place", _("Hold"), _("Held a version")),
        ("release", _("Release"), _("Released a held version")),
    ):
        actions.register_action(f"history.hold.{deed}", label, said)

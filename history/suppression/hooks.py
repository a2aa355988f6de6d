"""Hiding versions, in the admin."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from history.suppression.admin import SuppressionAdmin
from history.suppression.views import ask_to_hide, decide, show

modeladmin_register(SuppressionAdmin)


@hooks.register("register_admin_urls")
def register_suppressions() -> list[URLPattern]:
    return [
        path(
            "suppressions/ask/<int:version_pk>/",
            ask_to_hide,
            name="history_suppression_ask",
        ),
        path("suppressions/<int:pk>/", show, name="history_suppression"),
        path(
            "suppressions/<int:pk>/decide/",
            decide,
            name="history_suppression_decide",
        ),
    ]


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    for deed, label, said in (
        ("ask", _("Ask to hide"), _("Asked for versions to be hidden")),
        ("confirm", _("Hide"), _("Confirmed that versions are hidden")),
        ("decline", _("Decline"), _("Declined to hide versions")),
        ("lift", _("Show again"), _("Showed hidden versions again")),
    ):
        actions.register_action(f"history.suppression.{deed}", label, said)

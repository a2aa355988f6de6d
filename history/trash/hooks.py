"""The trash in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from history.trash.admin import TrashAdmin
from history.trash.views import (
    DeletePage,
    DeletePages,
    discard_deletion,
    restore_deletion,
)

# Wagtail lets each page type choose this view; ours holds for every type.
PageViewSet.delete_view_class = DeletePage
modeladmin_register(TrashAdmin)


@hooks.register("register_admin_urls")
def register_trash() -> list[URLPattern]:
    return [
        path("trash/<int:pk>/restore/", restore_deletion, name="history_trash_restore"),
        path("trash/<int:pk>/discard/", discard_deletion, name="history_trash_discard"),
    ]


# After Wagtail's own of the same name, whose place it takes.
hooks.register("register_bulk_action", DeletePages, order=1)


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    actions.register_action(
        "history.restore", _("Restore"), _("Restored from the trash")
    )


@hooks.register("after_delete_page")
def say_where_it_is(request: HttpRequest, page: Page) -> None:
    """Tell whoever may restore that nothing is lost."""
    if request.user.has_perm("history.restore_trash"):
        messages.info(request, _("It lies in the trash for 90 days."))


@hooks.register("after_unpublish_page")
def say_who_deletes_it(request: HttpRequest, page: Any) -> None:
    """Tell a moderator that the second half is for somebody else."""
    rights = page.permissions_for_user(request.user)
    if not rights.can_delete() and rights.can_move():
        messages.info(request, _("If it has to go, somebody else can delete it now."))

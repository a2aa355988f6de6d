"""The branches in the admin: addresses, menu, tree of pages."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.pages import PageViewSet

from branches.desk import detours, snippet_detours, urls
from branches.desk.chosen import chosen_branch
from branches.desk.explorer import BranchExplorer

__all__ = ["detours", "snippet_detours"]

# The viewset of every page type inherits it.
PageViewSet.index_view_class = BranchExplorer


class BranchesItem(MenuItem):
    """Names the branch one is on."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        item: LinkMenuItem = super().render_component(request)
        if branch := chosen_branch(request):
            item.label = gettext("Branch: %(name)s") % {"name": branch.title}
        return item


@hooks.register("register_admin_urls")
def register_branches() -> list[URLPattern | URLResolver]:
    return [path("branches/", include((urls.urlpatterns, urls.app_name)))]


@hooks.register("register_admin_menu_item")
def branches_item() -> MenuItem:
    return BranchesItem(
        _("Branches"),
        reverse_lazy("branches_desk:index"),
        name="branches",
        icon_name="resubmit",
        order=240,
    )


@hooks.register("insert_global_admin_css")
def branch_styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("branches/desk.css"))

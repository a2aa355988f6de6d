"""Registers our listings with Wagtail."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail_modeladmin.options import modeladmin_register

from parks.admin.imports import ImportsGroup
from parks.admin.pages import WikiGroup, explorer_viewsets

modeladmin_register(ImportsGroup)


@hooks.register("register_admin_viewset")
def register_explorer_listings() -> list[PageViewSet]:
    return explorer_viewsets()


@hooks.register("register_admin_viewset")
def register_flat_listings() -> ViewSetGroup:
    return WikiGroup()

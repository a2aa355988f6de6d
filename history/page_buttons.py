"""The ways from a page in the admin to its published past."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from core.models import ContentPage


@hooks.register("register_page_header_buttons")
def published_past(
    page: Page, user: Any, view_name: str = "", **kwargs: Any
) -> Iterator[Button]:
    """Lines in the menu of a page's header, for pages that were ever published.

    The stock *History* beside them tells of drafts and reviews too.
    """
    address = page.url
    if not (isinstance(page, ContentPage) and page.first_published_at and address):
        return
    name = page.get_admin_display_title()
    yield Button(
        _("Published versions"),
        reverse("history_page_versions", args=[page.pk]),
        icon_name="history",
        attrs={
            "title": _("Every published version of “%(name)s”: compare, revert")
            % {"name": name}
        },
        priority=64,
    )
    yield Button(
        _("Who set what"),
        f"{address}blame/",
        icon_name="user",
        attrs={"title": _("Who set each fact of “%(name)s”") % {"name": name}},
        priority=65,
    )

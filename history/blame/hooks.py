"""The way from the page editor to who set what."""

from collections.abc import Iterator
from typing import Any

from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from core.models import ContentPage


@hooks.register("register_page_header_buttons")
def who_set_what(
    page: Page, user: Any, view_name: str = "", **kwargs: Any
) -> Iterator[Button]:
    """A line in the menu of a page's header, for pages that were ever published."""
    if isinstance(page, ContentPage) and page.first_published_at and page.url:
        yield Button(
            "Who set what",
            f"{page.url}blame/",
            icon_name="user",
            attrs={"title": f"Who set each fact of “{page.get_admin_display_title()}”"},
            priority=65,
        )

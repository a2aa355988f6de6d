"""The front page, plain content pages and what the whole site shares."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from core.blocks import StoryBlock
from core.models import ContentPage
from core.page_forms import ContentPageForm
from core.routing import RoutesByAddress
from home.front_page import front_page_context

# Stored as it stands; pages say it in the language of the reader.
TAGLINE = gettext_noop(
    "An encyclopedia of theme parks and rides in which every fact has a history."
)


class HomePage(RoutesByAddress, ContentPage):
    """The front page, root of the site."""

    tagline = models.CharField(
        max_length=200,
        default=TAGLINE,
    )

    base_form_class = ContentPageForm
    content_panels = [*Page.content_panels, FieldPanel("tagline")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "parks.ParkIndexPage",
        "parks.CompanyIndexPage",
        "parks.RideModelIndexPage",
        "home.ArticlePage",
    ]
    max_count = 1

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return {
            **super().get_context(request, *args, **kwargs),
            **front_page_context(),
        }


class ArticlePage(ContentPage):
    """A plain page of text, such as "About"."""

    introduction = models.CharField(max_length=300, blank=True)
    body = StreamField(StoryBlock(), blank=True)

    shows_neighbours_only = True
    base_form_class = ContentPageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("change_reason"),
        FieldPanel("change_source"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    search_fields = [*Page.search_fields, index.SearchField("body")]

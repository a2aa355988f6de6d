"""Models a maker sells: the Boomerang, the Giga Coaster."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from core.blocks import StoryBlock
from core.fields import PartialDateField
from core.findings import Finding, Rows, error
from core.models import ContentPage
from core.page_forms import ContentPageForm
from core.sayings import saying
from parks.choices import RideCategory
from parks.index_contents import ride_model_index_context
from parks.listing import ServesFragment
from parks.maker_contents import ride_model_context
from parks.panels import index_panels, ride_model_panels


class RideModelIndexPage(ServesFragment, ContentPage):
    """All ride models."""

    introduction = models.CharField(max_length=300, blank=True)

    content_panels = index_panels()
    parent_page_types = ["home.HomePage"]
    subpage_types = ["parks.RideModelPage"]
    max_count = 1
    sections_start_below = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return {
            **super().get_context(request, *args, **kwargs),
            **ride_model_index_context(
                self, request, models=RideModelPage.objects.all()
            ),
        }


class RideModelPage(ContentPage):
    """A model as its maker offers it."""

    manufacturer = models.ForeignKey(
        "parks.CompanyPage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ride_models",
    )
    category = models.CharField(max_length=20, choices=RideCategory)
    introduced = PartialDateField(blank=True)
    body = StreamField(StoryBlock(), blank=True, verbose_name="story")

    shows_neighbours_only = True
    base_form_class = ContentPageForm
    content_panels = ride_model_panels()
    parent_page_types = ["parks.RideModelIndexPage"]
    subpage_types: list[str] = []
    is_section = True
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("ride model")
        verbose_name_plural = _("ride models")

    def find(self, rows: Rows) -> list[Finding]:
        maker = self.manufacturer
        if maker is None or maker.is_manufacturer:
            return []
        message = saying(
            "%(maker)s is not listed as manufacturer. Add the role on its page first."
        ) % {"maker": maker}
        return [error(message, field="manufacturer")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return {
            **super().get_context(request, *args, **kwargs),
            **ride_model_context(self, request),
        }

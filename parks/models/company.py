"""Makers, designers, operators and owners, be they firms or persons."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from core.blocks import StoryBlock
from core.fields import PartialDateField
from core.findings import Finding, Rows
from core.models import ContentPage
from parks.choices import CompanyKind
from parks.countries import country_choices
from parks.forms import NamedPageForm
from parks.index_contents import company_index_context
from parks.listing import ServesFragment
from parks.maker_contents import company_context
from parks.models.named import NamedPage
from parks.panels import company_panels, index_panels
from parks.rules.cycles import check_cycle
from parks.rules.names import check_names
from parks.rules.periods import check_span


class CompanyQuerySet(PageQuerySet):
    """Companies by what they do."""

    def manufacturers(self) -> "CompanyQuerySet":
        return self.filter(is_manufacturer=True)

    def operators(self) -> "CompanyQuerySet":
        return self.filter(Q(is_operator=True) | Q(is_owner=True))


class CompanyIndexPage(ServesFragment, ContentPage):
    """All companies."""

    introduction = models.CharField(max_length=300, blank=True)

    content_panels = index_panels()
    parent_page_types = ["home.HomePage"]
    subpage_types = ["parks.CompanyPage"]
    max_count = 1
    sections_start_below = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return {
            **super().get_context(request, *args, **kwargs),
            **company_index_context(self, request, companies=CompanyPage.objects.all()),
        }


class CompanyPage(NamedPage):
    """An organisation or person with the set of roles it has held."""

    kind = models.CharField(
        max_length=12, choices=CompanyKind, default=CompanyKind.ORGANISATION
    )
    is_manufacturer = models.BooleanField("manufacturer", default=False)
    is_designer = models.BooleanField("designer", default=False)
    is_builder = models.BooleanField("builder", default=False)
    is_supplier = models.BooleanField("supplier", default=False)
    is_operator = models.BooleanField("operator", default=False)
    is_owner = models.BooleanField("owner", default=False)
    country = models.CharField(max_length=2, choices=country_choices, blank=True)
    website = models.URLField(blank=True)
    founded = PartialDateField(_("founded or born"), blank=True)
    dissolved = PartialDateField(_("dissolved or died"), blank=True)
    succeeded_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
    )
    body = StreamField(StoryBlock(), blank=True, verbose_name="story")

    objects = PageManager.from_queryset(CompanyQuerySet)()

    ROLES = ("manufacturer", "designer", "builder", "supplier", "operator", "owner")

    base_form_class = NamedPageForm
    content_panels = company_panels()
    parent_page_types = ["parks.CompanyIndexPage"]
    subpage_types = ["parks.RidePage"]
    is_section = True
    search_fields = [
        *Page.search_fields,
        index.SearchField("body"),
        index.RelatedFields(
            "names", [index.SearchField("text"), index.AutocompleteField("text")]
        ),
    ]

    class Meta:
        verbose_name = "company"
        verbose_name_plural = "companies"

    def roles(self) -> list[str]:
        """The roles it has held, in words."""
        return [gettext(role) for role in self.ROLES if getattr(self, f"is_{role}")]

    def find(self, rows: Rows) -> list[Finding]:
        return [
            *check_span(self, {}, first="founded", last="dissolved"),
            *check_names(rows["names"], title=self.title),
            *check_cycle(self, "succeeded_by"),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return {
            **super().get_context(request, *args, **kwargs),
            **company_context(self, request),
        }

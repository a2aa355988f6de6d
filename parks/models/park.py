"""Parks, the trunk of the tree."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from core.blocks import StoryBlock
from core.fields import PartialDateField
from core.findings import Finding, Rows
from core.models import ContentPage
from parks.choices import OPEN_TO_VISITORS, ParkStatus, ParkType
from parks.contents import Context, park_context
from parks.countries import country_choices, country_name, subdivision_name
from parks.forms import ParkPageForm
from parks.index_contents import park_index_context
from parks.listing import ServesFragment
from parks.models.named import NamedPage
from parks.models.ride import RidePage
from parks.panels import index_panels, park_panels
from parks.rules.cycles import check_cycle
from parks.rules.names import check_names
from parks.rules.places import check_place
from parks.rules.roles import check_roles
from parks.rules.statuses import check_statuses
from parks.timeline import life_on
from parks.travelling import TravelsInTime
from parks.viewpoint import TODAY, Viewpoint


class ParkQuerySet(PageQuerySet):
    """Parks by what a visitor asks."""

    def operating(self) -> "ParkQuerySet":
        return self.filter(status__in=OPEN_TO_VISITORS)

    def in_country(self, code: str) -> "ParkQuerySet":
        return self.filter(country=code)

    def by_name(self) -> "ParkQuerySet":
        return self.order_by("title", "pk")

    def for_lists(self) -> "ParkQuerySet":
        """Everything a park card shows, in a bounded number of queries."""
        return self.select_related("lead_photo").prefetch_related(
            "lead_photo__renditions"
        )


class ParkIndexPage(ServesFragment, ContentPage):
    """All parks."""

    introduction = models.CharField(max_length=300, blank=True)

    content_panels = index_panels()
    parent_page_types = ["home.HomePage"]
    subpage_types = ["parks.ParkPage"]
    max_count = 1
    sections_start_below = True
    adds_by_suggestion = "park"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return {
            **super().get_context(request, *args, **kwargs),
            **park_index_context(
                self,
                request,
                parks=ParkPage.objects.all(),
                rides=RidePage.objects.all(),
            ),
        }


class ParkTag(TaggedItemBase):
    content_object = ParentalKey("parks.ParkPage", related_name="tagged_items")


class ParkPage(TravelsInTime, NamedPage):
    """A park. Its rides are the pages below it; those that left have stays here."""

    park_type = models.CharField(
        "type", max_length=24, choices=ParkType, default=ParkType.THEME
    )
    country = models.CharField(max_length=2, choices=country_choices)
    subdivision = models.CharField(
        _("state or region"),
        max_length=6,
        blank=True,
        help_text=_("ISO 3166-2, like US-OH."),
    )
    city = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=250, blank=True)
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    time_zone = models.CharField(
        max_length=40, blank=True, help_text=_("IANA name, like Europe/Berlin.")
    )
    website = models.URLField(blank=True)
    resort = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parks_in_resort",
        help_text=_("The resort this park is part of."),
    )
    lead_photo = models.ForeignKey(
        "photos.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    body = StreamField(StoryBlock(), blank=True, verbose_name="story")
    tags = ClusterTaggableManager(through=ParkTag, blank=True)

    # Computed from the status periods; see `derive`.
    status = models.CharField(
        max_length=20,
        choices=ParkStatus,
        default=ParkStatus.UNKNOWN,
        editable=False,
        serialize=False,
        db_index=True,
    )
    opened = PartialDateField(blank=True, editable=False, serialize=False)
    closed = PartialDateField(blank=True, editable=False, serialize=False)

    objects = PageManager.from_queryset(ParkQuerySet)()

    # A copy is another park: numbers elsewhere are not its own.
    exclude_fields_in_copy = [*NamedPage.exclude_fields_in_copy, "external_ids"]
    coupled_facts: tuple[tuple[str, ...], ...] = (
        *NamedPage.coupled_facts,
        ("status_periods",),
    )
    weighty_facts: tuple[str, ...] = (*NamedPage.weighty_facts, "status_periods")
    base_form_class = ParkPageForm
    takes_suggestions = True
    adds_by_suggestion = "ride"
    content_panels = park_panels()
    parent_page_types = ["parks.ParkIndexPage"]
    subpage_types = ["parks.RidePage"]
    is_section = True
    search_fields = [
        *Page.search_fields,
        index.SearchField("city"),
        index.SearchField("country_name"),
        index.SearchField("body"),
        index.FilterField("status"),
        index.FilterField("country"),
        index.RelatedFields(
            "names", [index.SearchField("text"), index.AutocompleteField("text")]
        ),
    ]

    class Meta:
        verbose_name = "park"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # SQL lets pass what it cannot decide, and NULL is undecided.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="parks_park_coordinates_both_or_neither",
                violation_error_message=_(
                    "Give both latitude and longitude, or neither."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(latitude=0, longitude=0),
                name="parks_park_not_at_null_island",
                violation_error_message=_("0/0 is a point in the Atlantic."),
            ),
        ]

    def derive(self) -> None:
        super().derive()
        life = life_on(timezone.localdate(), self.status_periods.all())
        self.status, self.opened, self.closed = life.status, life.opened, life.closed

    def find(self, rows: Rows) -> list[Finding]:
        return [
            *check_place(
                latitude=self.latitude,
                longitude=self.longitude,
                country=self.country,
                subdivision=self.subdivision,
                time_zone=self.time_zone,
            ),
            *check_names(rows["names"], title=self.title),
            *check_statuses(
                rows["status_periods"],
                has_source=bool(rows["sources"] or self.change_source),
            ),
            *check_roles(rows["terms"], "terms"),
            *check_cycle(self, "resort"),
        ]

    @property
    def country_name(self) -> str:
        return country_name(self.country)

    @property
    def locality(self) -> str:
        """City and region in one line; once where both are called the same."""
        region = subdivision_name(self.subdivision) if self.subdivision else ""
        return ", ".join(dict.fromkeys(part for part in (self.city, region) if part))

    def place(self) -> str:
        """City, region and country in one line."""
        parts = (self.locality, self.country_name)
        return ", ".join(part for part in parts if part)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return {
            **super().get_context(request, *args, **kwargs),
            **self.context_from(request, TODAY),
        }

    def context_from(self, request: HttpRequest, view: Viewpoint) -> Context:
        return park_context(self, request, rides=RidePage.objects.all(), view=view)

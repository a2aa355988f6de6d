"""Rides: one page per ride, wherever it went and whatever it was called."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from core.blocks import StoryBlock
from core.fields import PartialDateField
from core.findings import Finding, Rows, error
from core.sayings import saying
from parks.choices import (
    GONE,
    OPEN_TO_VISITORS,
    Continuity,
    Intensity,
    Material,
    RideCategory,
    RideStatus,
)
from parks.contents import Context
from parks.countries import currency_choices
from parks.forms import RidePageForm
from parks.models.company import CompanyPage
from parks.models.named import NamedPage
from parks.models.stays import RideStay
from parks.panels import ride_panels
from parks.ride_contents import ride_context
from parks.rules.cycles import check_cycle
from parks.rules.names import check_names
from parks.rules.roles import check_roles
from parks.rules.statuses import check_statuses
from parks.rules.stays import check_openings, check_stays
from parks.rules.tracks import check_tracks
from parks.scales import topic_of_scale
from parks.timeline import life_on
from parks.travelling import TravelsInTime
from parks.viewpoint import TODAY, Viewpoint


def _opening() -> Coalesce:
    # "before 1907" has no lower bound; its upper one says where it belongs.
    return Coalesce("opened_lower", "opened_upper")


class RideQuerySet(PageQuerySet):
    """Rides by what a visitor asks. Everything chains."""

    def operating(self) -> "RideQuerySet":
        return self.filter(status__in=OPEN_TO_VISITORS)

    def defunct(self) -> "RideQuerySet":
        return self.filter(status__in=GONE)

    def counted(self) -> "RideQuerySet":
        """Without those only proposed or cancelled, which enter no record."""
        return self.exclude(status__in=(RideStatus.PROPOSED, RideStatus.CANCELLED))

    def at_park(self, park: Page) -> "RideQuerySet":
        """Rides whose page stands under the park: those that are there now."""
        return self.child_of(park)

    def once_at_park(self, park: Page) -> "RideQuerySet":
        """Rides that stood in the park and have moved on."""
        return self.filter(stays__park=park).not_child_of(park).distinct()

    def credited_to(self, company: Page) -> "RideQuerySet":
        return self.filter(credits__company=company).distinct()

    def with_figures(self) -> "RideQuerySet":
        """Adds the best of all tracks.

        As `height_m`, `speed_kmh`, `length_m` and `most_inversions`.
        """
        return self.annotate(
            height_m=Max("tracks__height_si"),
            speed_kmh=Max("tracks__speed_si"),
            length_m=Max("tracks__length_si"),
            most_inversions=Max("tracks__inversions"),
        )

    def tallest_first(self) -> "RideQuerySet":
        return self.with_figures().order_by(
            F("height_m").desc(nulls_last=True), "title"
        )

    def fastest_first(self) -> "RideQuerySet":
        return self.with_figures().order_by(
            F("speed_kmh").desc(nulls_last=True), "title"
        )

    def longest_first(self) -> "RideQuerySet":
        return self.with_figures().order_by(
            F("length_m").desc(nulls_last=True), "title"
        )

    def newest_first(self) -> "RideQuerySet":
        return self.order_by(_opening().desc(nulls_last=True), "title")

    def oldest_first(self) -> "RideQuerySet":
        return self.order_by(
            _opening().asc(nulls_last=True), "opened_precision", "title"
        )

    def by_name(self) -> "RideQuerySet":
        return self.order_by("title", "pk")

    def for_lists(self) -> "RideQuerySet":
        """Everything a ride card shows, in a bounded number of queries."""
        return self.select_related("lead_photo", "model").prefetch_related(
            "tracks", "credits__company", "lead_photo__renditions"
        )


class RideTag(TaggedItemBase):
    content_object = ParentalKey("parks.RidePage", related_name="tagged_items")


class RidePage(TravelsInTime, NamedPage):
    """A ride of any category. Its statistics live on its tracks."""

    category = models.CharField(
        max_length=20, choices=RideCategory, default=RideCategory.ROLLER_COASTER
    )
    intensity = models.CharField(max_length=8, choices=Intensity, blank=True)
    indoor = models.BooleanField(default=False)
    material = models.CharField(max_length=8, choices=Material, blank=True)
    model = models.ForeignKey(
        "parks.RideModelPage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rides",
    )
    layout = models.ForeignKey(
        "parks.Layout",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rides",
    )
    derived_from = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replicas",
        help_text=_("For a replica: the ride it copies."),
    )
    replaces = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text=_("The ride that stood here before."),
    )
    cost_amount = models.DecimalField(
        "cost", max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_currency = models.CharField(
        "currency", max_length=3, choices=currency_choices, blank=True
    )
    cost_year = models.PositiveSmallIntegerField(
        _("in money of"), null=True, blank=True
    )
    lead_photo = models.ForeignKey(
        "photos.Photo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    body = StreamField(StoryBlock(), blank=True, verbose_name="story")
    tags = ClusterTaggableManager(through=RideTag, blank=True)

    # Computed from the status periods; see `derive`.
    status = models.CharField(
        max_length=20,
        choices=RideStatus,
        default=RideStatus.UNKNOWN,
        editable=False,
        serialize=False,
        db_index=True,
    )
    opened = PartialDateField(
        blank=True, editable=False, serialize=False, index_derived=True
    )
    closed = PartialDateField(blank=True, editable=False, serialize=False)

    objects = PageManager.from_queryset(RideQuerySet)()

    # A copy is another ride: it stands where it is put and has numbers of its own.
    exclude_fields_in_copy = [
        *NamedPage.exclude_fields_in_copy,
        "external_ids",
        "stays",
    ]
    coupled_facts: tuple[tuple[str, ...], ...] = (
        *NamedPage.coupled_facts,
        ("cost_amount", "cost_currency", "cost_year"),
        # One begins where another ends.
        ("status_periods",),
        ("stays",),
    )
    weighty_facts: tuple[str, ...] = (
        *NamedPage.weighty_facts,
        "status_periods",
        "stays",
    )
    base_form_class = RidePageForm
    takes_suggestions = True
    content_panels = ride_panels()
    parent_page_types = ["parks.ParkPage", "parks.CompanyPage"]
    subpage_types: list[str] = []
    search_fields = [
        *Page.search_fields,
        index.SearchField("body"),
        index.FilterField("status"),
        index.FilterField("category"),
        index.RelatedFields(
            "names", [index.SearchField("text"), index.AutocompleteField("text")]
        ),
        index.RelatedFields(
            "credits", [index.RelatedFields("company", [index.SearchField("title")])]
        ),
    ]

    class Meta:
        verbose_name = "ride"
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_amount__isnull=True, cost_currency="")
                # SQL lets pass what it cannot decide, and NULL is undecided.
                | (
                    Q(cost_amount__isnull=False, cost_amount__gt=0)
                    & ~Q(cost_currency="")
                ),
                name="parks_ride_cost_and_currency_together",
                violation_error_message=_(
                    "Give a cost above zero with its currency, or neither."
                ),
            )
        ]

    def derive(self) -> None:
        super().derive()
        life = life_on(timezone.localdate(), self.status_periods.all())
        self.status, self.opened, self.closed = life.status, life.opened, life.closed
        if self.path and not self.stays.all() and (parent := self.get_parent()):
            self.stays.add(self.stay_at(parent))

    @staticmethod
    def stay_at(parent: Page) -> RideStay:
        """A stay without dates at a park, or on tour with a company."""
        travels = issubclass(parent.specific_class or Page, CompanyPage)
        return RideStay(**{"operator_id" if travels else "park_id": parent.pk})

    def keeps_from_arriving(self) -> str:
        """Facts name pages by keys, and what is new has none: so its stay follows."""
        if all(stay.ended for stay in self.stays.all()):
            return ""
        return gettext(
            "Where it goes is new, so its stay there begins by itself when both are "
            "published. End the last stay before that: say until when it stood."
        )

    def arrive(self, place: Page) -> None:
        stays = list(self.stays.all())
        stay = self.stay_at(place)
        stay.uuid = self.identity_of_copy(getattr(place, "uuid", self.uuid))
        if stays:
            stay.began = stays[-1].ended
            stay.continuity = Continuity.RELOCATED_SAME_TRACK
        stay.sort_order = len(stays)
        self.stays.add(stay)

    def find(self, rows: Rows) -> list[Finding]:
        parent = self.get_parent() if self.path else None
        periods = rows["status_periods"]
        return [
            *self._check_cost(),
            *check_names(rows["names"], title=self.title),
            *check_statuses(
                periods, has_source=bool(rows["sources"] or self.change_source)
            ),
            *check_tracks(rows["tracks"], self.category),
            *check_stays(
                rows["stays"],
                parent_id=parent.pk if parent else None,
                is_proposed=self.status == RideStatus.PROPOSED or parent is None,
            ),
            *check_openings(
                rows["stays"], opened=life_on(timezone.localdate(), periods).opened
            ),
            *check_roles(rows["credits"], "credits"),
            *check_cycle(self, "replaces"),
            *check_cycle(self, "derived_from"),
        ]

    def _check_cost(self) -> list[Finding]:
        if self.cost_amount is not None and self.cost_amount <= 0:
            return [error(saying("A cost is above zero."), field="cost_amount")]
        if (self.cost_amount is None) != (not self.cost_currency):
            field = "cost_amount" if self.cost_amount is None else "cost_currency"
            return [error(saying("Give cost and currency together."), field=field)]
        return []

    @classmethod
    def topics_of_change(
        cls, said: Mapping[str, Any], says: Mapping[str, Any]
    ) -> set[str]:
        if all(said.get(fact) == says.get(fact) for fact in ("category", "tracks")):
            return set()
        return {topic_of_scale(content.get("category", "")) for content in (said, says)}

    def topics_shown(self) -> set[str]:
        return {topic_of_scale(self.category)}

    def makers(self) -> list[Any]:
        """Credits as manufacturer, in the editor's order."""
        return [
            credit for credit in self.credits.all() if credit.role == "manufacturer"
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return {
            **super().get_context(request, *args, **kwargs),
            **self.context_from(request, TODAY),
        }

    def context_from(self, request: HttpRequest, view: Viewpoint) -> Context:
        return ride_context(self, request, view=view)

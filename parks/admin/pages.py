"""Listings of the page types: in the explorer below a parent, and flat in the menu."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.admin.widgets.button import Button

import django_filters

from core.wording import Words
from parks.choices import ParkStatus, ParkType, RideCategory, RideStatus
from parks.countries import country_choices
from parks.models import CompanyPage, ParkPage, RideModelPage, RidePage


def _opened(page: Any) -> str:
    return page.opened.display() if page.opened else ""


def _roles(company: CompanyPage) -> str:
    return ", ".join(company.roles())


def _listing(*columns: Column) -> list[Column]:
    """Wagtail's columns with ours in front of "updated" and without the type."""
    title, parent, updated, status = (
        column
        for column in PageListingViewSet.index_view_class.base_columns[1:]
        if column.name != "type"
    )
    bulk = PageListingViewSet.index_view_class.base_columns[0]
    return [bulk, title, *columns, parent, updated, status]


OPENED = Column("opened", label=_("Opened"), accessor=_opened, sort_key="opened_lower")
LIFE = Column("life", label=_("In the park"), accessor="get_status_display")


class YearRangeWidget(django_filters.widgets.RangeWidget):
    # The library's own template is only found if the library is an installed app.
    template_name = "django/forms/widgets/multiwidget.html"


def _year() -> forms.IntegerField:
    # What no calendar has, the database cannot be asked for.
    return forms.IntegerField(min_value=date.min.year, max_value=date.max.year)


class YearRangeField(django_filters.fields.RangeField):
    widget = YearRangeWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__((_year(), _year()), **kwargs)


class YearRange(django_filters.RangeFilter):
    """Years an opening date may fall into, first and last included."""

    field_class = YearRangeField

    def filter(self, pages: QuerySet[Any], value: slice | None) -> QuerySet[Any]:
        if value is None:
            return pages
        if value.start is not None:
            pages = pages.filter(opened_upper__year__gte=value.start)
        if value.stop is not None:
            pages = pages.filter(opened_lower__year__lte=value.stop)
        return pages


class ParkFilters(PageFilterSet):
    status = django_filters.ChoiceFilter(choices=ParkStatus, label=_("In the world"))
    park_type = django_filters.ChoiceFilter(choices=ParkType)
    country = django_filters.ChoiceFilter(choices=country_choices)
    opened = YearRange(label=_("Opened between the years"))

    class Meta:
        model = ParkPage
        fields: list[str] = []


class RideFilters(PageFilterSet):
    status = django_filters.ChoiceFilter(choices=RideStatus, label=_("In the park"))
    category = django_filters.ChoiceFilter(choices=RideCategory)
    park = django_filters.ModelChoiceFilter(
        label=_("Park"), queryset=ParkPage.objects.order_by("title"), method="at_park"
    )
    opened = YearRange(label=_("Opened between the years"))

    class Meta:
        model = RidePage
        fields: list[str] = []

    def at_park(self, rides: Any, name: str, park: ParkPage | None) -> QuerySet[Any]:
        return rides.child_of(park) if park else rides


class CompanyFilters(PageFilterSet):
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        choices=[(role, role.capitalize()) for role in CompanyPage.ROLES],
        method="with_role",
    )
    country = django_filters.ChoiceFilter(choices=country_choices)

    class Meta:
        model = CompanyPage
        fields: list[str] = []

    def with_role(self, pages: QuerySet[Any], name: str, role: str) -> QuerySet[Any]:
        return pages.filter(**{f"is_{role}": True})


class RideModelFilters(PageFilterSet):
    category = django_filters.ChoiceFilter(choices=RideCategory)

    class Meta:
        model = RideModelPage
        fields: list[str] = []


# What a listing of each type is made of, for the explorer and for the menu alike.
LISTINGS: dict[type, dict[str, Any]] = {
    ParkPage: {
        "icon": "site",
        "columns": _listing(
            Column("country", label=_("Country"), accessor="country_name"), LIFE, OPENED
        ),
        "filterset_class": ParkFilters,
    },
    RidePage: {
        "icon": "pick",
        "columns": _listing(
            Column(
                "category",
                label=_("Category"),
                accessor="get_category_display",
                sort_key="category",
            ),
            LIFE,
            OPENED,
        ),
        "filterset_class": RideFilters,
    },
    CompanyPage: {
        "icon": "group",
        "columns": _listing(Column("roles", label=_("Roles"), accessor=_roles)),
        "filterset_class": CompanyFilters,
    },
    RideModelPage: {
        "icon": "cogs",
        "columns": _listing(
            Column("category", label=_("Category"), accessor="get_category_display")
        ),
        "filterset_class": RideModelFilters,
    },
}


class ParkViewSet(PageViewSet):
    model = ParkPage
    columns = LISTINGS[ParkPage]["columns"]
    filterset_class = ParkFilters


class RideViewSet(PageViewSet):
    model = RidePage
    columns = LISTINGS[RidePage]["columns"]
    filterset_class = RideFilters


class CompanyViewSet(PageViewSet):
    model = CompanyPage
    columns = LISTINGS[CompanyPage]["columns"]
    filterset_class = CompanyFilters


class RideModelViewSet(PageViewSet):
    model = RideModelPage
    columns = LISTINGS[RideModelPage]["columns"]
    filterset_class = RideModelFilters


class FlatIndexView(IndexView):
    """A flat listing, whose pages can be changed together as it is filtered."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        shown = self.request.GET.copy()
        shown["listing"] = listing_of(self.model)
        batch = Button(
            _("Change all of these…"),
            url=f"{reverse('branches_batch_new')}?{shown.urlencode()}",
            icon_name="list-ul",
            priority=60,
        )
        return [*super().header_more_buttons, batch]


def listing_of(model: Any) -> str:
    """The name of the flat listing of a kind of page."""
    return f"{model.__name__.lower()}s"


def _flat(model: type, label: Words) -> PageListingViewSet:
    return PageListingViewSet(
        listing_of(model),
        model=model,
        index_view_class=FlatIndexView,
        menu_label=label,
        **LISTINGS[model],
    )


class WikiGroup(ViewSetGroup):
    """The menu "Wiki": every park, ride, company and model in flat lists."""

    menu_label = _("Wiki")
    menu_icon = "site"
    menu_order = 110
    items = (
        _flat(ParkPage, _("Parks")),
        _flat(RidePage, _("Rides")),
        _flat(CompanyPage, _("Companies")),
        _flat(RideModelPage, _("Ride models")),
    )


def explorer_viewsets() -> list[PageViewSet]:
    """Listings shown while exploring the tree."""
    return [ParkViewSet(), RideViewSet(), CompanyViewSet(), RideModelViewSet()]

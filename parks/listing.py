"""Lists cut into pages, and the filters readers put on them."""

from typing import TYPE_CHECKING, Any, Self

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.http import Http404, HttpRequest
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parks.choices import CreditRole, ParkStatus, ParkType, RideCategory, TermRole
from parks.countries import country_choices

if TYPE_CHECKING:
    from wagtail.models import Page as _Page
else:
    _Page = object

LONGEST_TEXT = 200
# A number of more digits names no page, and turning a long one into an int is work.
LONGEST_PAGE_NUMBER = 9


class ServesFragment(_Page):
    """A page that answers htmx with the part `list` of its template only."""

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        template = str(super().get_template(request, *args, **kwargs))
        htmx = getattr(request, "htmx", None)
        return f"{template}#list" if htmx and htmx.target == "list" else template

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().serve(request, *args, **kwargs)
        # A cache must never show the fragment to who asked for the page.
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response


def page_of(request: HttpRequest, things: Any, *, size: int) -> Any:
    """The page of a list the address asks for. Raises Http404 when there is none.

    It knows `shown_numbers`, the page numbers to offer with gaps between.
    """
    number = request.GET.get("page", "1")
    if not (
        number.isascii() and number.isdigit() and len(number) <= LONGEST_PAGE_NUMBER
    ):
        raise Http404(gettext("The list has no such page."))
    try:
        slice_: Any = Paginator(things, size).page(number)
    except (EmptyPage, PageNotAnInteger) as missing:
        raise Http404(gettext("The list has no such page.")) from missing
    slice_.shown_numbers = list(
        slice_.paginator.get_elided_page_range(slice_.number, on_each_side=1, on_ends=1)
    )
    return slice_


class Filter(forms.Form):
    """What a reader narrows a list down by. All of it is optional."""

    q = forms.CharField(
        label=_("Name"), required=False, max_length=LONGEST_TEXT, strip=True
    )

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The filter in an address. Raises BadRequest with what is wrong with it."""
        asked = cls(request.GET)
        if not asked.is_valid():
            reasons = [
                f"{asked.fields[name].label}: {' '.join(map(str, errors))}"
                for name, errors in asked.errors.items()
            ]
            raise BadRequest(" ".join(reasons))
        return asked

    def chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name, ""))

    def is_narrow(self) -> bool:
        """Whether anything but the order and the view was chosen."""
        looks = ("sort", "view")
        return any(self.chosen(name) for name in self.fields if name not in looks)


class ParkFilter(Filter):
    """Parks by name, country, type and status."""

    SORTS = (
        ("", _("Name")),
        ("oldest", _("Oldest first")),
        ("newest", _("Newest first")),
    )
    VIEWS = (("", _("Cards")), ("table", _("Table")), ("map", _("Map")))

    country = forms.ChoiceField(
        choices=country_choices, required=False, label=_("Country")
    )
    type = forms.ChoiceField(choices=ParkType, required=False, label=_("Type"))
    status = forms.ChoiceField(choices=ParkStatus, required=False, label=_("Status"))
    sort = forms.ChoiceField(choices=SORTS, required=False, label=_("Order"))
    view = forms.ChoiceField(choices=VIEWS, required=False, label=_("Show as"))

    def apply(self, parks: Any) -> Any:
        """The parks that pass, in the order asked for."""
        if text := self.chosen("q"):
            named = parks.model.objects.filter(names__text__icontains=text)
            parks = parks.filter(
                Q(title__icontains=text)
                | Q(city__icontains=text)
                | Q(pk__in=named.values("pk"))
            )
        columns = {"country": "country", "type": "park_type", "status": "status"}
        for name, column in columns.items():
            if value := self.chosen(name):
                parks = parks.filter(**{column: value})
        # "before 1907" has no lower bound; its upper one says where it belongs.
        opening = Coalesce("opened_lower", "opened_upper")
        match self.chosen("sort"):
            case "oldest":
                return parks.order_by(opening.asc(nulls_last=True), "title", "pk")
            case "newest":
                return parks.order_by(opening.desc(nulls_last=True), "title", "pk")
        return parks.by_name()


class CompanyFilter(Filter):
    """Companies by name and role."""

    ROLES = (
        *(
            (role, role.label)
            for role in (CreditRole.MANUFACTURER, CreditRole.DESIGNER)
        ),
        (CreditRole.BUILDER, CreditRole.BUILDER.label),
        ("supplier", _("Supplier")),
        *TermRole.choices,
    )

    role = forms.ChoiceField(choices=ROLES, required=False, label=_("Role"))

    def apply(self, companies: Any) -> Any:
        """The companies that pass, by name."""
        if text := self.chosen("q"):
            named = companies.model.objects.filter(names__text__icontains=text)
            companies = companies.filter(
                Q(title__icontains=text) | Q(pk__in=named.values("pk"))
            )
        if role := self.chosen("role"):
            companies = companies.filter(**{f"is_{role}": True})
        return companies.order_by(Lower("title"), "pk")


class ModelFilter(Filter):
    """Ride models by name, or their maker's, and by category."""

    category = forms.ChoiceField(
        choices=RideCategory, required=False, label=_("Category")
    )

    def apply(self, models: Any) -> Any:
        """The models that pass, by name."""
        if text := self.chosen("q"):
            models = models.filter(
                Q(title__icontains=text)
                | Q(manufacturer__live=True, manufacturer__title__icontains=text)
            )
        if category := self.chosen("category"):
            models = models.filter(category=category)
        return models.order_by(Lower("title"), "pk")

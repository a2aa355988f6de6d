"""Makes the operations and the listings of this room known."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms.search import SearchForm

from core.batch_operations import (
    Operation,
    OperationForm,
    register_listing,
    register_operations,
)
from parks.admin.pages import LISTINGS, listing_of
from parks.batches import forms, operations
from parks.batches.fields import OWN, PARK, RIDE, labels, read
from parks.models import ParkPage, RidePage

MODEL = "parks.ridemodelpage"


def register() -> None:
    """Called when the wiki starts."""
    register_operations(_operations())
    for model in LISTINGS:
        register_listing(listing_of(model), _shown(model))


def _operations() -> list[Operation]:
    rides = frozenset({RIDE})
    tagged = frozenset({RIDE, PARK})
    return [
        Operation(
            "set",
            _("Set a fact"),
            _("One fact says the same on all of them."),
            frozenset(OWN),
            forms.SetForm,
            operations.set_values,
        ),
        Operation(
            "columns",
            _("Set what a file says"),
            _("Each column of the file is a fact, each line a page."),
            frozenset(OWN),
            OperationForm,
            operations.set_values,
            columns=labels,
            read_column=read,
        ),
        Operation(
            "replace_company",
            _("Replace a company by its successor"),
            _("Wherever they name it as maker, operator, owner or on tour."),
            frozenset({RIDE, PARK, MODEL}),
            forms.ReplaceCompanyForm,
            operations.replace_company,
        ),
        Operation(
            "add_tag",
            _("Add a tag"),
            _("Those that have it stay as they are."),
            tagged,
            forms.NewTagForm,
            operations.add_tag,
        ),
        Operation(
            "remove_tag",
            _("Remove a tag"),
            _("Those that do not have it stay as they are."),
            tagged,
            forms.TagForm,
            operations.remove_tag,
        ),
        Operation(
            "move",
            _("Move rides to another park"),
            _("The page moves, and its stays say so."),
            rides,
            forms.MoveForm,
            operations.move,
        ),
        Operation(
            "close",
            _("Close rides"),
            _("Of parks that are chosen, all rides. Those that are gone stay so."),
            rides,
            forms.CloseForm,
            operations.close,
            reaches=_with_rides_below,
        ),
    ]


def _with_rides_below(pages: QuerySet[Any]) -> QuerySet[Any]:
    """The rides among these pages, and those below the parks among them."""
    parks = ParkPage.objects.filter(pk__in=pages.values("pk"))
    below = Q(pk__in=[])
    for path in parks.values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return RidePage.objects.live().filter(below | Q(pk__in=pages.values("pk")))


def _shown(model: Any) -> Any:
    """What the flat listing of a kind of page shows for the filters in an address."""

    def shown(request: HttpRequest) -> QuerySet[Any]:
        filters = LISTINGS[model]["filterset_class"](
            request.GET, queryset=model.objects.live(), request=request
        )
        if not filters.is_valid():
            return model.objects.none()
        searched = SearchForm(request.GET)
        text = searched.cleaned_data["q"] if searched.is_valid() else ""
        if not text:
            return filters.qs
        return model.objects.filter(
            pk__in=[page.pk for page in filters.qs.autocomplete(text)]
        )

    return shown

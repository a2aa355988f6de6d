"""What has to be said once for all pages of a batch."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taggit.models import Tag

from core.batch_operations import OperationForm
from core.forms import PartialDateFormField, RowChoiceField
from parks.batches.fields import labels, read
from parks.choices import GONE, Continuity, RideStatus
from parks.models import CompanyPage, ParkPage


class SetForm(OperationForm):
    """Which fact, and what it shall say."""

    fact = forms.ChoiceField(label=_("Fact"))
    value = forms.CharField(
        label=_("What it shall say"),
        required=False,
        help_text=_("As in the form of a page. Leave it empty to take the fact away."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fact: Any = self.fields["fact"]
        fact.choices = [("", "–"), *labels().items()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("fact"):
            try:
                said["stored"] = read(said["fact"], said.get("value", ""))
            except ValidationError as wrong:
                self.add_error("value", wrong)
        return said

    def parameters(self) -> dict[str, Any]:
        return {self.cleaned_data["fact"]: self.cleaned_data["stored"]}


class ReplaceCompanyForm(OperationForm):
    """Which company, and which one took its place."""

    company = RowChoiceField(CompanyPage.objects.none(), label=_("Company"))
    successor = RowChoiceField(CompanyPage.objects.none(), label=_("Successor"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("company", "successor"):
            field: Any = self.fields[name]
            field.queryset = CompanyPage.objects.live().order_by("title")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("company") and said["company"] == said.get("successor"):
            self.add_error("successor", gettext("Choose another company here."))
        return said

    def parameters(self) -> dict[str, Any]:
        return {name: company.pk for name, company in self.cleaned_data.items()}


class TagForm(OperationForm):
    """Which tag."""

    tag = RowChoiceField(Tag.objects.order_by("name"), label=_("Tag"))

    def parameters(self) -> dict[str, Any]:
        return {"tag": self.cleaned_data["tag"].pk}


class NewTagForm(OperationForm):
    """Which tag, known or new."""

    tag = forms.CharField(label=_("Tag"), max_length=100)

    def parameters(self) -> dict[str, Any]:
        name = self.cleaned_data["tag"]
        tag = Tag.objects.filter(name__iexact=name).first()
        # A word that nothing bears changes no page.
        return {"tag": (tag or Tag.objects.create(name=name)).pk}


class MoveForm(OperationForm):
    """Where to, and when."""

    park = RowChoiceField(ParkPage.objects.none(), label=_("Park"))
    moved = PartialDateFormField(
        label=_("When"),
        required=False,
        help_text=_(
            "The stay there ends and the new one begins. Leave it empty where the "
            "rides never stood at the old park: then the stay is corrected."
        ),
    )
    continuity = forms.ChoiceField(
        label=_("How it moved"),
        choices=[choice for choice in Continuity.choices if choice[0].startswith("re")],
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        park: Any = self.fields["park"]
        park.queryset = ParkPage.objects.live().order_by("title")

    def parameters(self) -> dict[str, Any]:
        park, moved = self.cleaned_data["park"], self.cleaned_data["moved"]
        return {
            "park": park.pk,
            "place": str(park.uuid),
            "moved": moved.text if moved else "",
            "continuity": self.cleaned_data["continuity"],
        }


class CloseForm(OperationForm):
    """What the rides are from which day on."""

    status = forms.ChoiceField(
        label=_("Status from then on"),
        choices=[choice for choice in RideStatus.choices if choice[0] in GONE],
        initial=RideStatus.CLOSED,
    )
    date = PartialDateFormField(label=_("Since when"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def parameters(self) -> dict[str, Any]:
        return {**self.cleaned_data, "date": self.cleaned_data["date"].text}

"""What is said of a branch, and where a page on it shall stand."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from branches.models import Proposal, ProposalItem
from branches.rights import MOST_IN_PARTS, MOST_ITEMS
from core.forms import SeenField

ATOMIC, CHUNKS = "1", ""


class BranchForm(forms.ModelForm):
    """Name, reason and source of a branch, and how it comes in."""

    merges_whole = forms.TypedChoiceField(
        label=_("How it is published"),
        choices=[
            (ATOMIC, _("All of it at once, or nothing")),
            (CHUNKS, _("By the hundred pages, each hundred at once or not at all")),
        ],
        coerce=bool,
        required=False,
        initial=ATOMIC,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Proposal
        fields = ("title", "reason", "source", "merges_whole")
        labels = {
            "title": _("Name"),
            "reason": _("What it is for"),
            "source": _("Source"),
        }
        help_texts = {
            "title": _("Short, as people will speak of it: “Season 2027”."),
            "reason": _("One line for the public history: what changes and why."),
            "source": _("Where it can be checked: a web address, a book, a newspaper."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["merges_whole"].help_text = gettext(
            "At most %(whole)s pages are published at once, at most %(parts)s by the "
            "hundred. By the hundred, a page that cannot be published does not stop "
            "the others."
        ) % {"whole": intcomma(MOST_ITEMS), "parts": intcomma(MOST_IN_PARTS)}
        if self.instance.pk:
            self.initial["merges_whole"] = ATOMIC if self.instance.merges_whole else ""

    def clean_merges_whole(self) -> bool:
        return bool(self.cleaned_data["merges_whole"])

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"].strip()
        return title

    def validate_unique(self) -> None:
        # The action says who has the name, beside the field.
        return

    def validate_constraints(self) -> None:
        return


class PlaceForm(forms.Form):
    """Under which page another one shall stand on a branch."""

    place = forms.ModelChoiceField(
        label=_("New parent page"),
        help_text=_("The page it shall stand under once the branch is published."),
        queryset=Page.objects.filter(depth__gt=1),
        required=False,
    )
    new_place = forms.ChoiceField(
        label=_("Or a page that is new on this branch"),
        required=False,
    )

    def __init__(
        self, *args: Any, page: Any, added: Iterable[ProposalItem] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        fitting = [
            (str(item.object_uuid), item.title)
            for item in added
            if item.model in page.allowed_parent_page_models()
        ]
        if fitting:
            chosen: Any = self.fields["new_place"]
            chosen.choices = [("", _("None")), *fitting]
        else:
            del self.fields["new_place"]
        self.fields["place"].widget = AdminPageChooser(
            target_models=[
                model
                for model in page.allowed_parent_page_models()
                if model is not Page
            ]
        )

    def clean_place(self) -> Any:
        """Only the rules of the tree: who may edit the page may propose its move."""
        if self.cleaned_data["place"] is None:
            return None
        place = self.cleaned_data["place"].specific
        if place.pk == self.page.pk or place.is_descendant_of(self.page):
            raise forms.ValidationError(
                gettext("A page cannot stand below itself. Choose another page.")
            )
        if type(place) not in self.page.allowed_parent_page_models():
            raise forms.ValidationError(
                gettext("“%(page)s” cannot stand under “%(place)s”.")
                % {"page": self.page, "place": place}
            )
        return place

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "place" in cleaned and not (cleaned["place"] or cleaned.get("new_place")):
            self.add_error("place", gettext("Choose a page first."))
        return cleaned

    def chosen(self) -> UUID:
        """The identity of the page that was chosen: the field that was changed says."""
        new, place = self.cleaned_data.get("new_place"), self.cleaned_data["place"]
        if new and (place is None or "new_place" in self.changed_data):
            return UUID(new)
        uuid: UUID = place.uuid
        return uuid


class RemovalForm(forms.Form):
    """Whether what stands below a page goes the same way.

    `seen` is the hash of what the branch said of the page when this was asked.
    """

    seen = SeenField()
    with_all_below = forms.BooleanField(
        label=_("The pages below it too"),
        required=False,
    )

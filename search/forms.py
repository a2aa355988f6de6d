"""What a reader may ask the search."""

from django import forms

from search.models import Kind

LONGEST_QUERY = 200


class SearchForm(forms.Form):
    """One box, and perhaps a kind of page. An empty question is a valid one."""

    q = forms.CharField(
        label="Search", required=False, max_length=LONGEST_QUERY, strip=True
    )
    kind = forms.ChoiceField(
        choices=[(kind.name.lower(), kind.label) for kind in Kind], required=False
    )

    def kind_asked(self) -> Kind | None:
        """The kind to look among; None for all."""
        name = self.cleaned_data["kind"]
        return Kind[name.upper()] if name else None

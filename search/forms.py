"""What a reader may ask the search."""

import re

from django import forms

LONGEST_QUERY = 200
# Letters and digits only: to the databases everything else is an operator or noise.
WORD = re.compile(r"\w+")
MOST_WORDS = 20


class SearchForm(forms.Form):
    """One box. An empty question is a valid one."""

    q = forms.CharField(
        label="Search", required=False, max_length=LONGEST_QUERY, strip=True
    )

    def words(self) -> list[str]:
        """The words to look for; none when only signs were typed."""
        text = self.cleaned_data["q"].replace("_", " ")
        return WORD.findall(text)[:MOST_WORDS]

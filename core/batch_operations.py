"""What can be done to many pages at once. Each room registers its own when it starts.

An operation is a pure function from what a page says to what it shall say; who works
it out, keeps it aside and has it reviewed does not know what it is about.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from core.sayings import Saying, named, together
from core.wording import Words

Content = dict[str, Any]
Parameters = Mapping[str, Any]


class Unfit(Exception):
    """An operation cannot be done to a page; the text says why."""


@dataclass(frozen=True, slots=True)
class Wish:
    """All that a page shall say, and the page it shall move under, if it moves."""

    content: Content
    place: UUID | None = None


class OperationForm(forms.Form):
    """What has to be said once for all pages."""

    def parameters(self) -> dict[str, Any]:
        """What was said, as it is stored and handed to the operation."""
        return dict(self.cleaned_data)

    def in_words(self) -> Saying:
        """What was said, for the report."""
        said = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value not in (None, ""):
                shown = dict(getattr(field, "choices", ())).get(str(value), value)
                said.append(named(field.label or name, shown))
        return together(said, between="; ")


def as_chosen(pages: QuerySet[Any]) -> QuerySet[Any]:
    """The pages themselves: what most operations are done to."""
    return pages


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of change. `change` raises Unfit where it cannot be done.

    `kinds` are the models it knows, as "parks.ridepage". `reaches` gives the pages
    that are meant when some were chosen. Where a file says what each page shall say,
    `columns` names the facts and `read_column` parses a cell, raising ValidationError.
    """

    name: str
    label: Words
    explanation: Words
    kinds: frozenset[str]
    form: type[OperationForm]
    change: Callable[[str, Content, Parameters], Wish]
    reaches: Callable[[QuerySet[Any]], QuerySet[Any]] = as_chosen
    columns: Callable[[], Mapping[str, Words]] | None = None
    read_column: Callable[[str, str], Any] | None = None


# A filtered listing of the admin, by name: what it shows for these query parameters.
Listing = Callable[[HttpRequest], QuerySet[Any]]

OPERATIONS: dict[str, Operation] = {}
LISTINGS: dict[str, Listing] = {}


def register_operations(operations: Iterable[Operation]) -> None:
    """Make operations known under their names, in the order they are offered."""
    OPERATIONS.update({operation.name: operation for operation in operations})


def register_listing(name: str, listing: Listing) -> None:
    """Make a listing known whose pages can be changed together."""
    LISTINGS[name] = listing

"""Conflicts of a merge as a person decides them: what each side says, and a choice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core.forms import SeenField
from core.wording import Words
from history.content import fingerprint
from history.diff.changes import identity_of
from history.diff.rendering import render_comparison, render_content
from history.facts import label_of
from history.merging import Conflict, Pick, Result, Side, resolve
from history.public.forms import StyledForm


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict in the merge of one object. `prefix` tells the objects apart."""

    subject: Any
    model: Any
    prefix: int
    result: Result
    conflict: Conflict

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"c{self.prefix}-{fingerprint(self.conflict.key)[:12]}"

    @property
    def facts(self) -> tuple[str, ...]:
        """Names of the facts it is about, of a row that of its list."""
        return self.conflict.path[:1] or self.conflict.facts

    @property
    def label(self) -> str:
        names = ", ".join(label_of(self.model, path) for path in self._paths())
        return f"{names[:1].upper()}{names[1:]}"

    def _paths(self) -> list[str]:
        """What is in dispute, as history names facts; within a row the column."""
        place = self.conflict.path
        if len(place) == 2 and self.conflict.facts:
            return ["/".join([*place, name]) for name in self.conflict.facts]
        if len(place) == 3 and not self.conflict.facts:
            return ["/".join(place)]
        return list(self.facts)

    def side(self, side: Side) -> dict[str, Any]:
        """The facts in dispute as they would be if this side held."""
        settled = resolve(self.result, {self.conflict.key: side}).content
        return {name: settled.get(name) for name in self.facts}

    def change(self, older: Side, newer: Side, request: HttpRequest) -> SafeString:
        """What lies between two sides."""
        return render_comparison(
            self.model, self.side(older), self.side(newer), request=request
        )

    def shown(self, side: Side, request: HttpRequest) -> SafeString:
        """What one side says; of a row only what is in dispute."""
        return render_content(
            self.model, _narrowed(self.side(side), self.conflict), request=request
        )


def _narrowed(facts: dict[str, Any], conflict: Conflict) -> dict[str, Any]:
    fact, *rest = conflict.path or ("",)
    rows = facts.get(fact)
    names = rest[1:2] or list(conflict.facts)
    if not rest or not names or not isinstance(rows, list):
        return facts
    return {
        fact: [
            {name: row[name] for name in ("uuid", *names) if name in row}
            for row in rows
            if identity_of(row) == rest[0]
        ]
    }


class DisputesForm(StyledForm, forms.Form):
    """For each dispute what shall hold, and of which state of things that is said."""

    # Which sides can be chosen, and how that is put to the person who decides.
    sides: ClassVar[Mapping[Side, Words]] = {}

    # Without it nobody knows what was shown: that is out of date too.
    seen = SeenField()

    def __init__(self, *args: Any, disputes: Iterable[Dispute], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.disputes = list(disputes)
        for dispute in self.disputes:
            self.fields[dispute.name] = forms.ChoiceField(
                label=dispute.label,
                choices=[(side.value, words) for side, words in self.sides.items()],
                widget=forms.RadioSelect(attrs={"class": "size-6 shrink-0"}),
                error_messages={"required": gettext("Say what shall hold.")},
            )

    def choices(self) -> Mapping[tuple[int, str], Pick]:
        """What was decided; of an invalid form, what could be taken of it."""
        return {
            (dispute.prefix, dispute.conflict.key): self.pick(dispute)
            for dispute in self.disputes
            if dispute.name in self.cleaned_data
        }

    def pick(self, dispute: Dispute) -> Pick:
        """What shall hold in one of them."""
        return Side(self.cleaned_data[dispute.name])


class SideBySideForm(DisputesForm):
    """The same with what each side says, one beside the other."""

    # The sides in the order in which they are shown, with their headings.
    columns: ClassVar[Mapping[Side, Words]] = {}

    def questions(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Each dispute with its field, its sides, and what lies between the two."""
        return [
            {
                "dispute": dispute,
                "field": self[dispute.name],
                "columns": [
                    (heading, dispute.shown(side, request))
                    for side, heading in self.columns.items()
                ],
                "back": dispute.change(Side.OURS, Side.THEIRS, request),
            }
            for dispute in self.disputes
        ]

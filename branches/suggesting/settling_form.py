"""The form on which conflicts of a suggestion are settled."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.merging.items import Choices
from branches.merging.plans import MergePlan
from branches.suggesting.fields import tell_what_is_held
from branches.suggesting.own_words import OwnWords, own_words_for
from history.disputes import Dispute, SideBySideForm
from history.merging import Own, Pick, Side

OWN = "own"
EMPTY = _("Left empty, the page says nothing here.")


class SettlingForm(SideBySideForm):
    """What shall hold for each conflict: a side, or words of one's own.

    `remembered` is what the person chose when they met the same conflict before.
    """

    sides = {
        Side.OURS: _("Keep what is on the page now"),
        Side.THEIRS: _("Take what the suggestion says"),
        Side.BASE: _("Go back to what it said before both"),
    }
    columns = {
        Side.BASE: _("Before both"),
        Side.OURS: _("On the page now"),
        Side.THEIRS: _("In the suggestion"),
    }

    def __init__(
        self,
        *args: Any,
        disputes: Iterable[Dispute],
        remembered: Choices | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, disputes=disputes, **kwargs)
        self.remembered = remembered or {}
        self.own: dict[str, OwnWords] = {}
        self._required: set[str] = set()
        for dispute in self.disputes:
            self._offer_own(dispute)
            self._preselect(dispute)
        tell_what_is_held([self])

    def _offer_own(self, dispute: Dispute) -> None:
        own = own_words_for(dispute)
        if own is None:
            return
        self.own[dispute.name] = own
        field: Any = self.fields[dispute.name]
        field.choices = [*field.choices, (OWN, gettext("Write something else"))]
        for name, typed in own.fields.items():
            place = _place_of(dispute, name)
            if typed.required:
                self._required.add(place)
            elif isinstance(typed.widget, forms.TextInput | forms.Textarea):
                typed.help_text = f"{typed.help_text} {EMPTY}".strip()
            # It has to be filled in only by those who choose to write.
            typed.required = typed.widget.is_required = False
            typed.widget.attrs.setdefault("class", "input")
            self.fields[place] = typed

    def _preselect(self, dispute: Dispute) -> None:
        match self.remembered.get((dispute.prefix, dispute.conflict.key)):
            case Side() as side:
                self.fields[dispute.name].initial = side.value
            case Own(value) if dispute.name in self.own:
                self.fields[dispute.name].initial = OWN
                for name, shown in self.own[dispute.name].shown(value).items():
                    self.fields[_place_of(dispute, name)].initial = shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for dispute in self.disputes:
            own = self.own.get(dispute.name)
            if own is None:
                continue
            if cleaned.get(dispute.name) == OWN:
                self._check(dispute, own)
            else:
                # What stands in fields nobody chose is neither right nor wrong.
                for name in own.fields:
                    self.errors.pop(_place_of(dispute, name), None)
        return cleaned

    def _check(self, dispute: Dispute, own: OwnWords) -> None:
        for name in own.fields:
            place = _place_of(dispute, name)
            is_blank = self.cleaned_data.get(place) in (None, "")
            # An emptied box says "nothing"; one that was not sent says nothing at all.
            is_missing = self._is_missing(place)
            is_needed = is_missing or (place in self._required and is_blank)
            if is_needed and place not in self.errors:
                self.add_error(place, gettext("Write what shall hold."))
        try:
            if not any(_place_of(dispute, name) in self.errors for name in own.fields):
                own.value(self._typed(dispute))
        except ValidationError as error:
            first = next(iter(own.fields))
            self.add_error(_place_of(dispute, first), error.messages)

    def _is_missing(self, place: str) -> bool:
        widget = self.fields[place].widget
        return widget.value_omitted_from_data(self.data, self.files, place)

    def _typed(self, dispute: Dispute) -> Mapping[str, Any]:
        typed, fields = self.cleaned_data, self.own[dispute.name].fields
        return {name: typed.get(_place_of(dispute, name)) for name in fields}

    def choices(self) -> Choices:
        return {
            (dispute.prefix, dispute.conflict.key): self.pick(dispute)
            for dispute in self.disputes
            if self._is_settled(dispute)
        }

    def _is_settled(self, dispute: Dispute) -> bool:
        chosen = self.cleaned_data.get(dispute.name)
        if chosen != OWN:
            return bool(chosen)
        fields = self.own[dispute.name].fields
        return not any(_place_of(dispute, name) in self.errors for name in fields)

    def pick(self, dispute: Dispute) -> Pick:
        if self.cleaned_data[dispute.name] != OWN:
            return super().pick(dispute)
        return Own(self.own[dispute.name].value(self._typed(dispute)))

    def questions(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {
                **question,
                "own": self._own_fields(question["dispute"]),
                "is_remembered": not self.is_bound
                and bool(self.fields[question["dispute"].name].initial),
            }
            for question in super().questions(request)
        ]

    def _own_fields(self, dispute: Dispute) -> list[Any]:
        own = self.own.get(dispute.name)
        names = own.fields if own is not None else ()
        return [self[_place_of(dispute, name)] for name in names]

    def typed_elsewhere(self) -> list[str]:
        """What was written about something that is in dispute no more."""
        return [
            str(text)
            for name, text in self.data.items()
            if f"-{OWN}-" in name and name not in self.fields and str(text).strip()
        ]


def disputes_of(plan: MergePlan) -> list[Dispute]:
    """Everything that somebody has to decide about a merge."""
    return [
        Dispute(item.item.title, item.model, item.prefix, item.result, conflict)
        for item in plan.items
        if item.result is not None
        for conflict in item.conflicts
    ]


def _place_of(dispute: Dispute, name: str) -> str:
    return f"{dispute.name}-{OWN}-{name}"

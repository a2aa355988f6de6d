"""What is asked before something is reverted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from history.content import fingerprint
from history.diff.rendering import render_comparison
from history.facts import label_of
from history.merging import Conflict, Side, resolve
from history.public.forms import StyledForm
from history.reverting.plans import Choices, Plan, Undoing

KEEP, PUT_BACK = Side.OURS.value, Side.THEIRS.value


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict as a person decides it: what was edited since, what would be lost."""

    undoing: Undoing
    conflict: Conflict

    @property
    def name(self) -> str:
        """The name of its field in the form."""
        return f"c{self.undoing.prefix}-{fingerprint(self.conflict.key)[:12]}"

    @property
    def facts(self) -> tuple[str, ...]:
        return self.conflict.facts or self.conflict.path[:1]

    @property
    def label(self) -> str:
        model = type(self.undoing.subject)
        names = ", ".join(label_of(model, fact) for fact in self.facts)
        return f"{names[:1].upper()}{names[1:]}"

    def compared(self, request: HttpRequest) -> dict[str, SafeString]:
        """What later edits made of it, and what putting it back would make of that."""
        # A conflict comes from a merge.
        result: Any = self.undoing.result
        kept, back = (
            resolve(result, {self.conflict.key: side}).content
            for side in (Side.OURS, Side.THEIRS)
        )
        base, ours, theirs = (
            {name: content.get(name) for name in self.facts}
            for content in (result.base, kept, back)
        )
        model = type(self.undoing.subject)
        return {
            "since": render_comparison(model, base, ours, request=request),
            "back": render_comparison(model, ours, theirs, request=request),
        }


def disputes_of(plan: Plan) -> list[Dispute]:
    """Everything that somebody has to decide about a plan."""
    return [Dispute(u, conflict) for u in plan.undoings for conflict in u.conflicts]


class RevertForm(StyledForm, forms.Form):
    """Why, from which source, and for each dispute what shall hold."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        error_messages={"required": _("Say why: it stands in the public history.")},
    )
    source = forms.CharField(
        label=_("Source (if there is one)"), max_length=500, required=False
    )
    # Without it nobody knows what was shown: that is out of date too.
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, disputes: Iterable[Dispute], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.disputes = list(disputes)
        for dispute in self.disputes:
            self.fields[dispute.name] = forms.ChoiceField(
                label=dispute.label,
                choices=[
                    (KEEP, gettext("Keep what it says now")),
                    (PUT_BACK, gettext("Put back what it said before the change")),
                ],
                widget=forms.RadioSelect(attrs={"class": "size-6 shrink-0"}),
                error_messages={"required": gettext("Say what shall hold.")},
            )

    def choices(self) -> Choices:
        """What was decided. Call it on a valid form only."""
        return {
            (dispute.undoing.prefix, dispute.conflict.key): Side(
                self.cleaned_data[dispute.name]
            )
            for dispute in self.disputes
        }

    def questions(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Each dispute with its field and both comparisons."""
        return [
            {
                "dispute": dispute,
                "field": self[dispute.name],
                **dispute.compared(request),
            }
            for dispute in self.disputes
        ]

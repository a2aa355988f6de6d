"""All that is on the page on which somebody suggests an edit: its forms together."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branches.actions import Wanted
from branches.models import ItemOperation
from branches.sources import lacks_source
from branches.suggesting.beginnings import Beginning
from branches.suggesting.forms import form_class_of
from branches.suggesting.sections import Section, sections_of
from branches.suggesting.story_form import StoryForm
from core.forms import SeenField
from core.models import ContentPage
from history.content import changed_facts
from history.diff.rendering import render_comparison
from history.facts import label_of
from history.reverting.contents import Content, facts_of


class PlaceForm(forms.Form):
    """Where an edit was begun: the version, and what the proposal said then.

    What is new has the key of its form instead, by which it is known when it is sent
    twice.
    """

    base = forms.IntegerField(
        min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput
    )
    seen = SeenField()
    # Some browsers fill in what a field said before, hidden or not.
    form_key = forms.CharField(
        max_length=32,
        required=False,
        widget=forms.HiddenInput({"autocomplete": "off"}),
    )


class Desk:
    """The forms of one suggestion, bound to what was sent or not."""

    def __init__(
        self, beginning: Beginning, data: Any = None, *, by: Any, form_key: str = ""
    ) -> None:
        self.beginning = beginning
        self.form_key = form_key
        self.model: Any = type(beginning.page)
        proposal = beginning.proposal
        # Where it stands follows from its facts here: nobody moves a page by hand.
        beginning.page.goes_along = True
        self.story = StoryForm(data, page=beginning.page)
        self.form = form_class_of(self.model)(
            data, instance=beginning.page, parent_page=beginning.place
        )
        self.form.offer_library(by)
        self.place = PlaceForm(
            initial={
                "base": beginning.base.pk if beginning.base else None,
                "seen": proposal.content_hash if proposal else "",
                "form_key": "" if proposal else form_key or get_random_string(32),
            }
        )
        if data is None and proposal is not None:
            self.form.initial["change_reason"] = proposal.reason
            self.form.initial["change_source"] = proposal.source

    @property
    def sections(self) -> list[Section]:
        return sections_of(self.form, has_story=self.story.stream is not None)

    @cached_property
    def is_valid(self) -> bool:
        """Whether the facts can be taken; words about them are another question."""
        # Both are asked, so that everything wrong is said at once.
        return all([self.form.is_valid(), self.story.is_valid()])

    @cached_property
    def content(self) -> Content:
        """What the page would say. Ask it of valid forms only."""
        self.story.apply()
        page = self.form.save(commit=False)
        page.derive()
        content = facts_of(page)
        if self.beginning.place is not None:
            # Its address is made when it gets its place.
            content.pop("slug", None)
        return content

    @property
    def changes(self) -> list[str]:
        """Names of the facts that would be others."""
        return changed_facts(self.beginning.before, self.content)

    def has_words(self) -> bool:
        """Whether it says why, and where that can be checked.

        What is missing is said beside the fields. Ask it of valid forms only.
        """
        # Asked first: a form with errors makes no content.
        words, changes = self.form.cleaned_data, self.changes
        if not words["change_reason"].strip():
            self.form.add_error(
                "change_reason", _("Say in one line what you change and why.")
            )
        if lacks_source(changes, words["change_source"]):
            self.form.add_error(
                "change_source",
                _(
                    "Say where this can be checked: a web address, a book, a sign at "
                    "the ride."
                ),
            )
        return not self.form.errors

    def wanted(self) -> Wanted:
        """What is asked for. Ask it of valid forms only."""
        words, beginning = self.form.cleaned_data, self.beginning
        place = beginning.place or self._new_place()
        is_moved = place is not None and beginning.place is None
        return Wanted(
            model=self.model,
            uuid=beginning.page.uuid,
            title=beginning.title or str(self.content["title"]),
            operation=ItemOperation.MOVE if is_moved else beginning.operation,
            place_uuid=place.uuid if place else None,
            content=self.content,
            before=beginning.before,
            base=beginning.base,
            reason=words["change_reason"].strip(),
            source=words["change_source"].strip(),
        )

    def _new_place(self) -> ContentPage | None:
        """Where the page goes, when the facts of its place are among the changes."""
        page = self.beginning.page
        if set(page.facts_of_place).isdisjoint(self.changes):
            return None
        return page.stands_elsewhere()

    def preview(self, request: HttpRequest) -> SafeString | None:
        """What would change; None when nothing would."""
        if not self.changes:
            return None
        return render_comparison(
            self.model, self.beginning.before, self.content, request=request
        )

    @property
    def wrong_fields(self) -> list[Any]:
        """Every field with something to correct, in the order of the page."""
        return [
            form[name]
            for form in [*self.form.all_forms(), self.story]
            for name in form.fields
            if name in form.errors
        ]

    @property
    def other_errors(self) -> list[str]:
        """What is wrong and stands beside no field."""
        lists = [form.non_field_errors() for form in self.form.all_forms()]
        of_rows = [
            f"{capfirst(label_of(self.model, name))}: {message}"
            for name, rows in self.form.formsets.items()
            for message in rows.non_form_errors()
        ]
        return [*(str(message) for errors in lists for message in errors), *of_rows]

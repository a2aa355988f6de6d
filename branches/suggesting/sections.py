"""The form of a suggestion in the order and under the headings of the editing desk."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail.admin.panels import InlinePanel, MultiFieldPanel
from wagtail.admin.panels.group import PanelGroup

from branches.suggesting.forms import field_panels, panels_of
from core.wording import in_a_sentence

# They are asked for at the end, as words about the whole.
WORDS = frozenset({"change_reason", "change_source"})


@dataclass(frozen=True, slots=True)
class RowList:
    """The rows of one kind, with their heading."""

    name: str
    heading: str
    label: str
    noun: str
    help_text: str
    formset: Any

    @property
    def known(self) -> list[Any]:
        """Forms of the rows there are."""
        count = self.formset.initial_form_count()
        return list(self.formset.forms[:count])

    @property
    def blank(self) -> list[Any]:
        """Forms for rows to be added: the first, and those with something in them."""
        return self._new[: max(1, self._used)]

    @property
    def spare(self) -> list[Any]:
        """Forms for still more rows."""
        return self._new[max(1, self._used) :]

    @property
    def is_open(self) -> bool:
        """Whether the blank rows have something in them, or there are no others."""
        return not self.known or self._used > 0

    @property
    def is_wrong(self) -> bool:
        """Whether there is something to correct in a row, or in their number."""
        wrong = any(form.errors for form in self.formset.forms)
        return wrong or bool(self.formset.non_form_errors())

    @property
    def _new(self) -> list[Any]:
        return list(self.formset.forms[self.formset.initial_form_count() :])

    @property
    def _used(self) -> int:
        """How many of the new rows there are up to the last with something in it."""
        used = (form.is_bound and form.has_changed() for form in self._new)
        return max(
            (place for place, is_used in enumerate(used, 1) if is_used), default=0
        )


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands below it."""

    heading: str
    is_folded: bool = False
    fields: list[Any] = field(default_factory=list)
    lists: list[RowList] = field(default_factory=list)
    has_story: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is shown at once: with something to correct in it, always."""
        wrong = any(bound.errors for bound in self.fields)
        lists = any(rows.is_wrong for rows in self.lists)
        return not self.is_folded or wrong or lists

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.lists or self.has_story)


def sections_of(form: Any, *, has_story: bool) -> list[Section]:
    """The sections of a form, without those that have nothing for members."""
    sections: list[Section] = []
    for panel in panels_of(type(form.instance)).children:
        is_group = isinstance(panel, MultiFieldPanel)
        heading = str(panel.heading) if is_group else ""
        names = [name for name, _ in field_panels(panel)]
        section = Section(
            heading,
            is_folded="collapsed" in panel.classname,
            has_story=has_story and "body" in names,
        )
        section.fields.extend(
            form[name] for name in names if name in form.fields and name not in WORDS
        )
        section.lists.extend(
            RowList(
                inline.relation_name,
                str(inline.heading),
                str(inline.label),
                in_a_sentence(inline.label),
                str(inline.help_text),
                form.formsets[inline.relation_name],
            )
            for inline in _inlines(panel)
            if inline.relation_name in form.formsets
        )
        if not section.is_empty:
            sections.append(section)
    return sections


def _inlines(panel: Any) -> Iterator[Any]:
    if isinstance(panel, InlinePanel):
        yield panel
    elif isinstance(panel, PanelGroup):
        for child in panel.children:
            yield from _inlines(child)

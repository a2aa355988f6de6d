"""One box for each part of a story, and one for what is added at its end."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.suggesting.story import as_plain, rewritten
from core.models import ContentPage
from core.wording import Words

Block = dict[str, Any]
# Blocks that can be edited here; others stay as they are.
LABELS = {"heading": _("Heading"), "paragraph": _("Text"), "quote": _("Quotation")}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the story as the page shows it: its fields, or none to edit."""

    label: Words
    fields: list[Any]


class StoryForm(forms.Form):
    """The story of a page in boxes of plain text. An emptied box removes its part."""

    def __init__(self, *args: Any, page: ContentPage, **kwargs: Any) -> None:
        self.page = page
        self.stream: Any = getattr(page, "body", None)
        self.blocks: list[Block] = list(self.stream.raw_data) if self.stream else []
        super().__init__(*args, **{**kwargs, "prefix": "story"})
        self._add_fields()

    def _add_fields(self) -> None:
        for number, block in enumerate(self.blocks):
            for name, field in _fields_of(block).items():
                self.fields[f"{number}-{name}"] = field
        if self.stream is not None:
            self.fields["new"] = forms.CharField(
                label=gettext("Add to the story"),
                required=False,
                help_text=gettext("A blank line begins a new paragraph."),
                widget=forms.Textarea({"rows": 5}),
            )

    def parts(self) -> list[Part]:
        """The parts in their order, for the page."""
        return [
            Part(
                LABELS.get(block["type"], _("Picture")),
                [self[f"{number}-{name}"] for name in _fields_of(block)],
            )
            for number, block in enumerate(self.blocks)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.stream is None:
            return cleaned
        for number, block in enumerate(self.written()):
            self._check(number, block)
        return cleaned

    def written(self) -> list[Block]:
        """The blocks as they were edited; those emptied still stand in their place."""
        blocks = [
            _edited(block, self._said(number, block))
            for number, block in enumerate(self.blocks)
        ]
        added = str(self.cleaned_data.get("new") or "").strip()
        if added:
            text = rewritten("", added)
            blocks.append({"type": "paragraph", "value": text, "id": str(uuid4())})
        return blocks

    def apply(self) -> None:
        """Put the story on the page in memory. Call it on a valid form only."""
        if self.stream is None or not self.has_changed():
            return
        kept = [block for block in self.written() if not _is_empty(block)]
        field: Any = self.page._meta.get_field("body")
        self.page.body = field.to_python(json.dumps(kept))

    def _said(self, number: int, block: Block) -> dict[str, str]:
        return {
            name: str(self.cleaned_data.get(f"{number}-{name}") or "")
            for name in _fields_of(block)
        }

    def _check(self, number: int, block: Block) -> None:
        kind = self.stream.stream_block.child_blocks.get(block["type"])
        if kind is None or block["type"] not in LABELS or _is_empty(block):
            return
        try:
            kind.clean(kind.to_python(block["value"]))
        except ValidationError as error:
            name = next((n for n in self.fields if n.startswith(f"{number}-")), "new")
            self.add_error(name, _messages(error))


def _messages(error: Any) -> list[str]:
    inner = getattr(error, "block_errors", None)
    if inner:
        found = inner.values() if isinstance(inner, dict) else inner
        return [message for one in found if one for message in _messages(one)]
    return list(error.messages)


def _fields_of(block: Block) -> dict[str, forms.CharField]:
    label = LABELS.get(block["type"], "")
    match block["type"], block["value"]:
        case "heading", str(value):
            return {"text": _line(label, value)}
        case "paragraph", str(value):
            return {"text": _box(label, as_plain(value))}
        case "quote", {"text": str(text), **others}:
            said_by = str(others.get("attribution") or "")
            return {"text": _box(label, text), "by": _line(gettext("Said by"), said_by)}
    return {}


def _line(label: Words, value: str) -> forms.CharField:
    return forms.CharField(label=label, initial=value, required=False)


def _box(label: Words, value: str) -> forms.CharField:
    rows = min(16, 2 + value.count("\n") + len(value) // 90)
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, initial=value, required=False, widget=widget)


def _edited(block: Block, said: dict[str, str]) -> Block:
    match block["type"]:
        case "heading" if said:
            return {**block, "value": said["text"]}
        case "paragraph" if said:
            text = said["text"]
            written = rewritten(block["value"], text) if text.strip() else ""
            return {**block, "value": written}
        case "quote" if said:
            value = {
                **block["value"],
                "text": said["text"].replace("\r\n", "\n"),
                "attribution": said["by"],
            }
            return {**block, "value": value}
    return block


def _is_empty(block: Block) -> bool:
    value = block["value"]
    said = value.get("text") if block["type"] == "quote" else value
    return block["type"] in LABELS and not str(said or "").strip()

"""The shapes of a model's facts, read off its fields, rows and blocks."""

from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import get_language, gettext

from taggit.models import ItemBase
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from core.fields import MeasureField, PartialDateField
from core.rows import row_models
from history.diff.coupling import coupled_facts
from history.diff.shapes import Kind, NamedCodes, Shape
from history.facts import label_of

PIN = ("latitude", "longitude")

_FIELDS: tuple[tuple[type, Kind], ...] = (
    (PartialDateField, Kind.PARTIAL_DATE),
    (MeasureField, Kind.MEASURE),
    (RichTextField, Kind.RICH),
    (models.BooleanField, Kind.BOOLEAN),
    (models.DateField, Kind.DATE),
    (models.DecimalField, Kind.NUMBER),
    (models.IntegerField, Kind.NUMBER),
    (models.FloatField, Kind.NUMBER),
)
_BLOCKS: tuple[tuple[type, Kind], ...] = (
    (blocks.RichTextBlock, Kind.RICH),
    (blocks.BooleanBlock, Kind.BOOLEAN),
    (blocks.DateBlock, Kind.DATE),
    (blocks.IntegerBlock, Kind.NUMBER),
    (blocks.DecimalBlock, Kind.NUMBER),
    (blocks.FloatBlock, Kind.NUMBER),
)


def schema_of(model: Any) -> Shape:
    """The shapes of all facts of a page or snippet, in the order of its fields."""
    return _schema_in(model, get_language() or "")


@cache
def _schema_in(model: Any, language: str) -> Shape:
    """Its labels are in the language that is active."""
    parts = _shapes_of_fields(model)
    for name, row_model in row_models(model).items():
        parts[name] = _shape_of_rows(row_model, label_of(model, name), of=model)
    return Shape(
        Kind.STRUCT,
        str(model._meta.verbose_name),
        parts=parts,
        pin=PIN if parts.keys() >= set(PIN) else None,
        coupled=coupled_facts(model, parts),
    )


def _shape_of_rows(model: Any, label: str, *, of: Any) -> Shape:
    """The shape of the rows of a page, in which some columns may list facts of it."""
    if issubclass(model, ItemBase):
        target = model._meta.get_field("tag").remote_field.model._meta.label_lower
        return Shape(Kind.TAGS, label, target=target)
    parts = _shapes_of_fields(model)
    for name in getattr(model, "names_facts", ()):
        parts[name] = Shape(Kind.FACTS, parts[name].label, target=of._meta.label_lower)
    return Shape(Kind.ROWS, label, parts=parts, coupled=coupled_facts(model, parts))


def _shapes_of_fields(model: Any) -> dict[str, Shape]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name: _shape_of_field(field, model) for field in fields}


def _shape_of_field(field: Any, model: Any) -> Shape:
    label = label_of(model, field.name)
    if isinstance(field, StreamField):
        return _shape_of_block(field.stream_block, label)
    if field.remote_field is not None:
        kind = Kind.LINKS if field.many_to_many else Kind.LINK
        return Shape(kind, label, target=field.remote_field.model._meta.label_lower)
    if name_of := getattr(model, "names_of_codes", {}).get(field.name):
        return Shape(Kind.CHOICE, label, choices=NamedCodes(name_of))
    if field.choices:
        choices = {str(value): str(words) for value, words in field.flatchoices}
        return Shape(Kind.CHOICE, label, choices=choices)
    kind = _kind_among(_FIELDS, field)
    return Shape(kind, label, dimension=str(getattr(field, "dimension", "")))


def _shape_of_block(block: Any, label: str) -> Shape:
    if isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock):
        is_stream = isinstance(block, blocks.BaseStreamBlock)
        parts = {
            name: _shape_of_block(child, _block_name(child, name))
            for name, child in block.child_blocks.items()
        }
        return Shape(Kind.STREAM if is_stream else Kind.STRUCT, label, parts=parts)
    if isinstance(block, blocks.ListBlock):
        item = _shape_of_block(block.child_block, _block_name(block.child_block))
        return Shape(Kind.LIST, label, parts={"item": item})
    if isinstance(block, blocks.ChooserBlock):
        return Shape(Kind.LINK, label, target=block.model_class._meta.label_lower)
    if isinstance(block, blocks.ChoiceBlock | blocks.MultipleChoiceBlock):
        choices = {str(value): str(words) for value, words in block.field.choices}
        return Shape(Kind.CHOICE, label, choices=choices)
    return Shape(_kind_among(_BLOCKS, block), label)


def _kind_among(kinds: tuple[tuple[type, Kind], ...], thing: Any) -> Kind:
    return next((kind for type_, kind in kinds if isinstance(thing, type_)), Kind.TEXT)


def _block_name(block: Any, otherwise: str = "") -> str:
    name = str(block.label or otherwise)
    return gettext(name) if name else ""

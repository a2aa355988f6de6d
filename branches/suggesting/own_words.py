"""What can be written in place of both sides where two changes disagree.

A fact is typed into the field that its own form has, with the same parser and the same
rules; a text is written as plain paragraphs, as everywhere in suggestions. For rows
that one side removed, for orders and for whole lists there are only the sides.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from modelcluster.models import get_field_value
from taggit.managers import TaggableManager
from wagtail.fields import StreamField

from branches.suggesting.fields import public_formfield
from branches.suggesting.forms import LEFT_OUT
from branches.suggesting.story import as_plain, rewritten
from core.rows import row_models
from history.content import canonical_text
from history.diff.changes import MISSING, identity_of
from history.diff.comparing import structured
from history.diff.schema import schema_of
from history.diff.shapes import Kind, Shape
from history.disputes import Dispute
from history.facts import label_of
from history.merging import Conflict, ConflictKind
from history.merging.texts import is_nested
from photos.models import Photo

Cleaned: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The fields for one dispute, by name, and how a value of it gets in and out.

    `value` takes what the fields have cleaned and raises ValidationError; `shown` is
    what the fields begin with for a value.
    """

    fields: Mapping[str, forms.Field]
    value: Callable[[Cleaned], Any]
    shown: Callable[[Any], Mapping[str, Any]]


def own_words_for(dispute: Dispute) -> OwnWords | None:
    """How somebody can write what shall hold; None where only sides can be chosen."""
    conflict = dispute.conflict
    if conflict.kind == ConflictKind.GROUP:
        return _of_group(dispute, conflict)
    if conflict.kind not in (ConflictKind.VALUE, ConflictKind.PROSE):
        return None
    model, names = _place(dispute.model, conflict)
    if model is None:
        return None
    field = _field(model, names[0])
    if isinstance(field, StreamField):
        kind = _shape_within(dispute, conflict).kind
        is_rich = kind is Kind.RICH
        is_text = is_rich or kind is Kind.TEXT
        return _of_text(dispute, conflict, is_rich=is_rich) if is_text else None
    if field is None or len(names) > 1:
        return None
    if conflict.kind == ConflictKind.PROSE:
        is_rich = schema_of(model).part(names[0]).kind is Kind.RICH
        return _of_text(dispute, conflict, is_rich=is_rich)
    return _of_facts(model, {names[0]: conflict.theirs}, kept=None)


def _of_group(dispute: Dispute, conflict: Conflict) -> OwnWords | None:
    """Of facts that go together; those that members do not set stay as they are."""
    model = _owner(dispute.model, conflict.path)
    if model is None:
        return None
    typed = [name for name in conflict.facts if name not in LEFT_OUT]
    if not typed or any(_field(model, name) is None for name in conflict.facts):
        return None
    theirs = {name: conflict.theirs.get(name) for name in typed}
    kept = {n: v for n, v in conflict.ours.items() if n not in theirs}
    return _of_facts(model, theirs, kept=kept)


def _of_facts(
    model: Any, theirs: Mapping[str, Any], *, kept: Mapping[str, Any] | None
) -> OwnWords | None:
    """Fields of a model; with `kept` the value is that of a group."""
    fields: dict[str, forms.Field] = {}
    for name, value in theirs.items():
        field = model._meta.get_field(name)
        made = public_formfield(field)
        if made is None:
            return None
        made.label = capfirst(label_of(model, name))
        made.initial = _shown(field, value)
        fields[name] = made

    def stored(cleaned: Cleaned) -> Any:
        values = {name: _stored(model, name, cleaned[name]) for name in fields}
        return next(iter(values.values())) if kept is None else {**kept, **values}

    def shown(value: Any) -> dict[str, Any]:
        given = value if kept is not None else dict.fromkeys(fields, value)
        return {n: _shown(model._meta.get_field(n), given.get(n)) for n in fields}

    return OwnWords(fields, stored, shown)


def _of_text(dispute: Dispute, conflict: Conflict, *, is_rich: bool) -> OwnWords | None:
    sides = (conflict.base, conflict.ours, conflict.theirs)
    theirs = conflict.theirs
    if not isinstance(theirs, str):
        return None
    if is_rich and not all(isinstance(s, str) and is_nested(s) for s in sides):
        return None
    text = as_plain(theirs) if is_rich else theirs
    is_line = conflict.kind == ConflictKind.VALUE and not is_rich
    widget = forms.TextInput() if is_line else forms.Textarea({"rows": 6})
    field = forms.CharField(
        label=dispute.label, initial=text, required=is_line, widget=widget
    )

    def stored(cleaned: Cleaned) -> str:
        typed = str(cleaned["text"]).replace("\r\n", "\n")
        if is_rich:
            return rewritten(theirs, typed) if typed.strip() else ""
        # A paragraph ends with its line, or it would run into the next one.
        ends = typed and theirs.endswith("\n") and not typed.endswith("\n")
        return f"{typed}\n" if ends else typed

    def shown(value: Any) -> dict[str, Any]:
        return {"text": as_plain(str(value)) if is_rich else value}

    return OwnWords({"text": field}, stored, shown)


def _place(model: Any, conflict: Conflict) -> tuple[Any, tuple[str, ...]]:
    """The model a fact in dispute belongs to, and its name in it."""
    path = conflict.path
    if not path:
        return None, ()
    if path[0] in row_models(model):
        owner = _owner(model, path[:-1]) if len(path) == 3 else None
        return owner, path[-1:]
    return model, path


def _owner(model: Any, path: tuple[str, ...]) -> Any:
    """The model of the page, or that of a row that a path leads to."""
    if not path:
        return model
    return row_models(model).get(path[0]) if len(path) == 2 else None


def _field(model: Any, name: str) -> Any:
    """The field of a fact that can be typed, or of a story; None for others."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    is_plain = field.concrete and field.editable and not field.many_to_many
    if name == "body" and isinstance(field, StreamField):
        return field
    # Photos and tags are chosen, not written.
    is_chosen = isinstance(field, TaggableManager) or field.related_model is Photo
    is_typed = is_plain and not is_chosen and name not in LEFT_OUT - {"slug"}
    return field if is_typed else None


def _shape_within(dispute: Dispute, conflict: Conflict) -> Shape:
    """The shape of something in a story, found by the types of its blocks."""
    schema = schema_of(dispute.model)
    value: Any = structured(schema, dispute.result.theirs)
    shape = schema
    for step in conflict.path:
        if isinstance(value, list):
            value = next((one for one in value if identity_of(one) == step), {})
            shape = shape.part(str(value.get("type")))
            continue
        if not (step == "value" and "type" in value):
            shape = shape.part(step)
        value = value.get(step) if isinstance(value, dict) else {}
    return shape


def _shown(field: Any, value: Any) -> Any:
    """A stored value as a form shows it at first."""
    if value in (None, MISSING, ""):
        return None
    if field.remote_field is not None:
        return value
    holder = field.model(**{field.attname: field.to_python(value)})
    return field.value_from_object(holder)


def _stored(model: Any, name: str, value: Any) -> Any:
    """What was typed, as a content holds it. Raises ValidationError."""
    field = model._meta.get_field(name)
    if field.remote_field is not None:
        return None if value is None else value.pk
    if value not in field.empty_values:
        field.clean(value, None)
    holder = model()
    field.save_form_data(holder, value)
    plain = canonical_text({name: get_field_value(field, holder)})
    return json.loads(plain)[name]

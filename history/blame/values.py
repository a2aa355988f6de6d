"""Values of facts as plain text for readers, whatever kind they are of."""

import re
from collections import defaultdict
from collections.abc import Iterable
from html import unescape
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wagtail.fields import StreamField
from wagtail.models import Page

from core.measures import Measure
from core.partial_dates import PartialDate
from core.rows import row_models
from core.wording import date_words, measure_words
from history.blame.paths import FactPath, parts_of
from history.facts import labels_in
from history.visibility import public_pages

TAGS = re.compile(r"<[^>]*>")
BLOCK_ENDS = re.compile(r"</(?:p|li|h\d|blockquote)>|<br\s*/?>", re.IGNORECASE)
# Columns of rows that need no label in front.
TELLING = frozenset({"text", "title", "value"})


class Values:
    """Turns values of one kind of page into text.

    Give it all that will be shown first: what they refer to is read together, one
    query for each kind of thing.
    """

    def __init__(self, model: Any, shown: Iterable[tuple[FactPath, Any]]) -> None:
        self.model = model
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for path, value in shown:
            for target, key in self._references(path, value):
                wanted[target].add(key)
        self.titles = {target: _titles(target, keys) for target, keys in wanted.items()}

    def text(self, path: FactPath, value: Any) -> str:
        """The value in words; empty when there is none."""
        if value is None or value == "" or value == []:
            return ""
        if not path.part and row_models(self.model).get(path.fact) is not None:
            rows = (
                (FactPath(path.fact, uuid), r) for uuid, r in parts_of(value).items()
            )
            return "; ".join(self._row(row_path, row) for row_path, row in rows)
        if path.name or not path.part:
            return self._one(self._field(path), value)
        if not isinstance(value, dict):
            return str(value)
        if {"type", "value"} <= value.keys():
            return block_text(value["value"])
        return self._row(path, value)

    def _row(self, path: FactPath, row: dict[str, Any]) -> str:
        parts: dict[str, str] = {}
        for name in in_order_of_fields(row_models(self.model).get(path.fact), row):
            value = row[name]
            if name == "uuid" or value in (None, "", False):
                continue
            column = FactPath(path.fact, path.part, name)
            field = self._field(column)
            text = self._one(field, value)
            says_itself = name in TELLING or getattr(field, "choices", None)
            is_plain = says_itself or getattr(field, "is_relation", False)
            label = "" if is_plain else _(str(getattr(field, "verbose_name", name)))
            # A photo that is called by its caption says so once.
            parts.setdefault(text, f"{label} {text}".strip())
        return ", ".join(parts.values())

    def _one(self, field: Any, value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(field, StreamField) or isinstance(value, list):
            parts = parts_of(value).values()
            words = [block_text(part.get("value", "")) for part in parts]
            return " ".join(filter(None, words))
        if field is None:
            return str(value)
        if isinstance(field, models.ForeignKey):
            titles = self.titles.get(field.remote_field.model, {})
            return titles.get(
                str(value), _("no longer here (number %(value)s)") % {"value": value}
            )
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, models.DateField):
            day = parse_date(str(value))
            return date_format(day, _("j F Y")) if day else str(value)
        if field.name in getattr(field.model, "names_facts", ()):
            return labels_in(self.model, str(value))
        try:
            known = field.to_python(value)
        except ValidationError:
            return str(value)
        if isinstance(known, PartialDate):
            return date_words(known)
        return measure_words(known) if isinstance(known, Measure) else str(value)

    def _field(self, path: FactPath) -> Any:
        model = self.model
        name = path.fact
        if path.name:
            model, name = row_models(self.model).get(path.fact), path.name
        try:
            return model._meta.get_field(name) if model is not None else None
        except FieldDoesNotExist:
            return None

    def _references(self, path: FactPath, value: Any) -> Iterable[tuple[Any, Any]]:
        if not path.part and row_models(self.model).get(path.fact) is not None:
            for uuid, row in parts_of(value).items():
                yield from self._references(FactPath(path.fact, uuid), row)
            return
        if path.part and not path.name and isinstance(value, dict):
            for name, column in value.items():
                yield from self._references(
                    FactPath(path.fact, path.part, name), column
                )
            return
        field = self._field(path)
        if isinstance(field, models.ForeignKey) and value not in (None, ""):
            yield field.remote_field.model, value


def in_order_of_fields(model: Any, names: Iterable[str]) -> list[str]:
    """Names of facts as the model lists its fields; those it does not know, last."""
    known = [field.name for field in model._meta.get_fields()] if model else []
    order = {name: place for place, name in enumerate(known)}
    return sorted(names, key=lambda name: order.get(name, len(order)))


def block_text(value: Any) -> str:
    """A block of a story as one line of plain text."""
    if isinstance(value, dict):
        return " ".join(block_text(part) for part in value.values() if part)
    return plain(value) if isinstance(value, str) else str(value)


def plain(markup: str) -> str:
    """The words of rich text, without its tags."""
    return " ".join(unescape(TAGS.sub("", BLOCK_ENDS.sub(" ", markup))).split())


def _titles(target: Any, keys: set[Any]) -> dict[str, str]:
    """Titles by primary key, of pages only those that everybody may read."""
    things = target._default_manager.filter(pk__in=[k for k in keys if _is_key(k)])
    if issubclass(target, Page):
        public = public_pages().filter(pk__in=things.values("pk"))
        return {str(pk): title for pk, title in public.values_list("pk", "title")}
    return {
        str(thing.pk): str(getattr(thing, "title", "") or getattr(thing, "name", ""))
        for thing in things
    }


def _is_key(key: Any) -> bool:
    return isinstance(key, int) or str(key).isdigit()

"""What facts are called, in words a reader knows, and which texts stand in them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext

from core.labels import NAMES_OF_FACTS
from core.rows import row_models

# No reader can tell what they say: no page of the site shows anything of them.
UNSEEN = frozenset({"show_in_menus"})

# What says which row or block it is, and nothing about it.
_WHICH = frozenset({"uuid", "id", "pk", "type"})


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a fact, those of its rows and blocks too."""
    if isinstance(value, str):
        inner = nested(value)
        yield from (value,) if inner is None else texts_in(inner)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _WHICH:
                yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


def seen(content: dict[str, Any]) -> dict[str, Any]:
    """What a version says, without what makes no difference to readers.

    A change of it is told all the same.
    """
    return {name: value for name, value in content.items() if name not in UNSEEN}


def nested(text: str) -> list[Any] | None:
    """The blocks of a story, which is stored as one text; None for any other text."""
    if not text.startswith("[{"):
        return None
    try:
        blocks: list[Any] = json.loads(text)
    except ValueError:
        return None
    return blocks


def label_of(model: Any, path: str) -> str:
    """The name of a fact; "tracks/<row uuid>/height" is "tracks: height"."""
    fact, *rest = path.split("/")
    if len(rest) == 2 and (row := row_models(model).get(fact)) is not None:
        return f"{_label(model, fact)}: {_label(row, rest[1])}"
    return _label(model, fact)


def labels_in(model: Any, names: str) -> str:
    """The labels of facts that somebody listed: "tracks.height, opened"."""
    listed = (name.strip().split(".") for name in names.split(","))
    return ", ".join(_label_of_listed(model, *name) for name in listed if any(name))


def disputed_facts(model: Any, conflicts: Iterable[Any]) -> list[str]:
    """The labels of the facts that conflicts of a merge are about, each once."""
    return sorted(
        {
            label_of(model, conflict.path[0] if conflict.path else conflict.facts[0])
            for conflict in conflicts
        }
    )


def _label_of_listed(model: Any, fact: str, *columns: str) -> str:
    row = row_models(model).get(fact)
    if columns and row is not None:
        return _label(row, columns[-1])
    return _label(model, fact)


def _label(model: Any, name: str) -> str:
    if name in NAMES_OF_FACTS:
        return str(NAMES_OF_FACTS[name])
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        # The fact of an old version whose field the model no longer has.
        return name.replace("_", " ")
    # Names that Django makes of a field's own are no lazy texts; history/fact_names.py.
    return gettext(str(getattr(field, "verbose_name", name.replace("_", " "))))

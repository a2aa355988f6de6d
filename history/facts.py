"""What facts are called: from the path of a fact to words a reader knows."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.rows import row_models

# Relations whose rows read better under a name of their own.
ROW_NAMES = {
    "tagged_items": _("tags"),
    "status_periods": _("status"),
    "gallery": _("photos"),
    "terms": _("owners and operators"),
    "external_ids": _("numbers elsewhere"),
}


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
    if name in ROW_NAMES:
        return str(ROW_NAMES[name])
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        # The fact of an old version whose field the model no longer has.
        return name.replace("_", " ")
    # Names that Django makes of a field's own are no lazy texts; history/fact_names.py.
    return gettext(str(getattr(field, "verbose_name", name.replace("_", " "))))

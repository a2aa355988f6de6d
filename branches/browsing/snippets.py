"""Areas, elements, layouts and the like as a branch names them, laid over theirs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType

from modelcluster.models import model_from_serializable_data

from branches.models import ItemOperation, Proposal
from core.layers import Layer
from history.content import page_models


def lay_snippets(layer: Layer, branch: Proposal) -> None:
    """Have the tables of snippets say what a branch says.

    A snippet that is new has no key that anything could name, so it is left out.
    """
    pages = ContentType.objects.get_for_models(*page_models()).values()
    items = (
        branch.items.exclude(content_type__in=list(pages))
        .exclude(operation=ItemOperation.CREATE)
        .exclude(base__text_hidden=True)
        .select_related("content_type")
    )
    by_model: dict[Any, list[Any]] = defaultdict(list)
    for item in items:
        by_model[item.model].append(item)
    for model, some in by_model.items():
        _lay(layer, model, some)


def _lay(layer: Layer, model: Any, items: Iterable[Any]) -> None:
    by_uuid = {item.object_uuid: item for item in items}
    stored = list(model._base_manager.filter(uuid__in=by_uuid))
    rows = [
        _said(row, by_uuid[row.uuid])
        for row in stored
        if by_uuid[row.uuid].operation != ItemOperation.DELETE
    ]
    keys = {row.pk for row in stored}
    layer.lay(model, rows, instead_of=keys, by=model._meta.pk.column)


def _said(row: Any, item: Any) -> Any:
    """The stored row with what the branch says in place of its facts."""
    said = model_from_serializable_data(
        type(row), {**item.content, "pk": row.pk}, check_fks=False
    )
    for field in row._meta.concrete_fields:
        if field.name in item.content:
            setattr(row, field.attname, getattr(said, field.attname))
    if item.operation == ItemOperation.UNPUBLISH:
        row.live = False
    return row

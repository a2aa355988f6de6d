"""The rows that a branch lays over the tables of snippets while one reader looks."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from branches.models import ItemOperation, Proposal, ProposalItem
from core.layers import Layer
from core.models import VersionedSnippet
from history.reverting.contents import drafted

_GONE = (ItemOperation.UNPUBLISH, ItemOperation.DELETE)


def lay_snippets(layer: Layer, branch: Proposal) -> None:
    """Have areas, elements and the like say what the branch says of them.

    One query, and one more for each kind that is on it. What is to go stays as a row
    that is not public: what still names it could not be shown without.
    """
    for model, items in _by_model(branch).items():
        stored = model._base_manager.filter(uuid__in=items, live=True)
        rows = [row for one in stored for row in _as_said(one, items[one.uuid])]
        keys = {row.pk for row in rows}
        if rows:
            layer.lay(model, rows, instead_of=keys, by=model._meta.pk.column)


def _by_model(branch: Proposal) -> dict[Any, dict[Any, ProposalItem]]:
    """The items about snippets, less those begun from a text that is hidden since."""
    found: defaultdict[Any, dict[Any, ProposalItem]] = defaultdict(dict)
    about_none = {"base__page": None, "base__text_hidden": False}
    known = branch.items.filter(base__isnull=False, **about_none)
    for item in known.select_related("content_type"):
        if issubclass(item.model or object, VersionedSnippet):
            found[item.model][item.object_uuid] = item
    return found


def _as_said(stored: Any, item: ProposalItem) -> Iterator[Any]:
    """The row as the branch has it; nothing where what it needs is gone."""
    if item.operation in _GONE:
        stored.live = False
        yield stored
        return
    row = drafted(stored, stored.serializable_data(), item.content)
    if row is not None:
        yield row

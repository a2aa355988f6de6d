"""Which rows a page is made of."""

from typing import Any

from modelcluster.models import ClusterableModel, get_all_child_relations


def row_models(model: Any) -> dict[str, Any]:
    """The kinds of rows inside a page, by the name of their relation; tags included.

    Empty for what has no rows, such as a snippet.
    """
    if not issubclass(model, ClusterableModel):
        return {}
    return {
        relation.get_accessor_name(): relation.related_model
        for relation in get_all_child_relations(model)
    }

"""A page made of a stored content, without a single query and never to be saved."""

from typing import Any
from uuid import UUID

from modelcluster.models import model_from_serializable_data

from core.models import ContentPage
from core.refusals import Refused
from core.rows import row_models
from history.content import EDITORIAL_RELATIONS
from history.reverting.contents import Content

# Verbs that would write the text over what there is.
WRITING = ("save", "save_revision", "delete", "publish", "move", "copy")
TREE = ("path", "depth", "numchild", "url_path", "live", "content_type_id")


def page_in_memory(
    model: type[ContentPage], content: Content, *, uuid: UUID, refusal: type[Refused]
) -> Any:
    """The page with its rows; whoever writes it gets the refusal.

    What it refers to may be gone; whoever shows it looks the references up. It stands
    nowhere until `stand_at` says where. Raises ValidationError, ValueError or
    TypeError for what the model of today cannot hold.
    """
    page: Any = model_from_serializable_data(
        model, {**content, "pk": None}, check_fks=False
    )
    for name, kind in row_models(model).items():
        if name not in EDITORIAL_RELATIONS:
            rows = [
                model_from_serializable_data(kind, {**row, "pk": None}, check_fks=False)
                for row in content.get(name, ())
            ]
            setattr(page, name, rows)
    page.uuid = uuid
    page.carries_its_rows = True

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise refusal

    for verb in WRITING:
        setattr(page, verb, refuse)
    return page


def stand_at(page: Any, place: Any) -> None:
    """Give a page in memory the place in the tree that something else has."""
    for name in TREE:
        setattr(page, name, getattr(place, name))
    page.pk = page.id = place.pk

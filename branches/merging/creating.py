"""A page that is proposed to be added, from its stored content."""

from typing import Any
from uuid import UUID

from branches.models import ProposalItem
from core.models import ContentPage
from history.reverting.contents import Content


def new_page(item: ProposalItem) -> ContentPage:
    """The page in memory, with the identity that was reserved for it.

    It has no address yet: that is made from its name when it gets its place.
    """
    return page_saying(item.content_type.model_class(), item.object_uuid, item.content)


def page_saying(model: Any, uuid: UUID, content: Content) -> ContentPage:
    """A page in memory with these facts, less those that name what is not there."""
    data = {**content, "pk": None, "uuid": str(uuid), "slug": ""}
    page: ContentPage = model.from_serializable_data(data)
    page.derive()
    return page

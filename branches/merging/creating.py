"""A page that is proposed to be added, from its stored content."""

from typing import Any

from branches.models import ProposalItem
from core.models import ContentPage


def new_page(item: ProposalItem) -> ContentPage:
    """The page in memory, with the identity that was reserved for it.

    It has no address yet: that is made from its name when it gets its place.
    """
    model: Any = item.content_type.model_class()
    data = {**item.content, "pk": None, "uuid": str(item.object_uuid), "slug": ""}
    page: ContentPage = model.from_serializable_data(data)
    page.derive()
    return page

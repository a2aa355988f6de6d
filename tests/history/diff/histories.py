"""Pages with a few versions, for tests of what readers see of them."""

from typing import Any

from history.models import PageVersion
from history.reading import content_of_version


def publish(page: Any, **facts: Any) -> Any:
    """Publish a page with some facts changed, and give it back as it is then."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def versions_of(page: Any) -> list[PageVersion]:
    return list(PageVersion.objects.filter(object_uuid=page.uuid).order_by("seq"))


def contents_of(page: Any) -> list[dict[str, Any]]:
    return [content_of_version(version, reader=None) for version in versions_of(page)]
